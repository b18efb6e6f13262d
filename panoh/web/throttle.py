"""Where sign-in counts tries: a table of JSON, for a pickle in it would be code that runs where the keys are."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection

FOREVER_SECONDS = 10 * 365 * 24 * 60 * 60


class JsonTable(BaseDatabaseCache):
    """Django's interface of a cache over the table that `createcachetable` makes; a value is what JSON can hold."""

    _table: str

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or the default of what is absent, past its time or no JSON."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"select value from {self._table} where cache_key = %s and expires > now()",  # noqa: S608  # a setting
                [self.make_and_validate_key(key, version)],
            )
            row = cursor.fetchone()
        try:
            return json.loads(row[0]) if row else default
        except ValueError:
            return default

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, whatever was there."""
        self._keep(key, value, timeout, version, over="true")

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value if there is none; tell whether it was kept."""
        return self._keep(key, value, timeout, version, over="kept.expires <= now()")

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; tell whether there was one."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"delete from {self._table} where cache_key = %s",  # noqa: S608  # a setting
                [self.make_and_validate_key(key, version)],
            )
            return bool(cursor.rowcount)

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute(f"delete from {self._table}")  # noqa: S608  # a setting

    def _keep(self, key: str, value: Any, timeout: float | None, version: int | None, *, over: str) -> bool:
        end = self.get_backend_timeout(timeout)
        seconds = FOREVER_SECONDS if end is None else end - time.time()
        with connection.cursor() as cursor:
            cursor.execute(f"delete from {self._table} where expires <= now()")  # noqa: S608  # a setting
            cursor.execute(
                f"insert into {self._table} as kept (cache_key, value, expires)"  # noqa: S608  # a setting
                " values (%s, %s, now() + %s * interval '1 second')"
                " on conflict (cache_key) do update set value = excluded.value, expires = excluded.expires"
                f" where {over}",
                [self.make_and_validate_key(key, version), json.dumps(value), seconds],
            )
            return bool(cursor.rowcount)
