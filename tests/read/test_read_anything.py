"""Whatever bytes stand in a file: loading ends in an atlas or in problems, each at a place inside its file."""

import string
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas_print.inlines import plain_text
from atlas_print.problems import Severity
from atlas_print.read.project import load
from tests.read.laying import BASE, TODAY, as_text, lay

TOPIC = "content/topics/thin-air.md"
FILES = (
    TOPIC,
    "content/atlas.yaml",
    "content/references.json",
    "content/figures/crossing.svg",
    "content/figures/dot.png",
)
TEXTS = {name: (BASE / name).read_text("utf-8") for name in FILES if not name.endswith(".png")}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# What means something in one of the formats, so that mutations reach further than "this can't be read".
PIECES = st.sampled_from(
    """
    --- ... ## ### # > >> - 1. | |---| ``` ~~~ ::: === *** ** * _ ~~ ~ ^ $ $$ ` \\ \\\\ &amp; &#0; &#xad; &shy; <!-- -->
    <b> </b> <br/> <https://x.example> [ ] ( ) ![ ]( ](x) [@ @ [@li-2022] [@li-2022; @nobody] [@] -@x ; {.key} {lang=fr}
    {lang= { } {} {.unknowns} {strength=high {alt="x"} " ' “ : , & &a *a !!str !x %YAML ? << [^1] [^1]: [x]: ]:
    http://[x javascript: ../ %00 \\u0000 \\ud800 null true NaN 1e999 -0 [] [[ {" <g> </g>
    <use href="#tip"/> <svg> <![CDATA[ <? url( onload="" style="" title: kind: "id": "DOI":
    """.split()
) | st.sampled_from(
    ["\n", "\n\n", "\t", "  ", "    ", "\r", "\r\n", "\x00", "\x0c", "\x85", "\u2028", "\ufeff", "\ufffd"]
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("project"))


