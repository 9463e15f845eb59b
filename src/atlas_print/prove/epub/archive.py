"""The ZIP container of an EPUB, read without trust: nothing is unpacked to disk or beyond limits (EPUB 3.3, 4.2)."""

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from atlas_print.prove.reading.limits import Part, UnreadableError, spend

_ENTRY = b"PK\x01\x02"
_ENCRYPTION = "META-INF/encryption.xml"
_REFERENCE = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 1
"""Flag of an entry that has a password."""
_LONGEST_NAME = 80
"""Characters of a name that a finding tells."""
_HELP_LOCKED = "save it without a password or copy protection: this proof has to read what readers will"
_HELP_NAMES = "don't unpack it or pass it on; build the file again"
_HELP_DTD = "save it with its entities as the letters that they stand for, and without a DTD of its own"
_HELP_PACKING = "build the file again; an EPUB's files are stored or deflated"


@contextmanager
def opened(data: bytes) -> Iterator["Archive"]:
    """The container of an EPUB; UnreadableError, also for what fails within the block."""
    spend(Part.ENTRIES, data.count(_ENTRY))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield Archive(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"not a ZIP archive that can be read: {error}") from error


class Archive:
    """The files in the container."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """UnreadableError for names that lead out of it, and for two files of one name."""
        self._archive = archive
        entries = archive.infolist()
        for entry in entries:
            if _leads_out(entry):
                what = f"it packs a file that would be put outside its folder, or a link: {_short(entry.orig_filename)}"
                raise UnreadableError(what, _HELP_NAMES)
        twice = [name for name, count in Counter(entry.filename for entry in entries).items() if count > 1]
        if twice:
            raise UnreadableError(f"it packs two files of one name, {_short(twice[0])}", _HELP_NAMES)
        self.names = frozenset(archive.namelist())

    def parsed(self, path: str) -> etree._Element:
        """The XML in a file; UnreadableError where there is none."""
        return _parsed(path, self.read(path))

    def read(self, path: str) -> bytes:
        """The bytes of a file; UnreadableError if they can't be had."""
        if path in self._locked:
            raise UnreadableError(f"its file {path} is encrypted", _HELP_LOCKED)
        return self._read(path)

    @cached_property
    def _locked(self) -> frozenset[str]:
        """What the book's copy protection has encrypted. Fonts may be: they are not read."""
        if _ENCRYPTION not in self.names:
            return frozenset()
        root = _parsed(_ENCRYPTION, self._read(_ENCRYPTION))
        return frozenset(node.get("URI", "") for node in root.iter(_REFERENCE))

    def _read(self, path: str) -> bytes:
        if path not in self.names:
            raise UnreadableError(f"the book has no {path}")
        entry = self._archive.getinfo(path)
        if entry.flag_bits & _LOCKED:
            raise UnreadableError(f"its file {path} is encrypted", _HELP_LOCKED)
        if entry.compress_type not in _PACKINGS:
            raise UnreadableError(f"its file {path} is packed in a way that no reading system knows", _HELP_PACKING)
        spend(Part.TEXTS, entry.file_size)
        with self._archive.open(entry) as file:
            # Not all that there is: a size that lies would be believed after it was unpacked.
            return file.read(entry.file_size)


def _parsed(path: str, data: bytes) -> etree._Element:
    spend(Part.MARKUP, data.count(b"<") + data.count(b"="))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"{path} is not well-formed: {error}") from error
    # Whether it declares anything: a mere name, with or without an address, is no DTD of its own.
    found: Any = root.getroottree().docinfo.internalDTD
    declared = chain(found.iterentities(), found.iterelements()) if found is not None else ()
    # lxml lists no attributes of a DTD; the zeros are those of UTF-16.
    has_defaults = b"<!ATTLIST" in data.replace(b"\0", b"")
    if has_defaults or next(chain(declared, root.iter(etree.Entity)), None) is not None:
        raise UnreadableError(f"{path} says in itself what its entities and attributes stand for", _HELP_DTD)
    return root


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    return (
        path.is_absolute()
        or ".." in path.parts
        or any(sign in entry.orig_filename for sign in "\\:\0")
        or stat.S_ISLNK(entry.external_attr >> 16)
    )


def _short(name: str) -> str:
    return repr(name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…")
