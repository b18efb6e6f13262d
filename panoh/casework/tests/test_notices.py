"""What waits is told by kind and code, in the page and by mail to whoever wants it; never a name, never a text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.jobs_work import remind_of_tasks, send_digests
from panoh.casework.models import Notice, NoticeKind
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db


def told(home: Home) -> list[tuple[str, str]]:
    return [(one.notice.kind, one.notice.about) for one in queries.notices_of(home.me)]


def wants_mail(home: Home, *kinds: str) -> None:
    home.worker.email = "worker@example.org"
    home.worker.save()
    actions.wish(home.me, mailed=kinds, muted=[])


def test_whoever_is_handed_a_file_is_told_and_whoever_takes_it_is_not(home: Home) -> None:
    other = make.hire("caseworker", "North")
    actions.assign_family(home.boss, home.family, worker=other)
    (notice,) = queries.notices_of(Actor.of(other))
    assert (notice.notice.kind, notice.url) == (NoticeKind.FILE, f"/families/{home.family.code}/")
    supervisor = make.actor("supervisor", "North")
    actions.assign_family(supervisor, home.family, worker=supervisor.staff)
    assert queries.notices_of(supervisor) == []


def test_a_task_that_comes_due_is_told_once_though_the_machine_was_off_on_its_day(home: Home) -> None:
    with moved(-5):
        due = actions.set_task(home.me, home.family, kind="call", due=today() + timedelta(4))
        actions.set_task(home.me, home.family, kind="call", due=today() + timedelta(9))
    for _day in range(2):
        remind_of_tasks(0)
        actions.see_notices(home.me)
    assert told(home) == [(NoticeKind.TASK_DUE, due.code)]


def test_who_decides_on_an_export_is_told_that_it_waits(home: Home) -> None:
    supervisor, _elsewhere = make.actor("supervisor", "North"), make.actor("supervisor", "South")
    export = actions.ask_export(home.me, [home.family], columns=["stage"], purpose="referral", because="For school.")
    assert list(Notice.objects.values_list("staff", "kind", "about")) == [(supervisor.me, "approval", export.code)]


def test_the_same_thing_is_told_again_only_once_it_was_seen(home: Home) -> None:
    with acting_for(home.boss.staff_id):
        for _times in range(2):
            actions.tell(home.worker.pk, NoticeKind.REFERRAL, "RF-0000-0000")
    client = client_of(home.me)
    assert "1 notice waits for you." in client.get("/").content.decode()
    assert "RF-0000-0000" in client.get("/notices/").content.decode()
    client.post("/notices/")
    assert "notice waits" not in client.get("/").content.decode()
    actions.tell(home.worker.pk, NoticeKind.REFERRAL, "RF-0000-0000")
    assert len(told(home)) == 2


def test_nobody_reads_what_others_are_told(home: Home) -> None:
    actions.tell(home.worker.pk, NoticeKind.FILE, home.family.code)
    with acting_for(make.hire("coordinator", "HQ").pk):
        assert not Notice.objects.exists()


def test_one_mail_a_day_says_kinds_codes_and_counts_and_nothing_else(
    home: Home, mailoutbox: list[EmailMessage]
) -> None:
    wants_mail(home, NoticeKind.TASK_DUE)
    tasks = [actions.set_task(home.me, home.family, kind="call", due=today(), words="About Temur.") for _ in "12"]
    remind_of_tasks(0)
    actions.tell(home.worker.pk, NoticeKind.FILE, home.family.code)
    for _day in range(2):
        send_digests(0)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["worker@example.org"], "Panoh: 2 things wait for you")
    assert mail.body.splitlines()[0] == f"a task is due: 2 ({tasks[0].code}, {tasks[1].code})"
    for word in ("Temur", "Gavharova", home.family.code, "http"):
        assert word not in mail.body


def test_a_mail_that_could_not_be_sent_waits_for_the_next_day(
    home: Home, mailoutbox: list[EmailMessage], settings: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    wants_mail(home, NoticeKind.FILE)
    actions.tell(home.worker.pk, NoticeKind.FILE, home.family.code)
    kept = settings.EMAIL_BACKEND  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    send_digests(0)
    assert home.worker.code in caplog.text
    assert "example.org" not in caplog.text
    settings.EMAIL_BACKEND = kept  # type: ignore[attr-defined]
    send_digests(0)
    assert len(mailoutbox) == 1


def test_each_chooses_how_to_be_told_of_what(home: Home, mailoutbox: list[EmailMessage]) -> None:
    client = client_of(home.me)
    ways = {kind.value: "page" for kind in NoticeKind} | {"file": "not", "task_due": "mail"}
    assert client.post("/notices/wishes/", ways).status_code == 302
    actions.tell(home.worker.pk, NoticeKind.FILE, home.family.code)
    actions.tell(home.worker.pk, NoticeKind.TASK_DUE, "T-0000-0000")
    assert told(home) == [(NoticeKind.TASK_DUE, "T-0000-0000")]
    send_digests(0)
    assert mailoutbox == [], "there is no address to send to"
    assert "no work e-mail" in client.get("/notices/").content.decode()
    for email in ("worker@example.org", "other@example.org"):
        client.post("/notices/wishes/", ways | {"email": email})
    send_digests(0)
    assert [mail.to for mail in mailoutbox] == [["worker@example.org"]], "it is entered once"
