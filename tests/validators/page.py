"""page-validation, a second and much faster judge of PDF/UA-1 and PDF/A, written apart from veraPDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from page import PageError, ParseError, SafetyLimitError, ValidationFailure, validate_pdf


def validate(paths: Sequence[Path], flavour: str) -> dict[Path, list[str]]:
    """Judge PDFs by one flavour (ua1, 2a and so on); the findings are the rules that failed."""
    return {path: _validate(path, flavour) for path in paths}


def _validate(path: Path, flavour: str) -> list[str]:
    path.stat()  # a missing file is the test's fault, not a finding
    try:
        report = validate_pdf(path, profile=flavour)
    except (ParseError, SafetyLimitError) as problem:
        return [f"not readable: {problem}"]
    except PageError as problem:
        raise ValueError(f"page-validation can't judge by flavour {flavour!r}: {problem}") from problem
    findings = _findings(report.failures)
    if not findings and not (report.is_compliant and report.rules.total > 0):
        findings.append("not compliant, with no failed rule")
    return findings


def _findings(failures: Sequence[ValidationFailure]) -> list[str]:
    messages: dict[str, str] = {}
    for failure in failures:
        messages.setdefault(failure.rule_id, failure.message)
    counts = Counter(failure.rule_id for failure in failures)
    return [f"{rule}: {messages[rule]} ({counts[rule]})" for rule in sorted(counts)]
