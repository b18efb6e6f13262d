"""What the tests of the sealed audit share: connections in other roles, many entries, and verifying."""

from __future__ import annotations

from typing import Any

import psycopg

from panoh.access.checkpoints import file, read_key, read_lines
from panoh.access.seals import seal_all
from panoh.access.tokens import token_for
from panoh.access.verifying import Verified, verify, verify_database


def connected(name: str, role: str) -> psycopg.Connection[Any]:
    from panoh.web.embedded import parameters  # noqa: PLC0415  # the environment is set by then
    from panoh.web.home import home  # noqa: PLC0415

    connection = psycopg.connect(**{**parameters(home(), role), "dbname": name})
    if role == "app":  # as the operator, for nobody else writes in nobody's name
        connection.execute("select app.bear(%s)", [token_for(None)])
        connection.commit()
    return connection


def entries(number: int) -> None:
    """Write many entries in one transaction, as far as the application may."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access_auditentry (role, step, outcome, about, purpose, identities)"
            " select 'caseworker', 'family.see', 1, 'F-' || n, 'service_delivery', array[gen_random_uuid()]"
            " from generate_series(1, %s) n",
            [number],
        )


def sealed(entries: int) -> int:
    """Seal so many entries; a transaction that ends in another database just then may hold up the first rounds."""
    done, rounds = 0, iter(range(1000))
    while done < entries and next(rounds, None) is not None:
        done += seal_all()
    return done


def verified(cursor: Any = None, *, no_checkpoint: bool = False) -> Verified:
    """Verify against our own key and file, on a connection of Django's or the one given."""
    lines, keys = ([], []) if no_checkpoint else (list(read_lines(file())), [read_key()])
    return verify(cursor, lines, keys) if cursor else verify_database(lines, keys)
