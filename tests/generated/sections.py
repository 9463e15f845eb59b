"""The body of a generated topic: sections in any order, with all that the content format takes in any place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.generated.choices import Choices
from tests.generated.languages import Language, languages

_NUMBERS = (
    "12", "3.5 mg", "90 %", "0.05", "1,000", "1.000", "20–30", "1:2", "2.5 mmol/L", "± 3", "-5 °C", "2020", "0",
    "95% CI 1.2–3.4", "p < 0.05", "n = 40", "10⁹/L", "½", "6 × 10³", "12/40", "+4", "≥ 65", "CO₂ 5,2 kPa", "№ 4",
    "2 : 1", "1/2", "100 000",
)  # fmt: skip
_LINKS = (
    "https://example.org/", "https://example.org/a?b=c&d=e#f", "https://example.org/wiki/Lung_(organ)",
    "https://example.org/a%20b", "mailto:hello@atlas.example", "tel:+44-20-7946-0000", "https://пример.рф/лечение",
    "https://example.org/%D8%A7", "https://example.org/2020/12/a,b;c=1", "https://bücher.example/",
)  # fmt: skip
STOPS = ".।۔។"
"""What ends a sentence in one of the scripts."""
_ROLES = ("", "", "", ".unknowns", ".meaning", ".questions")


@dataclass
class Scene:
    """What a topic is drawn from: words of its language, and names that mean something elsewhere in the file."""

    choices: Choices
    language: Language
    names: Sequence[str]
    terms: Sequence[str]
    grades: Mapping[str, Any]
    said: list[str] = field(default_factory=list)

    def one(self, options: Sequence[str]) -> str:
        return self.choices.one(options)

    def number(self) -> str:
        """A number with or without a unit, now and then in the language's own digits."""
        text = self.one(_NUMBERS)
        if self.language.digits and self.choices.seldom(4):
            text = text.translate({ord(str(digit)): own for digit, own in enumerate(self.language.digits)})
        return text

    def sentence(self) -> str:
        """A sentence, new or said before, with or without a number or a term of the glossary."""
        words = self.language
        if self.said and self.choices.seldom(8):
            return self.one(self.said)
        adjunct = self.one(words.adjuncts)
        match self.choices.number(0, 5):
            case 3 | 4:
                adjunct += f" ({self.number()})"
            case 5 if self.terms:
                adjunct += f" ({self.one(self.terms)})"
        parts = {"subject": self.one(words.subjects), "predicate": self.one(words.predicates), "adjunct": adjunct}
        found = words.sentence.format(**parts)
        self.said.append(found)
        return found

    def plain(self) -> str:
        """A short text without marks."""
        return " ".join(self.sentence() for _ in range(self.choices.number(1, 2)))

    def label(self) -> str:
        """A short label of a drawing."""
        return self.one((*self.language.levels[0], "O2", "76%", "98.6", *self.language.titles[:1]))

    def title(self, slug: str) -> str:
        """A title, each topic's its own."""
        first = self.one(self.language.titles)
        match self.choices.number(0, 6):
            case 0 | 1:
                found = first
            case 2:
                found = f"{first} {self.number()}"
            case 3:
                found = f"2 {first}"
            case 4:
                found = self.one(self.names)
            case 5:
                found = self.one(self.language.headings)
            case _:
                found = f"{first} (type 2)"
        return found if slug == "breath" else f"{found} – {slug[-1]}"

    def foreign(self) -> str:
        """A passage in another language."""
        other = self.one(list(languages()))
        return f"[{self.one(languages()[other].headings).rstrip(' ?!')}]{{lang={other}}}"


