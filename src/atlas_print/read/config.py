"""atlas.yaml -> the atlas without its topics."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from atlas_print.atlas import Atlas, Export, Flag, Term
from atlas_print.blocks import Image
from atlas_print.problems import Place, Problem
from atlas_print.profiles import EXPORT_SETTINGS, Profile
from atlas_print.read import identifiers
from atlas_print.read.figures import Figures
from atlas_print.read.figures.own_sizes import read_handout, read_profiles
from atlas_print.read.find import FILE
from atlas_print.read.grades import read_scales
from atlas_print.read.source import Source, read_source
from atlas_print.read.values.fields import Fields, fold
from atlas_print.read.values.nodes import Mapping, Node, Scalar
from atlas_print.read.values.yaml_nodes import parse_yaml

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_config(content: Path, figures: Figures, problems: list[Problem]) -> tuple[Atlas, Source] | None:
    """The atlas with no topics yet, and its file; None if that can't be read at all."""
    source = read_source(content / "atlas.yaml", FILE, problems)
    if source is None:
        return None
    before = len(problems)
    root = parse_yaml(source, source.text, 1, problems)
    if isinstance(root, Mapping):
        return _Reader(source, root, figures, problems).atlas(), source
    if len(problems) == before:
        what, help_ = "the file holds no fields", "write `title: ...` and so on, each in a line of its own"
        problems.append(Problem(source.place(1, 1), "wrong-shape", what, help_))
    return None


