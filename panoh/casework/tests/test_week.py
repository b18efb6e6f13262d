"""A week of work on a page and in one's own calendar: codes only there, under an address that can be ended."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from panoh.access.clock import now, today
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.calendars import calendar, escaped
from panoh.casework.models import CalendarFeed
from panoh.casework.queries.week import MOST_A_DAY, Entry
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(home: Home) -> Home:
    task = actions.set_task(home.me, home.family, kind="call", due=today(), words="About Temur.")
    actions.plan_visit(home.me, home.family, kind="follow_up", on=today())
    actions.plan_step(home.me, home.need(), service="LEG-01", responsible=home.worker, due=today())
    actions.set_task(home.boss, home.family, kind="call", due=today(), owner=make.hire("supervisor", "North"))
    assert task.code
    return home


def feed_of(home: Home) -> str:
    address = re.search(
        r"http://testserver(/calendar/[\w-]+\.ics)", client_of(home.me).post("/calendar/").content.decode()
    )
    assert address
    return address[1]


def test_a_week_shows_what_falls_to_one_and_on_asking_to_everybody(busy: Home) -> None:
    days = queries.week(busy.me, today())
    assert (len(days), days[0].on.weekday()) == (7, 0)
    assert [entry.kind for day in days for entry in day.entries] == ["step", "task", "visit"]
    everything = queries.week(busy.me, today(), everybody=True)
    assert len([entry for day in everything for entry in day.entries]) == 4
    assert all(not day.entries for day in queries.week(busy.me, today() + timedelta(21)))
    shown = client_of(busy.me).get("/week/?on=nonsense").content.decode()
    assert "Gavharova Nodira" in shown


def test_a_calendar_program_reads_codes_and_days_and_no_name_or_word(busy: Home) -> None:
    told = Client().get(feed_of(busy))
    assert told["Content-Type"] == "text/calendar; charset=utf-8"
    lines = told.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == 3
    assert lines.count(f"DTSTART;VALUE=DATE:{today():%Y%m%d}") == 3
    assert f"SUMMARY:Visit\\, {busy.family.code}" in lines
    for word in ("Temur", "Gavharova", "school", "Follow", "Legal", busy.worker.display_name):
        assert word not in told.content.decode(), word
    assert AuditEntry.objects.get(step="calendar.fetch").staff == busy.worker


def test_a_wrong_and_an_ended_address_answer_alike_and_tell_nothing(busy: Home) -> None:
    ended, client = feed_of(busy), Client()
    assert client.get(ended).status_code == 200
    newer = feed_of(busy)
    client_of(busy.me).post("/calendar/", {"end": "1"})
    answers = [client.get(address) for address in (ended, newer, "/calendar/AAAA.ics", f"/calendar/{'a' * 5000}.ics")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, b"")}
    assert client.post(ended).status_code == 404
    assert AuditEntry.objects.filter(step="calendar.fetch").count() == 1


def test_the_address_of_an_ended_account_answers_to_nobody(busy: Home) -> None:
    address = feed_of(busy)
    actions.end_account(busy.boss, busy.worker, to=busy.boss.staff)
    assert Client().get(address).status_code == 404


def test_whoever_asks_too_often_is_told_to_wait(busy: Home, settings: pytest.FixtureRequest) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"calendar": "2/h/ip"}  # type: ignore[attr-defined]
    address, client = feed_of(busy), Client()
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/calendar/wrong.ics").status_code == 429


def test_the_secret_is_kept_nowhere(busy: Home) -> None:
    secret = feed_of(busy).removeprefix("/calendar/").removesuffix(".ics")
    with acting_for(busy.worker.pk):
        kept = bytes(CalendarFeed.objects.get(ended_at=None).mark)
    assert len(secret) >= 43
    assert secret.encode() not in kept
    assert secret not in client_of(busy.me).get("/calendar/").content.decode()


def test_a_calendar_is_written_as_programs_read_it() -> None:
    entry = Entry(date(2026, 3, 31), "task", "T-0000-0000", "", "ж" * 60, "")
    lines = calendar([entry], now()).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    unfolded = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert f"SUMMARY:Task T-0000-0000\\, {'ж' * 60}\r\n" in unfolded
    assert "DTEND;VALUE=DATE:20260401" in unfolded
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


def test_a_stand_ins_calendar_has_the_days_of_who_is_away(busy: Home) -> None:
    colleague = make.hire("caseworker", "North")
    assert queries.entries(Actor.of(colleague), today(), today()) == []
    actions.name_stand_in(busy.me, busy.worker, stand_in=colleague, since=today(), until=today())
    assert len(queries.entries(Actor.of(colleague), today(), today())) == 3


def test_everybodys_week_shows_the_first_of_each_day_and_says_how_many_more_there_are(home: Home) -> None:
    for _n in range(MOST_A_DAY + 3):
        actions.set_task(home.me, home.family, kind="call", due=today())
    (day,) = [one for one in queries.week(home.boss, today(), everybody=True) if one.is_today]
    assert (len(day.entries), day.more) == (MOST_A_DAY, 3)
    (own,) = [one for one in queries.week(home.me, today()) if one.is_today]
    assert (len(own.entries), own.more) == (MOST_A_DAY + 3, 0)
    assert "And 3 more." in client_of(home.boss).get("/week/?all=1").content.decode()
