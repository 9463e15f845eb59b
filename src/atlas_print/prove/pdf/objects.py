"""PDF objects as pypdf gives them, with references followed."""

from collections.abc import Mapping
from typing import Any

from atlas_print.prove.reading.limits import Part, spend


def follow(value: Any) -> Any:
    """What a reference leads to; anything else as it is."""
    get_object = getattr(value, "get_object", None)
    return value if get_object is None else get_object()


def entry(dictionary: Any, key: str) -> Any:
    """The value of a key; None where there is none or no dictionary."""
    dictionary = follow(dictionary)
    return follow(dictionary.get(key)) if isinstance(dictionary, Mapping) else None


def reference_number(dictionary: Any, key: str) -> int | None:
    """The object number that a key refers to; None where its value stands there directly."""
    raw_get = getattr(dictionary, "raw_get", None)
    value = raw_get(key) if raw_get is not None and key in dictionary else None
    return getattr(value, "idnum", None)


def unpacked(stream: Any) -> bytes | None:
    """The data of a stream, counted each time it is read; None for anything else."""
    get_data = getattr(follow(stream), "get_data", None)
    if get_data is None:
        return None
    data: bytes = get_data()
    spend(Part.CONTENT, len(data))
    return data


def as_list(value: Any) -> list[Any]:
    """An array's items as they are, references and all; another value is a list of itself, None of nothing."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
