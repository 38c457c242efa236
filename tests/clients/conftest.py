"""Starts the mock server once for each file, on a free port, and puts it back to its seed before each test."""

import contextlib
import json
import os
import pathlib
import subprocess
import urllib.request

import pytest

from gateway import Gateway

SCHEMAS = pathlib.Path(__file__).parents[2] / "schemas"


class Mock:
    """The server, and the calls of its control API that these tests use."""

    def __init__(self, url: str):
        self.url = url

    def control(self, method: str, path: str, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/__mock/{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def deleted(self) -> list[str]:
        """The ids of what is gone since the seed, in order."""
        return [entry["id"] for entry in self.control("GET", "changes")["deleted"]]

    def token(self, contract: str, caller: str, **options) -> str:
        """A token that the contract accepts."""
        return self.control("POST", "tokens", {"contract": contract, "caller": caller, **options})["token"]


@contextlib.contextmanager
def running(*options: str):
    """The server, on a free port, until it is left."""
    program = os.environ.get("BULK_DELETE_MOCK")
    assert program, "BULK_DELETE_MOCK must name the server's program; `cargo xtask test client` sets it"
    command = [program, "serve", "--port", "0", "--json", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        ready = json.loads(process.stdout.readline())
        assert ready["ready"] is True
        yield Mock(ready["url"])
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="module")
def server():
    with running() as server:
        yield server


@pytest.fixture
def mock(server: Mock) -> Mock:
    server.control("POST", "reset")
    return server


@pytest.fixture(scope="module")
def gateway(server: Mock, tmp_path_factory):
    """Leads a client whose addresses are fixed (`https://` and the vendor's name) to the mock, by the settings that every
    client obeys: a proxy and a certificate authority. Nothing in the client is replaced."""
    with Gateway(server.url, tmp_path_factory.mktemp("gateway")) as gateway, pytest.MonkeyPatch.context() as environment:
        environment.setenv("HTTPS_PROXY", gateway.url)
        environment.setenv("SSL_CERT_FILE", str(gateway.authority))
        for name in ("https_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_DIR"):
            environment.delenv(name, raising=False)
        yield gateway
