"""What the server of a preview says: the list of topics, a topic with its exports, and what is new."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2

from atlas_print.preview.page import filled, script
from atlas_print.preview.server import NOT_FOUND, Answer
from atlas_print.preview.session import Session
from atlas_print.preview.topic import news, page_of, page_of_all

_HTML = "text/html; charset=utf-8"
_BEAT = 15.0
"""Seconds after which a line that nobody listens to any more is noticed."""
_SHARP = 2.0
"""px a pt: sharp at 400 px of width on any screen."""
_POLICY = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
_OWN = "img-src 'self' data:; script-src 'self'; connect-src 'self'; frame-src 'self'"
_OF_PAGE = f"{_POLICY}; style-src 'unsafe-inline'; {_OWN}"
_OF_TEXT = f"{_POLICY}; style-src 'unsafe-inline'; img-src data:"
"""What stands in the content can run nothing and fetch nothing."""
_TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip"}
_drawing = Lock()
"""PDFium draws one page at a time."""


class Answers:
    """The answers of a preview."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, path: str) -> Answer:
        """What is at a path."""
        match path.strip("/").split("/"):
            case [""]:
                return self._page(filled("topics.html", **page_of_all(self._session)))
            case ["preview.js"]:
                return Answer(script("preview.js"), "text/javascript; charset=utf-8")
            case ["topic", slug]:
                page = page_of(self._session, slug)
                return NOT_FOUND if page is None else self._page(filled("topic.html", **page))
            case ["text", slug, _]:
                return self._text(slug)
            case ["page", slug, name, number, _] if number.isascii() and number.isdigit():
                return self._image(slug, name, int(number))
            case ["file", slug, name]:
                return self._file(slug, name)
            case ["events"]:
                return self._events("")
            case ["events", slug]:
                return self._events(slug)
        return NOT_FOUND

    @staticmethod
    def _page(data: bytes) -> Answer:
        return Answer(data, _HTML, headers={"Content-Security-Policy": _OF_PAGE})

    def _text(self, slug: str) -> Answer:
        watched = self._session.watched(slug)
        if watched is None or watched.text is None:
            return NOT_FOUND
        return Answer(watched.text.data, "application/xhtml+xml", headers={"Content-Security-Policy": _OF_TEXT})

    def _data(self, slug: str, name: str) -> bytes:
        watched = self._session.watched(slug)
        panels = watched.panels.values() if watched else ()
        return next((it.drawn.result.data for it in panels if it.drawn and Path(it.task.path).name == name), b"")

    def _file(self, slug: str, name: str) -> Answer:
        data = self._data(slug, name)
        return Answer(data, _TYPES[Path(name).suffix]) if data else NOT_FOUND

    def _image(self, slug: str, name: str, number: int) -> Answer:
        data = self._data(slug, name)
        if not data or Path(name).suffix != ".pdf":
            return NOT_FOUND
        with _drawing:
            pdf = pypdfium2.PdfDocument(data)
            try:
                if not 1 <= number <= len(pdf):
                    return NOT_FOUND
                image = pdf[number - 1].render(scale=_SHARP).to_pil()
            finally:
                pdf.close()
        png = BytesIO()
        image.save(png, "PNG", compress_level=1)
        # Its address has the sum of how it looks.
        return Answer(png.getvalue(), "image/png", headers={"Cache-Control": "max-age=86400, immutable"})

    def _events(self, slug: str) -> Answer:
        return Answer(media_type="text/event-stream", parts=self._news(slug))

    def _news(self, slug: str) -> Iterator[bytes]:
        """A line for each change, as server-sent events, with what is to be said of it: nothing while more comes."""
        number = -1
        while not self._session.is_over:
            now = self._session.wait(number, _BEAT)
            if now == number:
                yield b":\n\n"
                continue
            number = now
            yield f"data: {json.dumps(news(self._session, slug))}\n\n".encode()
