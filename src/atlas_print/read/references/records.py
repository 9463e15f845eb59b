"""One record, as CSL, Crossref, DataCite or Zotero has it -> a Reference with a clean CSL-JSON item."""

import re
from collections.abc import Callable
from typing import Any

from atlas_print.atlas import Reference
from atlas_print.problems import Place, Problem, Severity
from atlas_print.read import identifiers
from atlas_print.read.references import identify, texts
from atlas_print.read.references.dates import NoDateError, read_date
from atlas_print.read.references.names import NoNamesError, read_names
from atlas_print.read.references.types import read_type
from atlas_print.read.source import name_of
from atlas_print.read.values.nodes import Mapping, plain

# Each field and the other names that tools have for it; the first that says anything counts.
TEXTS: dict[str, tuple[str, ...]] = {
    "title": (),
    "title-short": ("shortTitle", "short-title"),
    "container-title": ("journal-title",),
    "container-title-short": ("short-container-title", "journalAbbreviation"),
    "collection-title": (),
    "collection-number": (),
    "publisher": ("institution",),
    "publisher-place": ("publisher-location",),
    "authority": (),
    "volume": (),
    "issue": (),
    "page": ("pages",),
    "number": ("article-number",),
    "chapter-number": (),
    "section": (),
    "edition": ("edition-number",),
    "version": (),
    "genre": (),
    "medium": (),
    "event-title": ("event",),
}
NAMES = ("author", "editor", "translator", "container-author", "collection-editor")
_MAKERS = (
    "director", "composer", "performer", "illustrator", "compiler", "script-writer", "host", "producer", "interviewer",
    "guest", "curator", "organizer", "chair", "contributor", "inventor",
)  # fmt: skip
"""Who made a work that has neither author nor editor."""
DATES: dict[str, tuple[str, ...]] = {
    "issued": ("published", "published-print", "published-online", "posted"),
    "accessed": (),
    "original-date": (),
    "submitted": (),
    "event-date": (),
}
_TITLES = frozenset(("title", "title-short", "container-title", "collection-title"))

_HELP_DATE = 'write {"date-parts": [[2024, 5, 31]]}, with month and day where they are known'
_HELP_NAMES = 'write [{"family": "...", "given": "..."}], or [{"literal": "..."}] for a group'
_SHAPES: dict[str, tuple[Callable[[str], bool], str]] = {
    "DOI": (identifiers.is_doi, "write it as on the work, such as 10.1148/radiol.220069"),
    "PMID": (identifiers.is_pmid, "write its digits only, such as 34032513"),
    "PMCID": (identifiers.is_pmcid, "write it with its letters, such as PMC8475962"),
    "URL": (
        # What browsers escape by themselves stands in many an address.
        lambda text: identifiers.is_web_address(re.sub(r"[|{}^`]", "", text)),
        "write a full address that starts with https://, with no spaces and no password",
    ),
}


