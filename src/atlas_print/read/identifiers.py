"""The shapes of identifiers and addresses, and their one printed form."""

import re
from urllib.parse import urlsplit

import langcodes

# Crossref's own pattern for present-day DOIs, with no white space and no angle brackets in the suffix.
_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"]+")
_PMID = re.compile(r"[1-9]\d{0,8}")
_PMCID = re.compile(r"PMC[1-9]\d{0,8}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")


def is_doi(text: str) -> bool:
    """Whether the text is a bare DOI, such as 10.1148/radiol.220069."""
    return _DOI.fullmatch(text) is not None


def is_pmid(text: str) -> bool:
    """Whether the text is a PubMed id: digits only."""
    return _PMID.fullmatch(text) is not None


def is_pmcid(text: str) -> bool:
    """Whether the text is a PubMed Central id, such as PMC202287."""
    return _PMCID.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Whether the text is an absolute http or https address with a host."""
    if _UNSAFE.search(text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https"):
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
        return re.fullmatch(r"\+?[0-9.()-]+", text.removeprefix("tel:")) is not None
    return is_web_address(text)


def is_language(text: str) -> bool:
    """Whether the text is a valid BCP 47 language tag of registered parts."""
    return bool(text) and "_" not in text and langcodes.tag_is_valid(text)
