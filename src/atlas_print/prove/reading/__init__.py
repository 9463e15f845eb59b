"""What a reader gets out of a file, whatever its format: the model that PDF and EPUB are read into."""
