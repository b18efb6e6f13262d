"""Processes that are kept alive: begun, begun again when they die, and ended in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import cast

from panoh.access.refusals import Refusal
from panoh.web.home import home
from panoh.web.refusals import ServerDidNotStart

STOPPING = (signal.SIGINT, signal.SIGTERM)
STOP_SECONDS = 15
DATABASE_LOOK_SECONDS = 2
# A process that ends sooner than this after its start is failing, and is begun again only a few times.
STEADY_SECONDS = 10
TRIES = 3
_PRCTL = ctypes.CDLL(None).prctl
_SIGNAL_WHEN_PARENT_DIES = 1
_NAME_OF_PROCESS = 15


@dataclass
class Kept:
    """A child of this process that is begun again when it ends by itself; it shares what is loaded already.

    before: done in the child before its work.
    """

    name: str
    work: Callable[[], None]
    before: Callable[[], None] = lambda: None
    began: float = 0.0
    failures: int = 0
    process: ForkProcess = field(init=False)
    group: int = field(init=False)

    def begin(self) -> None:
        """Start it in a group of its own: Ctrl-C reaches us alone, and we end it in order."""
        self.process = get_context("fork").Process(target=self._live, args=(os.getpid(),))
        self.process.start()
        self.group = cast("int", self.process.pid)
        with contextlib.suppress(OSError):  # the child does it too: whoever comes first, a signal finds the group
            os.setpgid(self.group, 0)
        self.began = time.monotonic()

    def _live(self, parent: int) -> None:
        os.setpgid(0, 0)
        for number in STOPPING:
            signal.signal(number, signal.SIG_DFL)
        end_with(parent)()
        _PRCTL(_NAME_OF_PROCESS, self.name.encode())
        self.before()
        self.work()

    def look_after(self) -> None:
        """Begin it again if it ended.

        Raises:
            ServerDidNotStart: it ended right after its start, several times.
        """
        if self.process.is_alive():
            return
        self.failures = self.failures + 1 if time.monotonic() - self.began < STEADY_SECONDS else 0
        if self.failures >= TRIES:
            raise ServerDidNotStart(name=self.name)
        self.end(signal.SIGKILL)
        self.begin()

    def end(self, number: signal.Signals) -> None:
        """Signal the process and whatever it left in its group."""
        try:
            os.killpg(self.group, number)
        except ProcessLookupError:
            return


@dataclass
class Database:
    """The embedded database, which is begun again when it was killed; that of DATABASE_URL has its own keeper."""

    looked_at: float = 0.0
    said: str = ""

    def look_after(self) -> bool:
        """Begin it again if it does not answer; return whether it does. What keeps it down is said once."""
        if os.environ.get("DATABASE_URL") or time.monotonic() - self.looked_at < DATABASE_LOOK_SECONDS:
            return not self.said
        from panoh.web.embedded import ensure_running  # noqa: PLC0415  # not part of a production install

        try:
            ensure_running(home())
            self.said = ""
        except (Refusal, OSError) as error:
            if str(error) != self.said:
                print(error, file=sys.stderr, flush=True)
            self.said = str(error) or "it did not start"
        self.looked_at = time.monotonic()
        return not self.said


def end_with(parent: int) -> Callable[[], None]:
    """Return what a child does first: should we be killed, the kernel ends it, and nothing is left holding the port."""

    def ask_the_kernel() -> None:
        _PRCTL(_SIGNAL_WHEN_PARENT_DIES, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def end_all(kept: list[Kept]) -> None:
    """End them in order, and by force those that do not."""
    for one in kept:
        one.end(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for one in kept:
        one.process.join(max(0.1, deadline - time.monotonic()))
        if one.process.is_alive():
            one.end(signal.SIGKILL)
            one.process.join()
