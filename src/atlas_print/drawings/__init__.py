"""Drawings, as they stand in the atlas: plain SVG, of which every export makes what it needs."""
