"""Ends a test run with a line of numbers: how many mutants were made, and how many the proof found."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Adds up what the tests of all workers recorded."""
    sums = [0, 0, 0, 0, 0]
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, value in report.user_properties:
                    if name == "mutants":
                        sums = [one + other for one, other in zip(sums, value, strict=True)]
    made, caught, harmless, flagged, untold = sums
    if made or harmless:
        terminalreporter.write_line(
            f"mutants: {made} broken files, {caught} caught by the promise they are about "
            f"({untold} of them not told); "
            f"{harmless} harmless changes, {flagged} flagged"
        )
