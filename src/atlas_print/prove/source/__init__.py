"""What the source obliges a file to say."""
