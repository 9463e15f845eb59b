"""What is wrong in a drawing, at the line and the attribute where it stands."""

import re
from dataclasses import dataclass, field

from lxml import etree

from atlas_print.problems import Place, Problem, Severity
from atlas_print.read.source import Source

SVG = "http://www.w3.org/2000/svg"
PLAIN = "export the drawing as plain SVG"

_START_TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>]*>|<([^\s/>!?]+)", re.DOTALL)


@dataclass
class Report:
    """The problems of one drawing, each told once at its place."""

    source: Source
    root: etree._Element
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        # lxml knows only the line on which a start tag ends.
        tags = (match.start() for match in _START_TAG.finditer(self.source.text) if match.group(1))
        self._starts = dict(zip(self.root.iter("*"), tags, strict=False))

    @property
    def is_refused(self) -> bool:
        """Whether anything was wrong that keeps the drawing out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def refuse(
        self, element: etree._Element, rule: str, what: str, help_: str = PLAIN, attribute: str | None = None
    ) -> None:
        """Tells what keeps the drawing out."""
        self._tell(Problem(self._place(element, attribute), rule, what, help_))

    def advise(self, element: etree._Element, rule: str, what: str, help_: str) -> None:
        """Tells what an author may want to know."""
        self._tell(Problem(self._place(element, None), rule, what, help_, Severity.ADVICE))

    def _tell(self, problem: Problem) -> None:
        # A part that is used often is looked at as often.
        if problem not in self.problems:
            self.problems.append(problem)

    def _place(self, element: etree._Element, attribute: str | None) -> Place:
        start = self._starts[element]
        if attribute is not None:
            local = re.escape(etree.QName(attribute).localname)
            end = self.source.text.find(">", start)
            # What is no attribute is declared in one.
            names = (re.compile(rf"[\s:]({name})\s*=") for name in (local, "style"))
            found = (match.start(1) for name in names if (match := name.search(self.source.text, start, end)))
            start = next(found, start)
        return self.source.place_of(start)


def local(element: etree._Element) -> str:
    """The name of an SVG element; "" for one of another namespace."""
    name = etree.QName(element)
    return name.localname if name.namespace == SVG else ""
