"""Types of works in the names that CSL, Crossref, DataCite, Zotero and BibTeX have for them -> those of CSL 1.0.2."""

import re

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
    periodical personal_communication post post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage
    """.split()
)
"""The types of CSL 1.0.2, appendix III: https://docs.citationstyles.org/en/stable/specification.html"""

_OTHER_NAMES = {
    "article": "preprint postedcontent workingpaper eprint",
    "article-journal": "journalarticle scholarlyarticle datapaper",
    "article-magazine": "magazinearticle",
    "article-newspaper": "newspaperarticle newsarticle",
    "book": "monograph editedbook referencebook booklet mvbook mvcollection proceedings mvproceedings reference bookset"
    " bookseries reportseries",
    "broadcast": "podcast radiobroadcast tvbroadcast",
    "chapter": "bookchapter booksection bookpart booktrack inbook incollection suppbook bookinbook suppcollection",
    "entry-dictionary": "dictionaryentry",
    "entry-encyclopedia": "encyclopediaarticle referenceentry inreference",
    "graphic": "artwork image",
    "legal_case": "case jurisdiction",
    "legislation": "statute",
    "manuscript": "unpublished",
    "motion_picture": "film videorecording video movie audiovisual",
    "paper-conference": "proceedingsarticle conferencepaper inproceedings conference conferenceproceeding",
    "periodical": "journal journalissue journalvolume suppperiodical",
    "personal_communication": "email letter instantmessage",
    "post": "forumpost",
    "post-weblog": "blogpost blogposting",
    "report": "techreport reportcomponent technicalreport",
    "review": "peerreview",
    "software": "computerprogram softwaresourcecode computationalnotebook",
    "song": "audiorecording audio music sound",
    "speech": "presentation talk lecture",
    "thesis": "dissertation phdthesis mastersthesis mathesis candthesis bachelorthesis",
    "webpage": "online electronic www website webdocument",
}


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


_KNOWN = {_folded(name): name for name in TYPES}
_KNOWN |= {other: name for name, others in _OTHER_NAMES.items() for other in others.split()}


def read_type(given: str) -> str:
    """The type of CSL that a name of any tool means; what is unknown, or missing, counts as a document."""
    return _KNOWN.get(_folded(given), "document")
