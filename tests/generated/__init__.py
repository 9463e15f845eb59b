"""Atlases that nobody wrote by hand and that are honest all the same: made, proven, and never accused."""
