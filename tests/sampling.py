"""The part of many kinds that a run of ten minutes tries; `--long` tries all."""

from zlib import crc32


def turn(name: str, turns: int) -> int:
    """In which of so many parts what is called so stands, counted from 0: the same in each run."""
    return crc32(name.encode()) % turns
