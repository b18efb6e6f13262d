"""How long a page takes, asked many times in this process."""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def timed(client: Client, address: Callable[[], str], rounds: int) -> dict[str, float]:
    """Return median, p95 and worst in ms, median of this process's CPU, queries, and kB as it is and compressed."""
    took, worked = [], []
    for _ in range(rounds):
        url = address()
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.get(url)
        worked.append((time.process_time() - busy) * 1000)
        took.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, (url, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address())
    took.sort()
    return {
        "median ms": round(statistics.median(took), 1),
        "p95 ms": round(took[int(len(took) * 0.95) - 1], 1),
        "worst ms": round(took[-1], 1),
        "CPU ms": round(statistics.median(worked), 1),
        "queries": len(asked),
        "kB": round(len(answer.content) / 1024, 1),
        "kB compressed": round(len(gzip.compress(answer.content)) / 1024, 1),
    }
