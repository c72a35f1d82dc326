"""Serve _build/html on this machine and prints the address.

python tools/serve.py [PORT]      with PORT: that one or a clear error; without: 8000 or the next one free
"""

import sys
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import interrupt

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"
FIRST_PORT, LAST_PORT = 8000, 8099
MEDIA_TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm"}


class Handler(SimpleHTTPRequestHandler):
    """Serves files without a word; a page that is not there is answered with the site's own 404 page."""

    def guess_type(self, path: str) -> str:
        """The media type; Python 3.11 and some systems do not know those of the browser lane."""
        return MEDIA_TYPES.get(Path(path).suffix) or super().guess_type(path)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with 404.html where the site has one."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def server(folder: Path, port: int | None = None) -> ThreadingHTTPServer:
    """A server for `folder` on localhost at `port` (0: any free one), or at the first free port from 8000 on.

    Raises SystemExit in a sentence when the port that was asked for is taken.
    """
    handler = partial(Handler, directory=str(folder))
    if port is not None:
        try:
            return ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}): choose another with PORT=, or none to take a free one."
            )
    for candidate in range(FIRST_PORT, LAST_PORT + 1):
        try:
            return ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError:
            continue
    sys.exit(f"Ports {FIRST_PORT} to {LAST_PORT} are all taken: choose another with PORT=.")


def port_from(words: list[str]) -> int | None:
    """The port named on the command line, None when there is none. Raises SystemExit for what is not a port."""
    if not words:
        return None
    if not words[0].isdigit() or not 0 < int(words[0]) < 65536:
        sys.exit(f"PORT={words[0]} is not a port: give a number from 1 to 65535, such as PORT=8080.")
    return int(words[0])


def main() -> None:
    """Serve until Ctrl-C."""
    if not (SITE / "index.html").exists():
        sys.exit("There is no site in _build/html yet: run `make book`.")
    with server(SITE, port_from(sys.argv[1:])) as site:
        with suppress(KeyboardInterrupt):
            print(f"The book is at http://localhost:{site.server_address[1]}/ (Ctrl-C stops it)", flush=True)
            site.serve_forever()
        print()


if __name__ == "__main__":
    interrupt.run(main)