@st.composite
def mutated(draw: st.DrawFn, text: str) -> bytes:
    """The text cut short, with pieces put in, taken out and swapped, or broken as bytes."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.integers(0, 40)), len(text))
        match draw(st.sampled_from(("insert", "replace", "delete", "truncate", "swap", "repeat"))):
            case "insert":
                text = text[:start] + draw(PIECES | st.text(max_size=8)) + text[start:]
            case "replace":
                text = text[:start] + draw(PIECES) + text[end:]
            case "delete":
                text = text[:start] + text[end:]
            case "truncate":
                text = text[:start]
            case "swap":
                lines = text.split("\n")
                one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
                lines[one], lines[other] = lines[other], lines[one]
                text = "\n".join(lines)
            case "repeat":
                text = text[:start] + text[start:end] * 3 + text[end:]
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(min_size=1, max_size=4)) + data[at:]
    return data


@dataclass
class Changed:
    """A project with one file changed for a while."""

    project: Path
    name: str
    data: bytes

    def __enter__(self) -> Path:
        (self.project / self.name).write_bytes(self.data)
        return self.project

    def __exit__(self, *_: object) -> None:
        (self.project / self.name).write_bytes((BASE / self.name).read_bytes())


def check(project: Path) -> None:
    """What must hold of every result."""
    atlas, problems = load(project, TODAY)
    again = load(project, TODAY)
    assert (atlas, problems) == again
    assert (atlas is None) == any(problem.severity is Severity.ERROR for problem in problems)
    assert problems == sorted(set(problems))
    as_text(problems).encode("utf-8")
    for problem in problems:
        assert problem.rule.islower()
        assert problem.what
        assert problem.help
        assert "\n" not in problem.what + problem.help
        if problem.place.line:
            text = (project / problem.place.file).read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert 1 <= problem.place.line <= len(lines)
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@pytest.mark.parametrize("name", FILES)
@QUICK
@given(data=st.data())
def test_a_changed_file_ends_in_an_atlas_or_in_problems(project: Path, name: str, data: st.DataObject) -> None:
    if name in TEXTS:
        changed = data.draw(mutated(TEXTS[name]))
    else:
        image = (BASE / name).read_bytes()
        start = data.draw(st.integers(0, len(image)))
        changed = image[:start] + data.draw(st.binary(max_size=8)) + image[start + data.draw(st.integers(0, 8)) :]
    with Changed(project, name, changed) as folder:
        check(folder)


@QUICK
@given(body=st.lists(PIECES | st.text(string.ascii_letters + " ", max_size=6), max_size=40).map(" ".join))
def test_a_body_of_marks_ends_in_a_topic_or_in_problems(project: Path, body: str) -> None:
    front = TEXTS[TOPIC].split("\n---\n")[0]
    with Changed(project, TOPIC, f"{front}\n---\n\n## One\n\n{body}\n".encode("utf-8", "surrogatepass")) as folder:
        check(folder)


@pytest.mark.parametrize("name", [name for name in FILES if name != TOPIC])
@QUICK
@given(data=st.binary(max_size=200))
def test_any_bytes_end_in_an_atlas_or_in_problems(project: Path, name: str, data: bytes) -> None:
    with Changed(project, name, data) as folder:
        check(folder)


# --- words ------------------------------------------------------------------------------------------------

LETTERS = st.sampled_from(string.ascii_letters + "éßœΩπжяខ្យល់अक") | st.sampled_from("0123456789µ²±%°–’,.;:!?()/&'")
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=12).map(
    # A letter on either side, so that no word is a mark of a list, an entity or the like.
    lambda words: [f"x{word}x" for word in words]
)
FRONT = TEXTS[TOPIC].split("\n---\n")[0]


def lines_of(project: Path, body: str) -> list[str]:
    """The texts of the first section of a topic with that body, without their marks."""
    with Changed(project, TOPIC, f"{FRONT}\n---\n\n{body}\n".encode()) as folder:
        atlas, problems = load(folder, TODAY)
    assert atlas is not None, as_text(problems)
    section = atlas.topic("thin-air").sections[0]
    return [section.title, *map(plain_text, section.lines())]


@QUICK
@given(words=WORDS, breaks=st.lists(st.sampled_from([" ", "  ", "\n", "\t"]), min_size=12, max_size=12))
def test_the_words_that_go_in_come_out(project: Path, words: list[str], breaks: list[str]) -> None:
    line, broken = " ".join(words), "".join(map("".join, zip(words, breaks, strict=False))).strip()
    quoted = broken.replace("\n", "\n> ")

    blocks = (
        f"## {line}",
        broken,
        f"> {quoted}",
        f"- *{line}*\n  - [{broken}]{{.key}}",
        f"| {line} |\n|---|\n| **{line}** |",
        f'![{broken}](../figures/dot.png){{alt="{line}"}}',
        f"[{broken}](https://x.example)",
    )

    found = lines_of(project, "\n\n".join(blocks))

    assert found == [line] * 9


@QUICK
@given(text=st.text(LETTERS | st.sampled_from(string.punctuation + "  "), min_size=1, max_size=40))
def test_an_escaped_text_comes_out_as_it_was_meant(project: Path, text: str) -> None:
    escaped = "".join(f"\\{character}" if character in string.punctuation else character for character in text)

    assert lines_of(project, f"## One\n\nx {escaped} x")[1] == " ".join(f"x {text} x".split())


@QUICK
@given(words=WORDS)
def test_the_words_of_the_front_matter_come_out(project: Path, words: list[str]) -> None:
    folded = "\n  ".join(words)
    front = FRONT.replace("Stairs can leave you short of breath.\n", f"{folded}\n  ")
    with Changed(project, TOPIC, TEXTS[TOPIC].replace(FRONT, front).encode()) as folder:
        atlas, problems = load(folder, TODAY)

    assert atlas is not None, as_text(problems)
    assert atlas.topic("thin-air").lede == f"{' '.join(words)} The usual tests may look normal."
