"""An HTTPS gateway in front of the mock: a proxy that answers CONNECT for any host, ends TLS there with a certificate of its
own authority, and passes each request on. Only `Host` changes, as the mock answers to names of this machine only."""

import http.client
import http.server
import pathlib
import socketserver
import ssl
import threading
import urllib.parse

import trustme

# Between two neighbours on a connection, and so not the next one's to read.
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "content-length", "date", "server"}


class Gateway:
    def __init__(self, target: str, folder: pathlib.Path):
        self._issuer = trustme.CA()
        self.authority = folder / "authority.pem"
        self._issuer.cert_pem.write_to_path(self.authority)
        self.target = urllib.parse.urlsplit(target).netloc
        # What passed, as (method, host, path): evidence that the client's own addresses were asked.
        self.seen: list[tuple[str, str, str]] = []
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.gateway = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def context(self, host: str) -> ssl.SSLContext:
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._issuer.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]

    def __enter__(self) -> "Gateway":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    gateway: Gateway


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    host = ""

    def do_CONNECT(self):
        self.host = self.path.rsplit(":", 1)[0]
        self.send_response_only(200)
        self.end_headers()
        self.connection = self.server.gateway.context(self.host).wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def pass_on(self):
        gateway = self.server.gateway
        gateway.seen.append((self.command, self.host, self.path))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        connection = http.client.HTTPConnection(gateway.target, timeout=10)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", gateway.target)
        for name, value in self.headers.items():
            if name.lower() not in ("host", "connection"):
                connection.putheader(name, value)
        connection.endheaders(body or None)
        answer = connection.getresponse()
        text = answer.read()
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
        connection.close()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

    def log_message(self, *_):
        pass
