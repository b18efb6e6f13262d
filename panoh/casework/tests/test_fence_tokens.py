"""Only a token that we gave opens anything, and it opens what its bearer may see: tried with raw SQL alone."""

from __future__ import annotations

import hashlib
import hmac
import re
import time

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from panoh.access import tokens
from panoh.access.actions import begin_session
from panoh.access.models import WorkSession
from panoh.access.tokens import NOBODY, acting_for, bear, bearing, token_for
from panoh.casework.tests.fenced import Country, count, everything, refused
from panoh.web.embedded import parameters
from panoh.web.home import home

pytestmark = pytest.mark.django_db


@pytest.fixture
def forged(country: Country) -> list[str]:
    """Give tokens that are none: another's number, another's end, another key, an ended session, no token at all."""
    mine, boss = token_for(country.own.worker.pk), country.boss.staff_id
    staff, session, end, proof = mine.split(".")
    past = f"{boss}.0.{int(time.time()) - 60}"
    return [
        f"{boss}.{session}.{end}.{proof}",
        f"{staff}.{session}.{int(end) + 1}.{proof}",
        f"0.{session}.{end}.{proof}",
        f"{staff}.{session}.{end}.{proof[:-1]}",
        f"{boss}.0.{end}.{'0' * 64}",
        f"{past}.{signed(past)}",
        token_for(boss, 10**9),
        token_for(country.own.worker.pk, ended(country.own.worker.pk)),
        token_for(country.own.worker.pk, begin_session(boss)),
        token_for(10**9),
        "…", "1.2.3", "1.0.1e400.00", "1.0.99999999999.xy", "a.b.c.d",
    ]  # fmt: skip


def signed(said: str) -> str:
    return hmac.new(tokens.door_key(), said.encode(), hashlib.sha256).hexdigest()


def ended(staff_id: int) -> int:
    number = begin_session(staff_id)
    WorkSession.objects.filter(pk=number).update(ended_at="2026-01-01T00:00Z")
    return number


def test_a_token_that_is_none_opens_nothing(country: Country, forged: list[str]) -> None:
    for token in forged:
        with bearing(token) as bearer:
            assert not any(everything().values()), token
            assert bearer is None or bearer == 10**9, token


def test_a_smuggled_statement_can_neither_read_the_key_of_tokens_nor_the_roles() -> None:
    for table in ("app.door", "app.role"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            count(table)


def test_nobody_writes_an_entry_of_the_audit_in_another_name(country: Country) -> None:
    entry = "insert into access_auditentry (staff_id, role, step, outcome, about, purpose, identities) values"
    with acting_for(country.own.worker.pk), connection.cursor() as cursor:
        cursor.execute(f"{entry} (%s, 'caseworker', 'x', 1, '', '', '{{}}')", [country.own.worker.pk])
        for other in (country.boss.staff_id, None):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                cursor.execute(f"{entry} (%s, 'coordinator', 'x', 1, '', '', '{{}}')", [other])


def test_a_token_is_in_no_text_that_another_connection_can_see_running(country: Country) -> None:
    bear(token_for(country.own.worker.pk))
    with psycopg.connect(**parameters(home(), "app")) as other:
        seen = other.execute(
            "select query from pg_stat_activity where usename = current_user and datname = current_database()"
        ).fetchall()
    signature = token_for(country.own.worker.pk).rsplit(".", 1)[1]
    assert seen
    assert not [query for (query,) in seen if signature[:16] in query or re.search(r"\b[0-9a-f]{64}\b", query)]


@pytest.mark.parametrize("statement", [
    "select finding.drop(array[gen_random_uuid()])", "select finding.recount(0, 0, 0)",
    "insert into finding.entry values (gen_random_uuid(), 1, 1, 1, '{}')",
    "insert into access_auditentry (staff_id, role, step, outcome, about, purpose, identities)"
    " values (null, '', 'identity.open', 1, '', '', '{}')",
])  # fmt: skip
def test_without_a_token_nothing_is_written_into_index_or_audit(country: Country, statement: str) -> None:
    bear(NOBODY)
    refused(statement)


def test_an_account_that_was_ended_sees_nothing_in_the_next_statement(country: Country) -> None:
    with acting_for(country.own.worker.pk):
        assert count("casework_family") == 1
        country.own.worker.is_active = False
        country.own.worker.save()
        assert count("casework_family") == 0


def test_what_failed_inside_a_step_leaves_nobody_elses_token_behind(country: Country) -> None:
    with acting_for(country.own.worker.pk):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_for(country.boss.staff_id):
            count("casework_nothing")
        assert count("casework_family") == 1
