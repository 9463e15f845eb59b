"""What a page shows and the tag tree doesn't hold: marked content as artifacts, annotations that go."""

from collections.abc import Sequence
from typing import Any

import pydyf


def make_artifacts(stream: Any, artifacts: dict[int, dict[str, Any]]) -> None:
    """Turns marked-content sequences by their MCIDs into artifacts with those properties, in the painted stream."""
    if not artifacts:
        return
    operators = stream.stream
    for position, operand in enumerate(operators):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in artifacts:
            properties = {"Type": "/Pagination", **artifacts[operand["MCID"]]}
            operators[position - 1 : position + 1] = ["/Artifact", pydyf.Dictionary(properties)]


def remove_annotations(pdf: Any, index: int, spare: Sequence[Any]) -> None:
    """Takes those annotations off a page, which counts from 0."""
    if not spare:
        return
    number = int(pdf.page_references[index].split()[0])
    page = pdf.objects[number]
    gone = {annotation.reference for annotation in spare}
    page["Annots"] = pydyf.Array([kept for kept in page["Annots"] if kept not in gone])
