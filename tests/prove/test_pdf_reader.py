"""Tagged PDF -> Reading: what the structure tree holds, in its order, and where links lead."""

from typing import Any

import pytest

from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.limits import UnreadableError
from atlas_print.prove.reading.reading import Reading
from tests.prove.minimal import Pdf, line, of_pdf, stream


def told(reading: Reading) -> list[tuple[Role, str]]:
    return [(element.role, reading.excerpt(element.start, element.end)) for element in reading.elements]


def page(pdf: Pdf, number: int = 0) -> dict[str, Any]:
    return {"/Pg": pdf.page(number)}


def test_the_order_is_that_of_the_tree() -> None:
    pdf = Pdf(line("second", 0) + line("first", 1, y=600) + line("unmarked", y=500) + line("orphan", 2, y=400))
    reading = pdf.reading(("Document", [("H2", [1]), ("P", [0])], page(pdf)))
    assert told(reading)[1:] == [(Role.HEADING, "first"), (Role.PARAGRAPH, "second")]
    assert reading.elements[1].level == 2
    assert reading.elements[1].place == "page 1, H2"


def test_artifacts_are_not_read() -> None:
    content = b"/P <</MCID 0>> BDC %b /Artifact BMC %b EMC %b EMC /Artifact <</Type /Pagination>> BDC %b EMC" % (
        line("kept "), line("gone", x=80), line("too", x=110), line("lost", 1, x=140)
    )  # fmt: skip
    pdf = Pdf(content)
    assert pdf.reading(("P", [0, 1], page(pdf))).flat == "kepttoo"


def test_actual_text_of_sequences_and_elements() -> None:
    content = b"".join((
        b"/Span <</MCID 0 /ActualText (whole )>> BDC ", line("wh0le"), line("ly"), b"EMC ",
        b"/Span <</MCID 1>> BDC ", line("a", x=55), b"/Span <</ActualText <FEFF00DF>>> BDC ", line("ss", x=60), b"EMC ",
        line("d", x=70), b"EMC ",
        line("x", 2), b"/Span /Named BDC ", line("e"), b"EMC",
    ))  # fmt: skip
    pdf = Pdf(content, Properties={"/Named": {"/MCID": 3}})
    reading = pdf.reading(("P", [0, 1, ("Span", [2], {"/ActualText": "y z"}), 3], page(pdf)))
    assert reading.flat == "wholeaßdyze"


def test_text_in_a_described_figure_is_not_read() -> None:
    pdf = Pdf(line("label", 0) + line("caption", 1, y=680))
    reading = pdf.reading(("Figure", [0], {**page(pdf), "/Alt": "A box."}), ("Caption", [1], page(pdf)))
    assert reading.flat == "caption"
    assert reading.elements[0].alt == "A box."
    bare = Pdf(line("label", 0))
    assert bare.reading(("Figure", [0], page(bare))).flat == "label"


def test_own_structure_types_by_the_role_map() -> None:
    pdf = Pdf(line("a", 0) + line("b", 1))
    tree = ("Story", [("Head", [0]), ("Loop", [1])], page(pdf))
    reading = pdf.reading(tree, RoleMap={"/Head": "/Headline", "/Headline": "/H1", "/Loop": "/Loop", "/H1": "/P"})
    assert [element.role for element in reading.elements] == [Role.GROUP, Role.HEADING, Role.GROUP]


def test_headings_without_a_number() -> None:
    pdf = Pdf(line("a", 0) + line("b", 1))
    reading = pdf.reading(("Document", [("Sect", [("H", [0]), ("Sect", [("H", [1])])])], page(pdf)))
    assert [element.level for element in reading.of(Role.HEADING)] == [2, 3]