@dataclass
class _Reader:
    source: Source
    root: Node
    figures: Figures
    problems: list[Problem]

    def tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(place, rule, what, help_))

    def atlas(self) -> Atlas:
        fields = Fields(self.root, self.source.place(1, 1), "the atlas", self.problems)
        profiles = read_profiles(fields, self.problems)
        atlas = Atlas(
            title=fields.text("title", "write `title: Long COVID Atlas`") or "",
            language=self.language(fields),
            url=self.url(fields),
            publisher=fields.text("publisher", "write `publisher: ...`, who publishes the atlas") or "",
            contact=fields.text("contact", "write `contact: ...`, an address for what readers want to say") or "",
            disclaimer=fields.text(
                "disclaimer",
                "say that this is education and not medical advice; every export prints it word for word",
            )
            or "",
            kinds=self.labels(fields, "kinds", "write `kinds:` with lines such as `mechanism: Mechanism`"),
            systems=self.labels(fields, "systems", "write `systems:` with lines such as `vascular: Vascular`"),
            flags=self.flags(fields),
            grades=read_scales(fields, self.problems),
            about_grades=fields.text("about_grades") or "",
            glossary=self.glossary(fields),
            exports=self.exports(fields, profiles),
            topics=(),
            licence=fields.text("licence") or "",
            certified_by=fields.text("certified_by") or "",
            logo=self.logo(fields),
            profiles=profiles,
            handout=read_handout(fields, self.problems),
        )
        fields.finish()
        return atlas

    def language(self, fields: Fields) -> str:
        text = fields.text("language", "write a BCP 47 tag, such as `language: en`") or ""
        if text and not identifiers.is_language(text):
            place = fields.place_of("language")
            self.tell(place, "unknown-language", f"{text!r} is not a language tag", "write a BCP 47 tag, such as en")
        return text

    def url(self, fields: Fields) -> str:
        text = fields.text("url", "write the address that the atlas lives at, such as https://atlas.example/") or ""
        if text and not identifiers.is_web_address(text):
            help_ = "write a full address that starts with https://"
            self.tell(fields.place_of("url"), "malformed-url", f"the url {text!r} is not a web address", help_)
        elif "?" in text or "#" in text:
            what, help_ = f"the url {text!r} has a ? or #", "end it before that; topics/SLUG/ is put behind it"
            self.tell(fields.place_of("url"), "malformed-url", what, help_)
        return text if text.endswith("/") else text + "/"

    def logo(self, fields: Fields) -> Image | None:
        """A picture whose words are drawn: letters of a font would be too small to be read in some exports."""
        name = fields.text("logo", plain=False)
        place = fields.place_of("logo")
        image = None if name is None else self.figures.image(name, place, folder="")
        if image is not None and image.media_type == "image/svg+xml" and b"<text" in image.data:
            help_ = "turn its letters into outlines (Inkscape: Path, Object to Path), or export it as PNG"
            self.tell(place, "logo-text", f"the logo {name!r} has text in it", help_)
        return image

    def labels(self, fields: Fields, name: str, example: str) -> dict[str, str]:
        """A mapping of keys to texts, none of them empty."""
        found = {}
        for key, value in fields.mapping(name, example):
            text = fold(value.text) if isinstance(value, Scalar) else ""
            if isinstance(value, Scalar) and text:
                fields.check_plain(key.text, value)
            else:
                what, help_ = f"{key.text!r} in {name} has no text", f"write `{key.text}: ...`"
                self.tell(key.place, "empty-label", what, help_)
            found[key.text] = text
        return found

    def flags(self, fields: Fields) -> dict[str, Flag]:
        found = {}
        for key, value in fields.mapping("flags"):
            inner = Fields(value, key.place, f"{key.text!r} in flags", self.problems)
            label, meaning = (inner.text(part, f"write `{part}: ...` under it") or "" for part in ("label", "meaning"))
            found[key.text] = Flag(label, meaning)
            inner.finish()
        return found

    def glossary(self, fields: Fields) -> dict[str, Term]:
        """The terms by the words that stand in a text: their keys, unless `term` says them."""
        found: dict[str, Term] = {}
        for key, value in fields.mapping("glossary"):
            inner = Fields(value, key.place, f"{key.text!r} in glossary", self.problems)
            term = inner.text("term") or key.text
            full = inner.text("full")
            plain = inner.text("plain", "write `plain: ...` under it, what it means in plain words") or ""
            inner.finish()
            if term in found:
                what, help_ = f"the glossary explains {term!r} twice", "keep one of the two"
                self.tell(inner.place_of("term"), "duplicate-term", what, help_)
            found[term] = Term(full, plain)
        return found

    def exports(self, fields: Fields, profiles: Map[str, Profile]) -> tuple[Export, ...]:
        found = []
        example = "write `exports:` with lines such as `handout: {kind: handout, paper: A4}`"
        for key, value in fields.mapping("exports", example):
            inner = Fields(value, key.place, f"the export {key.text!r}", self.problems)
            if not _NAME.fullmatch(key.text):
                what = f"the export name {key.text!r} can't be part of a file name"
                self.tell(key.place, "malformed-name", what, "write it in a-z, 0-9 and single hyphens")
            kind = inner.choice("kind", EXPORT_SETTINGS, "kinds", f"write `kind:` with {_one_of(EXPORT_SETTINGS)}")
            settings = {}
            # What an unknown kind takes is not known either, so only its kind is told.
            known: Map[str, Iterable[str]] = EXPORT_SETTINGS[kind] if kind else dict.fromkeys(inner.keys, ())
            for setting, values in known.items():
                text = inner.choice(setting, profiles if setting == "profile" and kind else values, _plural(setting))
                if text is not None:
                    settings[setting] = text
            inner.finish()
            if kind is not None:
                self.check_format_name(key, kind)
                found.append(Export(key.text, kind, settings))
        return tuple(found)

    def check_format_name(self, key: Scalar, kind: str) -> None:
        """An export named after a format has no name part in its file name, so it must be of that format."""
        if key.text in ("epub", "html", "text") and key.text != kind:
            help_ = f"name it after what it is, such as {kind}"
            self.tell(key.place, "export-name", f"the export {key.text!r} is of the kind {kind}", help_)


def _plural(setting: str) -> str:
    return setting if setting.endswith("s") else f"{setting}s"


def _one_of(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}"
