"""content/ -> Atlas, or every problem in it with its place."""