def test_an_element_over_two_pages() -> None:
    pdf = Pdf(line("starts here and", 0), line("ends there", 0))
    there = {"/Type": "/MCR", "/Pg": pdf.page(1), "/MCID": 0}
    reading = pdf.reading(("P", [0, there], page(pdf)), ("P", [0], page(pdf, 1)))
    assert told(reading) == [(Role.PARAGRAPH, "starts here and ends there"), (Role.PARAGRAPH, "ends there")]
    assert [element.place for element in reading.elements] == ["page 1, P", "page 2, P"]


def test_forms() -> None:
    pdf = Pdf(b"")
    inner = pdf.writer._add_object(stream(line("inner", 0), Subtype="/Form", Matrix=[1, 0, 0, 1, 0, -50]))
    plain = pdf.writer._add_object(stream(line("plain"), Subtype="/Form"))
    again = pdf.writer._add_object(stream(b"/Again Do " + line("once"), Subtype="/Form"))
    content = b"/Inner Do /P <</MCID 1>> BDC /Plain Do EMC /Plain Do /None Do"
    objects = {"/Inner": inner, "/Plain": plain, "/Again": again}
    of_page: Any = pdf.writer.pages[0]
    of_page[of_pdf("/Contents")] = pdf.writer._add_object(stream(content))
    of_page["/Resources"].update(of_pdf({"/XObject": objects}))
    again_too: Any = again.get_object()
    again_too[of_pdf("/Resources")] = of_page["/Resources"]
    held = {"/Type": "/MCR", "/Stm": inner, "/MCID": 0}
    reading = pdf.reading(("P", [held, 1, 2], page(pdf)))
    assert reading.flat == "innerplain"
    of_page["/Contents"].get_object().set_data(b"/P <</MCID 2>> BDC /Again Do EMC")
    with pytest.raises(UnreadableError, match="forms too deep"):
        pdf.reading(("P", [2], page(pdf)))


def test_spaces_are_seen_by_their_width() -> None:
    content = (
        b"/P <</MCID 0>> BDC BT /F 10 Tf 14 TL 1 0 0 1 50 700 Tm [(one) -300 (two) -20 (s)] TJ 12 0 Td (x) Tj "
        b"1 0 0 1 100 650 Tm (aa) Tj 1 0 0 1 110 650 Tm (bb) Tj 1 0 0 1 125 650 Tm (cc) Tj "
        b"(dd) ' 1 2 (ee) \" T* (ff) Tj ET EMC"
    )
    pdf = Pdf(content)
    reading = pdf.reading(("P", [0], page(pdf)))
    assert reading.excerpt(0, 99) == "one twos x aabb cc dd ee ff"
    assert reading.gaps[3] is True
    assert reading.gaps[reading.flat.index("dd")] is False


PLACES: dict[str, tuple[dict[str, Any], str | None]] = {
    "by name": ({"Dest": "here"}, "target"),
    "by an old name": ({"Dest": "/there"}, "other"),
    "by action": ({"A": {"/S": "/GoTo", "/D": "here"}}, "target"),
    "by a dictionary": ({"Dest": "wrapped"}, "other"),
    "in a tree of names": ({"Dest": "deep"}, "target"),
    "unknown": ({"Dest": "nowhere"}, None),
    "elsewhere": ({"A": {"/S": "/GoToR", "/F": "x.pdf"}}, None),
    "no place": ({}, None),
}


@pytest.mark.parametrize("case", PLACES)
def test_destinations_by_name(case: str) -> None:
    entries, expected = PLACES[case]
    pdf = Pdf(line("link", 0), line("first", 0, y=760) + line("target", 1, y=700) + line("other", 2, x=300, y=700))
    here = of_pdf([pdf.page(1), "/XYZ", 50, 712, 0])
    there = of_pdf([pdf.page(1), "/XYZ", 300, 712, None])
    tree = {
        "/Kids": [
            pdf.add({"/Names": ["deep", {"/D": here}]}),
            pdf.add({"/Names": ["here", here, "wrapped", {"/D": there}]}),
        ]
    }
    pdf.writer.root_object.update(of_pdf({"/Names": {"/Dests": tree}, "/Dests": {"/there": there}}))
    reading = pdf.reading(
        ("P", [("Link", [pdf.link(**entries), 0])], page(pdf)),
        ("Sect", [("H1", [0]), ("P", [1]), ("P", [2])], page(pdf, 1)),
    )
    link = reading.of(Role.LINK)[0]
    assert (reading.text(link.target) if link.target else None) == expected


