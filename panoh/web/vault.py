"""The vault's process beside server and worker: it tries its keys before anybody is served, and answers to them."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from panoh.access.refusals import Refusal
from panoh.vault.broker import ENVIRONMENT, SOCKET
from panoh.vault.refusals import SocketTaken, VaultDidNotStart
from panoh.web.home import home
from panoh.web.keeping import Kept
from panoh.web.refusals import KeyringInSight, ServerDidNotStart

# What the kernel takes for the path of a socket, with some to spare. Source: unix(7).
LONGEST_PATH = 100
START_SECONDS = 60
LOOK_SECONDS = 0.2


def is_apart() -> bool:
    """Return whether a vault that others run is asked, at the socket that the environment names."""
    return bool(os.environ.get(SOCKET))


def keep(socket: Path, *, ready: Callable[[], None] = lambda: None) -> None:
    """Be the vault, once the keyring was tried, until the process is ended.

    Raises:
        KeyringNotMade, KeyringForeign, SocketTaken, and what else is wrong with the keyring.
    """
    os.environ.pop(SOCKET, None)
    from panoh.access.tokens import NOBODY, bear  # noqa: PLC0415  # Django is set up by now
    from panoh.vault.broker.answering import hide, serve  # noqa: PLC0415
    from panoh.web.doctor import check_keyring  # noqa: PLC0415
    from panoh.web.serving import serve_the_operator  # noqa: PLC0415

    hide()
    serve_the_operator()
    check_keyring()
    bear(NOBODY)
    serve(socket, ready=ready)


@dataclass
class OwnVault:
    """The vault of this machine's server and worker, kept alive beside them."""

    socket: Path = field(default_factory=lambda: _socket_in(home()))
    kept: Kept = field(init=False)
    told: Connection[Any, Any] = field(init=False)

    def begin(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            KeyringInSight: the keyring stands in the environment, which all our processes show each other.
            VaultDidNotStart: in the words in which it said why.
            ServerDidNotStart: it said nothing.
        """
        if os.environ.get(ENVIRONMENT):
            raise KeyringInSight
        self.told, tell = Pipe(duplex=False)
        self.kept = Kept("vault", lambda: self._live(tell))
        self.kept.begin()
        deadline = time.monotonic() + START_SECONDS
        while not self.told.poll(LOOK_SECONDS):
            if time.monotonic() > deadline or not self.kept.process.is_alive():
                raise ServerDidNotStart(name="vault")
        if why := self.told.recv_bytes():
            raise VaultDidNotStart(why=why.decode())

    def _live(self, tell: Connection[Any, Any]) -> None:
        def say(words: str) -> None:
            with contextlib.suppress(OSError):  # begun again, there is nobody who waits for it
                tell.send_bytes(words.encode())

        try:
            keep(self.socket, ready=lambda: say(""))
        except Refusal as refusal:
            say(str(refusal))
            raise SystemExit(2) from refusal


def _socket_in(folder: Path) -> Path:
    """Return where the vault listens: in the home, or where its path is too long for that, in a folder of our own.

    Raises:
        SocketTaken: somebody else made that folder.
    """
    if len(os.fsencode(folder / "vault.sock")) <= LONGEST_PATH:
        return folder / "vault.sock"
    found = folder.stat()
    short = Path(tempfile.gettempdir()) / f"panoh-{found.st_dev}-{found.st_ino}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid() or short.stat().st_mode & 0o077:
        raise SocketTaken(path=short)
    return short / "vault.sock"
