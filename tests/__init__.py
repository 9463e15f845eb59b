"""The tests by room. A package of its own, since textstat installs another one called `tests`."""
