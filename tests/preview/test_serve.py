"""`serve`: this machine alone, nothing outside of the folder, and nothing hidden in it."""

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from atlas_print.cli import main
from atlas_print.pipeline.new import new_project
from atlas_print.preview.folder import answers_of
from atlas_print.preview.server import Server

SECRET = b"not for anybody"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder beside a file that is nobody's business."""
    output = tmp_path / "output"
    (output / "gas").mkdir(parents=True)
    (output / ".staging").mkdir()
    (output / "gas" / "gas-handout.pdf").write_bytes(b"%PDF-1.7")
    (output / "gas" / "a b&c.txt").write_bytes(b"a name")
    (output / ".staging" / "journal").write_bytes(SECRET)
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (output / "out").symlink_to(tmp_path)
    (output / "out.txt").symlink_to(tmp_path / "secret.txt")
    (output / "shown").symlink_to(output / ".staging")
    (output / "within.pdf").symlink_to(output / "gas" / "gas-handout.pdf")
    (output / "loop").symlink_to(output / "loop")
    return output


@pytest.fixture
def server(output: Path) -> Iterator[Server]:
    with Server(0, answers_of(output)) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def asked(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """What the server says to a request that holds exactly this."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": f"127.0.0.1:{server.server_port}", **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        connection.close()


def test_files_and_folders(server: Server) -> None:
    status, data, headers = asked(server, "/gas/gas-handout.pdf")
    assert (status, data, headers["Content-Type"]) == (200, b"%PDF-1.7", "application/pdf")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert asked(server, "/within.pdf")[:2] == (200, b"%PDF-1.7")
    assert asked(server, "/gas/a%20b%26c.txt")[:2] == (200, b"a name")
    assert asked(server, "/gas/gas-handout.pdf?page=2")[0] == 200
    assert asked(server, "/gas")[2]["Location"] == "/gas/"
    status, data, _ = asked(server, "/gas/")
    assert status == 200
    assert b'<a href="./a%20b%26c.txt">a b&amp;c.txt</a>' in data


def test_an_index_stands_for_its_folder(server: Server, output: Path) -> None:
    assert b"gas/" in asked(server, "/")[1]
    (output / "index.html").write_bytes(b"the index")
    assert asked(server, "/")[1] == b"the index"


def test_only_the_head(server: Server) -> None:
    status, data, headers = asked(server, "/gas/gas-handout.pdf", "HEAD")
    assert (status, data, headers["Content-Length"]) == (200, b"", "8")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/gas/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/gas/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/gas/..%00/secret.txt",
        "//secret.txt",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/out/secret.txt",
        "/out/",
        "/out.txt",
        "/.staging/journal",
        "/.staging/",
        "/shown/journal",
        "/loop",
        "/missing",
        "/gas/gas-handout.pdf/",
        "/%ff",
        "/" + "a" * 5000,
        "/" + "a/" * 5000,
    ],
)
def test_nothing_outside_or_hidden(server: Server, path: str) -> None:
    status, data, _ = asked(server, path)
    assert status == 404
    assert SECRET not in data


def test_lists_say_nothing_of_what_is_not_served(server: Server) -> None:
    data = asked(server, "/")[1]
    assert b"within.pdf" in data
    assert not [name for name in (b".staging", b"out.txt", b"out/", b"shown", b"loop", b"secret") if name in data]


@pytest.mark.parametrize("path", ["/gas/gas-handout.pdf", "/missing"])
def test_another_name_is_refused(server: Server, path: str) -> None:
    port = server.server_port
    assert asked(server, "/gas/", Host=f"localhost:{port}")[0] == 200
    assert asked(server, "/gas/", Host=f"LocalHost:{port}")[0] == 200
    hosts = ["127.0.0.1", "localhost", f"127.0.0.1:{port + 1}", f"atlas.example:{port}", f"127.0.0.1.example:{port}"]
    hosts += [f"localhost.:{port}", f"[::1]:{port}", f"0.0.0.0:{port}", f"127.0.0.1:{port}, atlas.example", ""]
    for host in hosts:
        assert asked(server, path, Host=host)[0] == 421, host


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost: %(own)s\r\nHost: atlas.example\r\n\r\n", b"421"),
        (b"GET http://atlas.example/ HTTP/1.1\r\nHost: %(own)s\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: %(own)s\r\nContent-Length: 9\r\n\r\nGET /gas/", b"200"),
        (b"POST / HTTP/1.1\r\nHost: %(own)s\r\n\r\n", b"501"),
        (b"PUT /x HTTP/1.1\r\nHost: %(own)s\r\n\r\n", b"501"),
    ],
)
def test_requests_that_browsers_do_not_send(server: Server, request_: bytes, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as line:
        line.sendall(request_.replace(b"%(own)s", f"127.0.0.1:{server.server_port}".encode()))
        line.shutdown(socket.SHUT_WR)
        told = b"".join(iter(lambda: line.recv(65536), b""))
    # One answer: what follows a request is not taken for another one.
    assert told.count(b"HTTP/1.1 ") == 1
    assert told.startswith(b"HTTP/1.1 " + status)


def test_a_request_without_headers_is_refused(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as line:
        line.sendall(b"GET /gas/gas-handout.pdf\r\n\r\n")
        assert b"".join(iter(lambda: line.recv(65536), b"")).startswith(b"This server answers at ")


def test_listens_on_this_machine_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_what_can_not_be_served(server: Server, output: Path, tmp_path: Path) -> None:
    taken = ["--port", str(server.server_port)]
    new_project(tmp_path / "atlas")
    for arguments, told in (
        (["serve", "--output", str(output), *taken], "can't be used"),
        (["preview", "--project", str(tmp_path / "atlas"), *taken], "can't be used"),
        (["serve", "--output", str(output / "none")], "is not there"),
        (["serve", "--project", str(tmp_path / "atlas")], "is not there"),
    ):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 2
        assert told in done.output
