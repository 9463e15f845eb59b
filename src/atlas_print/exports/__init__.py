"""One small file per export. Here is what is known of each without the typesetter, which takes a second to start."""

SUFFIXES = {"large-print": "pdf", "handout": "pdf", "epub": "epub"}
"""Kind of export -> the suffix of its files."""

BOOKS = frozenset({"epub"})
"""Kinds that have a book of all topics too."""
