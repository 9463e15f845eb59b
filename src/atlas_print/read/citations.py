"""What a sentence calls a work that it cites, and locators in the words of their language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from atlas_print.atlas import Reference
from atlas_print.csl_locale import term
from atlas_print.inlines import Inlines, Text
from atlas_print.problems import Place
from atlas_print.read.references.names import OTHERS
from atlas_print.read.references.texts import plain

_BOTH = 2
"""Authors that are named; of more, only the first is."""
_PAGES = re.compile(r"[\s,]*(?P<pages>\d+(?:\s*[,&–-]\s*\d+)+|\d+(?!\d|\s+[^\W\d_]))")
"""A locator without a label, which is one of pages: ", 33-35"; that of "99 years later" is none."""
_LABELLED = re.compile(r"\s+(?=[^\W\d_]+\.?\s*\d)")


@dataclass(frozen=True, slots=True)
class Use:
    """One citation of a reference: its id, where it stands, and whether without brackets, as an address may be."""

    id: str
    place: Place
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Works:
    """The records that a topic may cite, by id, and the language that it is written in (BCP 47)."""

    references: Mapping[str, Reference]
    language: str

    def name(self, id_: str) -> str:
        """What a sentence calls a work: its author, both, or the first et al.; else its short title; "" if unknown."""
        reference = self.references.get(id_)
        if reference is None:
            return ""
        names = [_family(person) for person in reference.item.get("author", ())]
        if not names or names[0] == OTHERS["literal"]:
            return plain(reference.item.get("title-short", "")) or reference.title.partition(": ")[0]
        if len(names) > _BOTH or OTHERS["literal"] in names:
            return f"{names[0]} {term(self.language, 'et-al')}"
        return f" {term(self.language, 'and')} ".join(names)

    def located(self, suffix: Inlines) -> Inlines:
        """The words behind a number, set apart from it: a second number would be taken for another reference."""
        if not suffix:
            return ()
        if not isinstance(suffix[0], Text):
            return (Text(", "), *suffix)
        text, rest = suffix[0].text, suffix[1:]
        if pages := _PAGES.match(text):
            number = "single" if pages["pages"].isdigit() else "multiple"
            text = f", {term(self.language, 'page', 'short', number)} {text[pages.start('pages') :]}"
        elif text[:1].isalnum() or _LABELLED.match(text):
            text = f", {text.lstrip()}"
        return (Text(text), *rest)


def _family(person: Mapping[str, str]) -> str:
    """The name that an author is cited by, with a particle that is never left out: "van den Berg"."""
    if "family" in person:
        return " ".join(filter(None, (person.get("non-dropping-particle"), person["family"])))
    return person.get("literal") or person["given"]
