"""One reader a format: bytes -> Reading."""
