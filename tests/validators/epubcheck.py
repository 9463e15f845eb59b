"""EPUBCheck, the reference judge of EPUB, from the jars that the Python package epubcheck carries."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .jvm import Tool, package_folder


def check(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Judge EPUBs; the findings are the messages of every severity, usage notes but one kind too."""
    tool = _tool()
    with tool.in_context():
        return {path: _check(tool, path) for path in paths}


_OF_ANY_FONT = "CSS-028"
"""The usage note on each @font-face, which a book that brings a font can't be without."""


@cache
def _tool() -> Tool:
    folder = package_folder("epubcheck")
    return Tool([folder / "epubcheck.jar", *sorted((folder / "lib").glob("*.jar"))])


def _check(tool: Tool, path: Path) -> list[str]:
    path.stat()  # EPUBCheck has no message for a missing file
    checker = tool.java_class("com.adobe.epubcheck.tool.EpubChecker")()
    with tempfile.TemporaryDirectory(prefix="epubcheck-") as folder:
        report = Path(folder) / "report.json"
        failed = checker.run([str(path), "--json", str(report), "--usage", "--locale", "en", "--quiet"])
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    findings = [
        _finding(message, where)
        for message in messages
        if message["ID"] != _OF_ANY_FONT
        for where in _locations(message)
    ]
    if failed and not findings:
        findings.append("ERROR: failed with no message")
    return findings


def _locations(message: dict[str, Any]) -> list[str]:
    """Return the places of a message as path:line:column, at least one string."""
    places = [
        ":".join([location["path"], *(str(location[key]) for key in ("line", "column") if location[key] > 0)])
        for location in message["locations"]
    ]
    if message["additionalLocations"]:
        places.append(f"and {message['additionalLocations']} more places")
    return places or ["book"]


def _finding(message: dict[str, Any], where: str) -> str:
    return f"{message['severity']} {message['ID']} {where}: {message['message']}"
