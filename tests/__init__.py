"""The tests by room."""
