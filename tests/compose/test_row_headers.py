"""The first cell of a row is its header where it names the row."""

import pytest

from atlas_print.blocks import Table
from atlas_print.compose.tables import are_rows_named
from atlas_print.inlines import Text


def table(*names: str, header: bool = True) -> Table:
    rows = tuple(((Text(name),) if name else (), *((Text("1"),),) * 2) for name in names)
    titles = ((Text("Who"),), (Text("Before"),), (Text("After"),))
    return Table(titles if header else (), rows, ("left", "left", "left"))


@pytest.mark.parametrize(
    ("names", "header", "are_named"),
    [
        (("Controls", "Patients", "Staff"), True, True),
        (("at 3 months", "at 6 months", "at 1 year"), True, True),
        (("Controls", "Patients"), True, False),
        (("Controls", "Patients", "Staff"), False, False),
        (("Controls", "Controls", "Staff"), True, False),
        (("12", "13", "14"), True, False),
        (("Controls", "", "Staff"), True, False),
    ],
)
def test_rows_with_names(names: tuple[str, ...], header: bool, are_named: bool) -> None:
    assert are_rows_named(table(*names, header=header)) is are_named
