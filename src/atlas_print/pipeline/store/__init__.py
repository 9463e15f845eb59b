"""What stays between builds: the files and their manifest, the journal of a change to them, what builds learnt."""
