"""The tasks of a build on other machines."""
