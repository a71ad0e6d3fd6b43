"""An SMTP server on loopback that takes mail and keeps it."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, cast


class Letter(NamedTuple):
    """A mail as it was sent: the lines of its envelope, and its bytes."""

    envelope: tuple[str, ...]
    mail: bytes


class Office(NamedTuple):
    """A running server: its port, and what it has taken."""

    port: int
    taken: list[Letter]


class Clerk(socketserver.StreamRequestHandler):
    """Just enough SMTP (RFC 5321) to take a mail."""

    def handle(self) -> None:
        """One conversation."""
        self.say("220 post.example")
        envelope: list[str] = []
        while line := self.rfile.readline().decode():
            match line[:4].upper():
                case "EHLO":
                    self.say("250 post.example")
                case "MAIL" | "RCPT":
                    envelope.append(line.strip())
                    self.say("550 nobody here" if "nobody" in line else "250 ok")
                case "DATA":
                    self.say("354 go on")
                    mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                    cast("Any", self.server).taken.append(Letter(tuple(envelope), mail))
                    self.say("250 ok")
                case _:
                    self.say("221 bye" if line[:4].upper() == "QUIT" else "250 ok")

    def say(self, line: str) -> None:
        """Answer."""
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def post_office() -> Iterator[Office]:
    """An open post office."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clerk) as server:
        taken: list[Letter] = []
        cast("Any", server).taken = taken
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Office(server.server_address[1], taken)
        server.shutdown()