class RecordReader:
    """Reads one record; what is wrong with it goes to `problems`, each at its place."""

    def __init__(self, id_: str, node: Mapping, problems: list[Problem], *, is_yaml: bool) -> None:
        self.id = id_
        self.name = f"reference {id_!r}"
        self.node = node
        self.problems = problems
        self.is_yaml = is_yaml
        # Tools differ in their capitals.
        self.fields = {key.text.lower(): value for key, value in reversed(node.entries)}

    def read(self) -> Reference:
        """The reference, with every field that entries print in the one shape that CSL prefers."""
        item: dict[str, Any] = {"id": self.id, "type": read_type(texts.word(self._value("type")))}
        item |= {name: text for name, others in TEXTS.items() if (text := self._text(name, *others))}
        item |= {name: names for name in NAMES if (names := self._names(name))}
        if "author" not in item and "editor" not in item:
            item |= next(({"author": names} for role in _MAKERS if (names := self._names(role))), {})
        item |= {name: date for name, others in DATES.items() if (date := self._date(name, *others))}
        self._complete(item)
        title = texts.plain(item.get("title", ""))
        if not title and not any(problem.rule == "wrong-shape" for problem in self.problems):
            self._tell("title", "missing-title", f"{self.name} has no title", 'write "title": "..." as on the work')
        found = self._identifiers()
        isbn = identify.isbn(self._value("isbn"))
        place = self.node.place
        shown = (found.get("DOI"), found.get("PMID"), found.get("PMCID"), found.get("URL"))
        return Reference(self.id, title, item, *shown, isbn, file=place.file, line=place.line)

    # --- fields -----------------------------------------------------------------------------------------------

    def place(self, name: str) -> Place:
        """Where a field stands, the record's own place if it doesn't."""
        found = self.fields.get(name.lower())
        return self.node.place if found is None else found.place

    def _value(self, name: str) -> Any:
        found = self.fields.get(name.lower())
        value = None if found is None else plain(found)
        return _from_yaml(value) if self.is_yaml else value

    def _tell(self, name: str, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(self.place(name), rule, what, help_))

    def _text(self, *names: str) -> str:
        for name in names:
            text = texts.joined(self._value(name), ". " if name in _TITLES else ", ")
            if text is None:
                what = f"{self.name} has a {name} that is not a text"
                self._tell(name, "wrong-shape", what, f'write "{name}": "..."')
            elif text:
                return text
        return ""

    def _names(self, role: str) -> list[dict[str, str]]:
        try:
            return read_names(self._value(role))
        except NoNamesError:
            self._tell(role, "malformed-name", f"{self.name} has a malformed {role}", _HELP_NAMES)
            return []

    def _date(self, *names: str) -> dict[str, Any] | None:
        for name in names:
            try:
                if date := read_date(self._value(name)):
                    return date
            except NoDateError:
                self._tell(name, "malformed-date", f"{self.name} has a malformed date in {name}", _HELP_DATE)
        return None

    def _complete(self, item: dict[str, Any]) -> None:
        """What Crossref has in fields of its own: subtitles, and the server and kind of a preprint."""
        subtitle = texts.joined(self._value("subtitle"), ": ") or ""
        if subtitle and subtitle.casefold() not in item.get("title", "").casefold():
            item["title"] = f"{item.get('title', '')}: {subtitle}".removeprefix(": ")
        if texts.word(self._value("type")) == "posted-content":
            item.setdefault("genre", texts.word(self._value("subtype")) or "preprint")
            if server := texts.joined(self._value("institution"), ", "):
                item.setdefault("container-title", server)

    # --- identifiers ------------------------------------------------------------------------------------------

    def _identifiers(self) -> dict[str, str]:
        """Its identifiers by name: those of their fields, then of its note, then of its address."""
        note = texts.word(self._value("note"))
        noted = identify.noted(note)
        url = texts.unescaped(texts.word(self._value("URL")))
        addressed = identify.in_address(url)
        found: dict[str, str] = {}
        for name in ("DOI", "PMID", "PMCID"):
            given = texts.word(self._value(name))
            text = given or noted.get(name, "")
            if text and (good := self._shaped(name, identify.bare(name, text), name if given else "note")):
                found[name] = good
            elif addressed and addressed[0] == name and not text:
                found[name] = addressed[1]
        if url.startswith("www."):
            url = f"https://{url}"
        if url and (good := self._shaped("URL", url, "URL")):
            found["URL"] = good
        self._tell_of_note(note, found)
        return found

    def _shaped(self, name: str, text: str, at: str) -> str | None:
        """The identifier if it can be one; if not, that is a problem."""
        is_right, help_ = _SHAPES[name]
        if is_right(text):
            return text
        what = f"{self.name} has the malformed {name} {text!r}"
        strange = next((sign for sign in text if not sign.isascii()), None)
        if name == "DOI" and strange:
            what = f"{self.name} has a DOI with {strange!r}, {name_of(strange)}, which no DOI holds: {text!r}"
            help_ = "copy it from the page of the work; what looks like a dash there is the - of the keyboard"
        self._tell(at, f"malformed-{name.lower()}", what, help_)
        return None

    def _tell_of_note(self, note: str, found: dict[str, str]) -> None:
        """Tells identifiers that a note speaks of in a sentence, where it may mean another work.

        A record that has one of its own keeps its notes for its owner.
        """
        missing = identify.spoken_of(note)
        if missing and not found.keys() - {"URL"}:
            listed = " and ".join(missing)
            what = f"the note of {self.name} speaks of a {listed} in a sentence, which is not read"
            help_ = f"if it is that of this work, write it in a line of its own, such as {missing[0]}: ..."
            self.problems.append(Problem(self.place("note"), "note-not-read", what, help_, Severity.ADVICE))


def _from_yaml(value: Any) -> Any:
    """A value of CSL-YAML: Pandoc reads its texts as Markdown, and a bare null or ~ as nothing."""
    if isinstance(value, dict):
        return {key: _from_yaml(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_from_yaml(inner) for inner in value]
    if not isinstance(value, str):
        return value
    return None if value in ("", "~", "null", "Null", "NULL") else texts.from_markdown(value)