POINTS = {
    "/XYZ 50 712 0": "above",
    "/XYZ 50 700 0": "above",
    "/XYZ 50 690 0": "below",
    "/XYZ 300 690 0": "aside",
    "/XYZ 330 690 0": "link",
    "/XYZ 200 690 0": "aside",
    "/XYZ null 690 0": "below",
    "/XYZ null null null": "above",
    "/Fit": "above",
    "/FitH 690": "below",
    "/FitR 290 600 400 690": "aside",
    "/XYZ 50 100 0": None,
}


@pytest.mark.parametrize("point", POINTS)
def test_destinations_by_place(point: str) -> None:
    content = (
        line("above", 0) + line("below", 1, y=680) + line("aside.", 2, x=300, y=680) + line("link", 3, x=330, y=680)
    )
    pdf = Pdf(content)
    kind, *numbers = point.split()
    place = [pdf.page(0), kind, *(None if number == "null" else float(number) for number in numbers)]
    reading = pdf.reading(
        ("P", [0], page(pdf)), ("P", [1], page(pdf)),
        ("P", [2, ("Link", [pdf.link(Dest=place), 3])], page(pdf)),
    )  # fmt: skip
    target = reading.of(Role.LINK)[0].target
    found = reading.excerpt(target.start, target.end) if target else None
    assert found == {"aside": "aside.link"}.get(POINTS[point] or "", POINTS[point])


def test_structure_destinations() -> None:
    pdf = Pdf(line("link", 0) + line("target", 1, y=100))
    target = pdf.add({})
    action = {"/S": "/GoTo", "/D": [pdf.page(0), "/Fit"], "/SD": [target, "/Fit"]}
    reading = pdf.reading(("Link", [pdf.link(A=action), 0], page(pdf)), ("P", [1], {**page(pdf), "reference": target}))
    found = reading.of(Role.LINK)[0].target
    assert found is reading.elements[1]


def test_web_addresses() -> None:
    pdf = Pdf(line("link", 0))
    address = {"/S": "/URI", "/URI": "https://doi.org/10.5555/a"}
    reading = pdf.reading(("Link", [pdf.link(A=address), 0], page(pdf)))
    assert (reading.elements[0].address, reading.elements[0].target) == ("https://doi.org/10.5555/a", None)


def test_trees_that_never_end() -> None:
    pdf = Pdf(line("a", 0))
    round_ = pdf.add({})
    assert pdf.reading(("P", [0, round_], {**page(pdf), "reference": round_})).flat == "a"
    deep: Any = ("P", [0])
    for _ in range(300):
        deep = ("Div", [deep])
    with pytest.raises(UnreadableError, match="too deep"):
        Pdf(line("a", 0)).reading(deep)


def test_where_pages_begin() -> None:
    artifact = b"/Artifact BMC %b EMC " % line("header")
    pdf = Pdf(artifact + line("one", 0), artifact, artifact + line("label", 0) + line("two", 1), line("wh0le", 0), b"")
    kids: list[Any] = [("P", [0], page(pdf)), ("Figure", [0], {**page(pdf, 2), "/Alt": "A box."})]
    kids += [("P", [1], page(pdf, 2)), ("P", [("Span", [0], {**page(pdf, 3), "/ActualText": "whole"})])]
    reading = pdf.reading(("Document", kids))
    assert reading.flat == "onetwowhole"
    # A page that says nothing begins where the next does.
    assert reading.page_starts == (0, 3, 3, 6, 11)