@dataclass
class _Writer:
    scene: Scene
    ids: list[str]
    notes: list[str] = field(default_factory=list)
    is_in_note: bool = False

    def cite(self) -> str:
        """A citation of one reference, of a few, or of all, with or without words; now and then a footnote."""
        choices = self.scene.choices
        if choices.seldom(12) and not self.is_in_note:
            return self.note()
        if not self.ids:
            return ""
        some = choices.some(self.ids, 1, 3)
        if choices.seldom(9):
            some = self.ids[:25]
        if choices.seldom(6):
            return "[" + "; ".join(map(self.worded, some)) + "]"
        return "[" + "; ".join(f"@{id_}" for id_ in some) + "]"

    def _words(self) -> str:
        """Words that may stand in a citation's brackets, where ; parts references; it asks in Greek."""
        return self.phrase().replace(";", "").replace("\u037e", "")

    def worded(self, id_: str) -> str:
        """A reference with words before it or behind it."""
        scene = self.scene
        ways: list[Callable[[], str]] = [
            lambda: f"@{id_}",
            lambda: f"{self._words()} @{id_}",
            lambda: f"@{id_}, p. {scene.choices.number(1, 99)}",
            lambda: f"@{id_}, {scene.number()} {self._words()}",
            lambda: f"*{self._words()}* @{id_}, {scene.one(('12–15', 'fig. 2', 'pp. 3, 5'))}",
        ]
        return scene.choices.done(ways)

    def named(self) -> str:
        """A citation that its sentence names."""
        if not self.ids:
            return self.phrase()
        scene = self.scene
        id_, other = (scene.one(self.ids) for _ in range(2))
        behind = self.worded(other) if other != id_ else "12"
        return scene.one((f"@{id_}", f"@{id_} [p. 5]", f"-@{id_}", f"@{id_} [{behind}]"))

    def note(self) -> str:
        """A call of a footnote, written where it stands, defined elsewhere, or called before."""
        self.is_in_note = True
        match self.scene.choices.number(0, 4):
            case 0:
                name = f"n{len(self.notes) + 1}"
                self.notes.append(f"[^{name}]: {self.line()}")
                found = f"[^{name}]"
            case 1:
                name = f"n{len(self.notes) + 1}"
                self.notes.append(f"[^{name}]: {self.line()}\n\n    - {self.line()}\n    - {self.phrase()}")
                found = f"[^{name}]"
            case 2 if self.notes:
                found = self.scene.one(self.notes).partition(":")[0]
            case _:
                found = f"^[{self.line()}]"
        self.is_in_note = False
        return found

    def phrase(self) -> str:
        """Words without a full stop that can be marked."""
        scene = self.scene
        return scene.one((*scene.language.adjuncts, *scene.language.headings)).rstrip(" ?!")

    def marked(self) -> str:
        """A phrase with a mark around it, as it stands within a sentence."""
        phrase, scene = self.phrase(), self.scene
        marks: list[Callable[[], str]] = [
            lambda: f"*{phrase}*",
            lambda: f"**{phrase}**",
            lambda: f"***{phrase}***",
            lambda: f"[{phrase}]({scene.one(_LINKS)})",
            lambda: f"*[{phrase}]({scene.one(_LINKS)})*",
            lambda: f"[**{phrase}** 2]({scene.one(_LINKS)})",
            lambda: f"<{scene.one(_LINKS[:4])}>",
            lambda: f"[{scene.number()}]({scene.one(_LINKS)})",
            scene.foreign,
            lambda: f"“{phrase}”",
            lambda: f"{phrase} & co",
            lambda: f"(**{scene.number()}**)",
        ]
        return scene.choices.done(marks)

    def line(self) -> str:
        """One or two sentences with citations wherever they may stand."""
        scene = self.scene
        sentence = scene.sentence()
        bare = sentence.rstrip(STOPS)
        stop = sentence[len(bare) :]
        ways: list[Callable[[], str]] = [
            lambda: sentence,
            lambda: sentence + self.cite(),
            lambda: f"{bare}{self.cite()}{stop}",
            lambda: f"{bare} {self.cite()}{stop}",
            lambda: f"{self.cite()} {sentence}",
            lambda: f"[{sentence}]{{.key}}{self.cite()}",
            lambda: f"[{bare} {self.marked()}{stop}]{{.key}}",
            lambda: f"**{bare}**{self.cite()}{stop} {scene.sentence()}",
            lambda: f"{bare} {self.marked()}{stop}{self.cite()}",
            lambda: f"{self.marked()} {sentence}{self.cite()}",
            lambda: f"{self.marked()}{self.cite()} {sentence}",
            lambda: f"{bare} {self.cite()}, {self.phrase()} {self.cite()}{stop}",
            lambda: f"{sentence} [{scene.sentence()}]{{.key}} {self.cite()}{self.cite()}",
            lambda: f"{sentence}{self.cite()} {sentence}{self.cite()}",
            lambda: f"{self.named()} {sentence}",
            lambda: f"{bare} {self.named()}{stop}{self.cite()}",
        ]
        return scene.choices.done(ways)

    def cell(self) -> str:
        scene = self.scene
        ways: list[Callable[[], str]] = [
            self.phrase, scene.number, lambda: f"{self.phrase()}{self.cite()}", scene.sentence, lambda: "", self.marked,
            lambda: f"{scene.number()} {self.cite()}", self.named,
        ]  # fmt: skip
        return scene.choices.done(ways)

    def table(self) -> str:
        scene = self.scene
        columns = scene.choices.number(1, 6)
        names = (*scene.language.headings, *scene.names[-6:])
        ways: list[Callable[[], str]] = [
            lambda: scene.one(names), lambda: scene.one(names), self.phrase, self.marked,
            lambda: f"{scene.one(names)} {self.cite()}", lambda: "",
        ]  # fmt: skip
        header = [scene.choices.done(ways) for _ in range(columns)]
        rule = scene.one(("---", "---:", ":--:"))
        rows = [header, [rule] * columns]
        rows += [[self.phrase(), *(self.cell() for _ in range(columns - 1))] for _ in range(scene.choices.number(1, 3))]
        caption = f": {self.line()}\n\n" if scene.choices.seldom(3) else ""
        return caption + "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def listed(self) -> str:
        scene = self.scene
        start = scene.choices.one((0, 0, 0, 1, 1, 7))
        lines = []
        for index in range(scene.choices.number(1, 3)):
            mark = f"{start + index}. " if start else "- "
            lines.append(mark + self.line())
            if scene.choices.seldom(4):
                lines.append(" " * len(mark) + "- " + self.line())
        return "\n".join(lines)

    def figure(self) -> str:
        alt = self.scene.sentence().replace('"', "")
        return f'![{self.line()}](../figures/box.svg){{alt="{alt}"}}'

    def block(self) -> str:
        kinds: list[Callable[[], str]] = [
            self.line,
            self.line,
            self.line,
            lambda: f"{self.line()} {self.line()}",
            self.listed,
            self.table,
            self.figure,
            lambda: f"> {self.line()}",
            lambda: "\n".join(f"> {row}".rstrip() for row in f"{self.line()}\n\n{self.listed()}".split("\n")),
        ]
        return self.scene.choices.done(kinds)

    def heading(self, title: str, titles: Sequence[str], number: int) -> str:
        scene = self.scene
        ways: list[Callable[[], str]] = [
            lambda: scene.one(scene.language.headings),
            lambda: scene.one(scene.names),
            lambda: title,
            lambda: scene.one(titles),
            lambda: f"{scene.one(scene.language.headings)} {scene.number()}",
            lambda: f"{number}. {scene.one(scene.language.headings)}".replace(". ", r"\. ", 1),
            lambda: str(number),
            lambda: f"[{scene.one(scene.language.headings)}]({scene.one(_LINKS)})",
            lambda: f"*{self.phrase()}* {number}",
            scene.foreign,
            lambda: f"{title}: {scene.one(scene.names)}",
            lambda: scene.sentence(),
            lambda: f"{self.phrase()}:",
            lambda: f"{title} {number}",
            lambda: f"{self.phrase()}{self.cite()}",
        ]
        return scene.choices.done(ways)

    def section(self, title: str, titles: Sequence[str], number: int) -> tuple[str, str]:
        """Its heading without attributes, and all of it."""
        scene, choices = self.scene, self.scene.choices
        heading = self.heading(title, titles, number)
        attributes = [role] if (role := scene.one(_ROLES)) else []
        graded = choices.seldom(2)
        if graded:
            strength, audit = (scene.one(list(scene.grades[part]["levels"])) for part in ("strength", "audit"))
            basis = scene.one((scene.one(scene.language.headings), "2 trials; n = 40", "x", *scene.names[-3:]))
            attributes += [f"strength={strength}", f"audit={audit}", f'basis="{basis}"']
        head = f"## {heading}" + (f" {{{' '.join(attributes)}}}" if attributes else "")
        blocks = [self.block() for _ in range(choices.number(1, 2))]
        if graded:
            blocks.insert(0, self.line())
        if choices.seldom(6):
            blocks.append(f"### {self.heading(title, titles, number)}")
            blocks += [self.block() for _ in range(choices.number(1, 2))]
        return heading, "\n\n".join([head, *blocks])


def body(scene: Scene, title: str, titles: Sequence[str], ids: list[str]) -> str:
    """The sections of a topic; every id of a long list is cited, some of a short one."""
    writer = _Writer(scene, ids)
    sections: dict[str, str] = {}
    for number in range(1, scene.choices.number(1, 3) + 1):
        heading, text = writer.section(title, titles, number)
        sections.setdefault(_plain(heading), text)
    text = "\n\n".join(sections.values())
    called = [note for note in writer.notes if note.partition(":")[0] in text]
    if len(ids) > 10:
        groups = [ids[start : start + 10] for start in range(0, len(ids), 10)]
        text += "\n\n" + " ".join(
            scene.sentence() + "[" + "; ".join(f"@{id_}" for id_ in some) + "]" for some in groups
        )
    # Two in a text stress what stands between them, in Pandoc too, and are refused.
    return "\n\n".join((text, *called)).replace("HLA-B*27", r"HLA-B\*27")


def _plain(heading: str) -> str:
    """What a heading says, for telling two of the same."""
    bare = heading.split("](")[0].split("]{")[0]
    return "".join(character for character in bare if character not in "[]*\\").casefold()
