"""A server that answers this machine alone: at 127.0.0.1 or localhost and its port, by GET and HEAD."""

import socketserver
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
_NAMES = (HOST, "localhost")
_HTTP_PORT = 80
"""Which browsers leave out of an address."""
_SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
"""No page from elsewhere may show what is served, and nothing is taken for what it is not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. `parts` in place of `data` are sent as they come, for as long as somebody listens."""

    data: bytes = field(default=b"", repr=False)
    media_type: str = "text/plain; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Iterable[bytes] | None = None


Answers: TypeAlias = Callable[[str], Answer]
"""What is at a path: it starts with "/", is decoded, and may be anything that somebody asks for."""


def refusal(status: HTTPStatus, why: str) -> Answer:
    """An answer that says why there is none."""
    return Answer(f"{why}\n".encode(), status=status)


NOT_FOUND = refusal(HTTPStatus.NOT_FOUND, "There is no such file here.")


class Server(ThreadingHTTPServer):
    """Serves what `answers` gives, a thread for each who asks; OSError if the port is taken. Port 0 is any free one."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, answers: Answers) -> None:
        super().__init__((HOST, port), partial(_Handler, answers))

    def server_bind(self) -> None:
        """Without the name of this machine, which Python would ask the network for."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def address(self) -> str:
        """Where browsers find it."""
        return f"http://{HOST}:{self.server_port}/"

    def is_own(self, host: str) -> bool:
        """Whether a Host header names this server.

        A page from elsewhere can have its own name lead here, and would then be allowed to read what it gets.
        """
        names = {f"{name}:{self.server_port}" for name in _NAMES}
        return host.lower() in (names | set(_NAMES) if self.server_port == _HTTP_PORT else names)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "atlas-print"
    sys_version = ""
    timeout = 60
    """Seconds that a connection may be silent."""

    def __init__(self, answers: Answers, *given: object) -> None:
        self._answers = answers
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answers, or says why not."""
        self._send(self._answer())

    def do_HEAD(self) -> None:
        """The same without the data."""
        self._send(self._answer(), is_told=False)

    def _answer(self) -> Answer:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            # What follows is not read, so it must not be taken for the next request.
            self.close_connection = True
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.is_own(hosts[0]):
            return refusal(HTTPStatus.MISDIRECTED_REQUEST, f"This server answers at {self.server.address} alone.")
        if not self.path.startswith("/"):
            return refusal(HTTPStatus.BAD_REQUEST, "The address has to start with a slash.")
        try:
            path = unquote(urlsplit(f"//host{self.path}").path, errors="strict")
        except ValueError:
            return NOT_FOUND
        return self._answers(path)

    def _send(self, answer: Answer, *, is_told: bool = True) -> None:
        self.send_response(answer.status)
        headers = {"Content-Type": answer.media_type, **_SAFETY, **answer.headers}
        if answer.parts is None:
            headers["Content-Length"] = str(len(answer.data))
        else:
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        try:
            self.end_headers()
            for part in (answer.data,) if answer.parts is None else answer.parts:
                if is_told and part:
                    self.wfile.write(part)
        except OSError:
            # Who asked is gone.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal is for what is to be mended."""
