"""EPUB -> Reading."""
