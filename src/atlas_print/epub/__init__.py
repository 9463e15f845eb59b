"""XHTML -> EPUB: the only room that knows EbookLib."""
