"""How fast it is, beside what others take for the same: `python -m tests.benchmark`. No test asks how fast."""
