"""Steps that several people take in one moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier, Thread

from django.db import connections, transaction

from panoh.access.refusals import Refusal


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Take the steps in one moment, each on a connection of its own, and return what each gave or refused."""
    start = Barrier(len(steps))

    def take(step: Callable[[], object]) -> object:
        try:
            start.wait(20)
            return step()
        except Refusal as refusal:
            return refusal
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(steps)) as pool:
        begun = [pool.submit(copy_context().run, take, step) for step in steps]
        return [one.result() for one in begun]


def at_the_same_time(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """Take the second step on a connection of its own while the transaction of the first is open; give what it said."""
    said: list[object] = []

    def other() -> None:
        try:
            said.append(second())
        except Exception as refusal:
            said.append(refusal)
        finally:
            connections.close_all()

    thread = Thread(target=other)
    with transaction.atomic():
        first()
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the second did not wait for the first"
    thread.join(20)
    return said
