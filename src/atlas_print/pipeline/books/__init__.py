"""Books of all topics while one of their topics fails."""
