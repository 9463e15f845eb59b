"""Atlas Print: one health atlas in, accessible exports out, proven from their bytes."""

from importlib.metadata import version

__version__ = version("atlas-print")
