"""What sign-in counts by is data: nothing that somebody puts into its table is ever run."""

from __future__ import annotations

import base64
import pickle

import pytest
from django.core.cache import cache
from django.db import connection

pytestmark = pytest.mark.django_db


class Hurts:
    ran = False

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return setattr, (Hurts, "ran", True)


def test_values_are_kept_until_their_time_and_added_once() -> None:
    cache.set("tries", [1.5, 2, True, "x"], 60)
    assert cache.get("tries") == [1.5, 2, True, "x"]
    assert not cache.add("tries", [])
    cache.set("tries", [], -1)
    assert cache.get("tries", "gone") == "gone"
    assert cache.add("tries", [3])
    assert cache.delete("tries")
    assert not cache.delete("tries")
    cache.set("lasting", 1, None)
    cache.clear()
    assert cache.get("lasting") is None


def test_a_pickle_that_was_smuggled_into_the_table_is_not_run() -> None:
    cache.set("tries", [1], 60)
    smuggled = base64.b64encode(pickle.dumps(Hurts())).decode()
    with connection.cursor() as cursor:
        cursor.execute("update access_cache set value = %s", [smuggled])
    assert cache.get("tries", "none") == "none"
    assert not Hurts.ran
