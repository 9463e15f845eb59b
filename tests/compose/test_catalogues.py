"""The catalogues of interface words: whole, in their own language, drawn by their fonts; and files that are not."""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import langcodes
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from atlas_print.compose.words import Words
from atlas_print.typefaces import families, missing_characters

LAYOUTS = Path(__file__).parents[2] / "layouts"
LANGUAGES = (
    *("ar", "bn", "cy", "de", "el", "es", "fa", "fr", "he", "hi", "it", "ja", "km", "ko", "nl", "pl", "pt", "ro", "ru"),
    *("so", "sw", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant"),
)
LIKE_ENGLISH = {
    "es": {"Nota"},
    "fr": {"Notes", "Pages", "Urgent", "note %(mark)s", "page"},
    "ro": {"Urgent"},
}
"""Words that are spelt in the language as they are in English; so are the marks of quotation in many."""
LATIN_NAMES = {"PDF", "QR"}
"""What stays in Latin letters in a text of another script."""
QUOTES = {"“": "”", "«": "»", "„": "“”", "”": "“”", "「": "」"}
"""Opening marks of quotation, and what closes each."""
BRACKETS = {"(": ")", "（": "）", "[": "]"}
ALIEN = {
    "ar": ",;?یک",
    "bn": ".;",
    "fa": ",;?يك",
    "hi": ".;",
    "ja": ",.:;?!()",
    "km": ".:;",
    "ro": "şţŞŢ",
    "ru": "іїєґ",
    "th": ".;",
    "uk": "ыэёъ",
    "ur": ",.;?يكه",
    "zh-Hans": ",.:;?!()",
    "zh-Hant": ",.:;?!()",
}
"""Signs and letters of other languages that look like the language's own."""
COLONS = (":", "：", "៖")
REVIEW = re.compile(
    r"^# (?:Not yet reviewed by a native speaker|Reviewed by a native speaker: .+, \d{4}-\d\d-\d\d)\.$", re.M
)
FIELD = re.compile(r"%\(\w+\)s")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


ENGLISH = {str(message.id): message for message in catalogue(LAYOUTS / "locale" / "en.po") if message.id}


def faults(path: Path) -> list[str]:
    """What is wrong with a catalogue, each fault behind the word that it is about."""
    read, tag = catalogue(path), path.stem
    held = {str(message.id): message for message in read if message.id}
    found = [f"{word}: missing" for word in ENGLISH if word not in held or not held[word].string]
    found += [f"{word}: unknown" for word in held if word not in ENGLISH]
    found += [
        f"{word}: {fault}" for word, message in held.items() if word in ENGLISH for fault in _faults(message, tag)
    ]
    if len(REVIEW.findall(path.read_text("utf-8"))) != 1:
        found.append("no line says whether a native speaker has reviewed it")
    return found + [f"{opening}{closing}: no pair" for opening, closing in _unpaired(held)]


def _faults(message: Message, tag: str) -> Iterator[str]:
    word, said = str(message.id), str(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if Counter(FIELD.findall(word)) != Counter(FIELD.findall(said)) or FIELD.sub("", said).count("%"):
        yield "other fields"
    yield from (f"{sign!r} of another language" for sign in sorted(set(FIELD.sub("", said)) & set(ALIEN.get(tag, ""))))
    # A mark is a letter: joined to another it would be read as a part of that word.
    if re.search(r"\w%\((?:mark|use)\)s|%\((?:mark|use)\)s\w", said):
        yield "a letter at its mark"
    is_quote = word in ("“", "”")
    if said == word and not is_quote and word not in LIKE_ENGLISH.get(tag, ()):
        yield "still English"
    if langcodes.Language.get(tag).maximize().script != "Latn":
        yield from (f"{it!r} in Latin letters" for it in _latin(FIELD.sub("", said)) if it not in LATIN_NAMES)
    if not is_quote and not _is_balanced(said):
        yield "not balanced"
    if word.endswith(":") != said.endswith(COLONS) and not word.startswith("Cited on"):
        yield "the colon"
    # Style sheets and other attributes hold these words between straight quotes.
    if set(said) & set("\"'\\<>&{}"):
        yield "a sign of markup"
    if said != unicodedata.normalize("NFC", said) or said != said.strip(" ") or "  " in said:
        yield "not clean"
    yield from (f"no font has {it!r}" for it in missing_characters(said, families(None, tag, [])))


def _latin(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text)


def _is_balanced(text: str) -> bool:
    pairs = {**QUOTES, **BRACKETS}
    expected: list[str] = []
    for sign in text:
        if expected and sign in expected[-1]:
            expected.pop()
        elif sign in pairs:
            expected.append(pairs[sign])
        elif sign in "".join(pairs.values()):
            return False
    return not expected


def _unpaired(held: dict[str, Message]) -> Iterator[tuple[str, str]]:
    if "“" in held and "”" in held:
        opening, closing = str(held["“"].string), str(held["”"].string)
        # French sets its marks apart by a space that never breaks.
        if closing.strip("\u00a0") not in QUOTES.get(opening.strip("\u00a0"), "").replace("", " ").split():
            yield opening, closing


def test_english_has_each_word_that_layouts_and_exports_ask_for(tmp_path: Path) -> None:
    listed = tmp_path / "words.pot"
    asked = ["-F", "babel.cfg", "-k", "_", "-k", "word", "-k", "text", "--ignore-dirs", "tests output content docs .*"]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", *asked, "-o", str(listed), "."]
    subprocess.run(command, cwd=LAYOUTS.parent, check=True)
    found = {str(message.id) for message in catalogue(listed) if message.id}
    assert len(found) > 50
    assert found <= ENGLISH.keys()
    # Babel doesn't look into an f-string.
    assert ENGLISH.keys() - found <= {"Draft"}


def test_each_language_of_the_tool_has_a_catalogue() -> None:
    assert {path.stem for path in (LAYOUTS / "locale").glob("*.po")} == {"en", *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_whole_and_in_its_own_language(language: str) -> None:
    assert faults(LAYOUTS / "locale" / f"{language}.po") == []
    assert Words(language, [LAYOUTS]).untranslated() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_names_its_language(language: str) -> None:
    assert f'"Language: {language}\\n"' in (LAYOUTS / "locale" / f"{language}.po").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_ends_in_one_full_stop(language: str) -> None:
    words = Words(language, [LAYOUTS])
    for word in (word for word in ENGLISH if "%(day)s" in word):
        said = words.text(word, day=words.date(date(2026, 10, 1)))
        assert not re.search(r"[.。।។۔]{2}", said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_of_pages_starts_in_words_and_names_the_page_first(language: str) -> None:
    # The proof knows it by this order; and it may stand behind a title that ends in a number.
    said = Words(language, [LAYOUTS]).text("Page %(page)s of %(pages)s")
    assert FIELD.findall(said) == ["%(page)s", "%(pages)s"]
    assert said[0].isalpha()


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("de", 'msgid "Draft"\nmsgstr "Entwurf"', "", "Draft: missing"),
        ("de", 'msgstr "Entwurf"', 'msgstr ""', "Draft: missing"),
        ("de", 'msgid "Draft"\n', 'msgid "Drafts"\n', "Drafts: unknown"),
        ("de", 'msgid "Draft"\n', '#, fuzzy\nmsgid "Draft"\n', "Draft: fuzzy"),
        ("de", 'msgstr "Entwurf"', 'msgstr "Draft"', "Draft: still English"),
        ("de", 'msgstr "Erstellt am %(day)s."', 'msgstr "Erstellt am %(date)s."', "Made on %(day)s.: other fields"),
        ("de", 'msgstr "Erstellt am %(day)s."', 'msgstr "Erstellt: 100 % %(day)s."', "Made on %(day)s.: other fields"),
        ("de", 'msgstr "Entwurf"', 'msgstr "Entwurf („neu)"', "Draft: not balanced"),
        ("de", 'msgstr "Entwurf"', 'msgstr "Entwurf neu“"', "Draft: not balanced"),
        ("de", 'msgstr "„"', 'msgstr "»"', "»“: no pair"),
        ("de", 'msgstr "In Worten:"', 'msgstr "In Worten"', "In words:: the colon"),
        ("de", 'msgstr "Entwurf"', 'msgstr "Entwurf:"', "Draft: the colon"),
        ("de", 'msgstr "Entwurf"', 'msgstr "L\'Entwurf"', "Draft: a sign of markup"),
        ("de", 'msgstr "Entwurf"', 'msgstr "Entwurf "', "Draft: not clean"),
        ("de", 'msgstr "Über', 'msgstr "U\u0308ber', "About this topic: not clean"),
        ("de", 'msgstr "Entwurf"', 'msgstr "Entwurf \U00010900"', "Draft: no font has '\U00010900'"),
        (
            "de",
            "# Not yet reviewed by a native speaker.\n",
            "",
            "no line says whether a native speaker has reviewed it",
        ),
        (
            "ko",
            "인용 %(use)s 위치로",
            "인용 %(use)s로",
            "back to citation %(use)s of reference %(number)s: a letter at its mark",
        ),
        ("ru", 'msgstr "Черновик"', 'msgstr "Draft copy"', "Draft: 'Draft' in Latin letters"),
    ],
)
def test_a_broken_catalogue_is_told(tmp_path: Path, name: str, old: str, new: str, fault: str) -> None:
    good = (LAYOUTS / "locale" / f"{name}.po").read_text("utf-8")
    assert good.count(old) == 1
    broken = tmp_path / f"{name}.po"
    broken.write_text(good.replace(old, new), "utf-8")
    assert fault in faults(broken)


def test_a_reviewed_catalogue_says_by_whom_and_when(tmp_path: Path) -> None:
    good = (LAYOUTS / "locale" / "de.po").read_text("utf-8")
    line = "# Not yet reviewed by a native speaker.\n"
    reviewed = tmp_path / "de.po"
    reviewed.write_text(good.replace(line, "# Reviewed by a native speaker: A. Beispiel, 2026-10-01.\n"), "utf-8")
    assert faults(reviewed) == []
    reviewed.write_text(good.replace(line, "# Reviewed by a native speaker: A. Beispiel.\n"), "utf-8")
    assert faults(reviewed) != []
