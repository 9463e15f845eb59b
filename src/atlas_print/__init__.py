"""Atlas Print: one health atlas in, accessible exports out, proven from their bytes."""
