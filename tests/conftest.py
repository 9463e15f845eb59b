"""What every test run has."""

from tests.mutants.summary import pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]
