"""The shapes of identifiers and addresses, and their one printed form."""

import re
import unicodedata
from urllib.parse import urlsplit

import langcodes

# Crossref's own pattern, and the angle brackets of Wiley's DOIs before 2003. What a sentence leaves behind a
# pasted DOI is no part of it.
_DOI = re.compile(r"10\.[0-9]{4,9}/(?=[^A-Za-z0-9]*[A-Za-z0-9])[!#-\[\]_a-z~]*[!#-+\-/-:<-\[\]_a-z~]")
_PMID = re.compile(r"[1-9][0-9]{0,8}")
_PMCID = re.compile(r"PMC[1-9][0-9]{0,8}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_TELEPHONE = re.compile(r"\+?[0-9.()-]*[0-9][0-9.()-]*")
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`]")


def is_doi(text: str) -> bool:
    """Whether the text is a bare DOI, such as 10.1148/radiol.220069."""
    return _DOI.fullmatch(text) is not None


def is_pmid(text: str) -> bool:
    """Whether the text is a PubMed id: digits only."""
    return _PMID.fullmatch(text) is not None


def is_pmcid(text: str) -> bool:
    """Whether the text is a PubMed Central id, such as PMC202287."""
    return _PMCID.fullmatch(text) is not None


def doi_in(text: str) -> str | None:
    """The bare DOI that a text such as https://doi.org/10.1148/radiol.220069. holds."""
    match = _DOI.search(text)
    return None if match is None else match.group()


def is_web_address(text: str) -> bool:
    """Whether the text is an absolute http or https address with a host, and without a name or password before it."""
    if _UNSAFE.search(text) or any(unicodedata.category(character)[0] == "C" for character in text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return False
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return _HOST.fullmatch(host) is not None


def is_link_target(text: str) -> bool:
    """Whether a link in the text may lead there: the web, a mail address or a telephone number."""
    if text.startswith("mailto:"):
        return _MAIL.fullmatch(text.removeprefix("mailto:").split("?")[0]) is not None
    if text.startswith("tel:"):
        return _TELEPHONE.fullmatch(text.removeprefix("tel:")) is not None
    return is_web_address(text)


def is_language(text: str) -> bool:
    """Whether the text is a valid BCP 47 language tag of registered parts."""
    return bool(text) and "_" not in text and langcodes.tag_is_valid(text)
