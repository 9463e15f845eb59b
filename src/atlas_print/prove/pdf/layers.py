"""Optional content: which parts of a page are switched off when the file is opened or printed (ISO 32000-1, 8.11)."""

from collections.abc import Mapping
from typing import Any

from atlas_print.prove.pdf.objects import as_list, entry, follow, reference_number

_STATES = (("/View", "/ViewState"), ("/Print", "/PrintState"))


class Layers:
    """The optional content groups of a document, and what its default configuration says of each."""

    def __init__(self, catalog: Mapping[str, Any]) -> None:
        default = entry(entry(catalog, "/OCProperties"), "/D")
        self._is_on = entry(default, "/BaseState") != "/OFF"
        self._on, self._off = (_numbers(entry(default, key)) for key in ("/ON", "/OFF"))

    def hides(self, holder: Any, key: str) -> bool:
        """Whether content of the group that `key` names in a dictionary is left out, on a screen or on paper."""
        return self._is_hidden(entry(holder, key), reference_number(holder, key))

    def _is_hidden(self, group: Any, number: int | None) -> bool:
        if not isinstance(group, Mapping):
            return False
        if group.get("/Type") != "/OCMD":
            is_on = number in self._on or (self._is_on and number not in self._off)
            return not is_on or any(entry(entry(entry(group, "/Usage"), use), key) == "/OFF" for use, key in _STATES)
        one = reference_number(group, "/OCGs")
        hidden = [self._is_hidden(follow(item), getattr(item, "idnum", one)) for item in as_list(entry(group, "/OCGs"))]
        # What a visibility expression says more (/VE) is not asked for: the groups alone have to show the text.
        match entry(group, "/P"):
            case "/AllOn":
                return any(hidden)
            case "/AnyOff":
                return bool(hidden) and not any(hidden)
            case "/AllOff":
                return bool(hidden) and not all(hidden)
            case _:
                return bool(hidden) and all(hidden)


def _numbers(groups: Any) -> frozenset[int]:
    return frozenset(number for item in as_list(groups) if (number := getattr(item, "idnum", None)) is not None)
