"""An event holds who took part as counts, names of officials for its editors only, and nobody's words where closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from panoh.access.clock import today
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.jobs import purge_registrations
from panoh.exchange.models import Event, Participation, Registration, Statement
from panoh.exchange.refusals import EntryNotRight
from panoh.exchange.tests.make import DAY, event
from panoh.plan.tests.make import english, worker

pytestmark = pytest.mark.django_db


def test_what_belongs_to_an_event_is_entered_changed_and_taken_out() -> None:
    by, made = worker("exchange_editor"), event()
    for number, title in ((1, "Opening"), (2, "Lessons")):
        assert actions.add_part(by, made, "sessions", title=english(title), day=DAY).number == number
    first = made.sessions.first()
    assert actions.change_part(by, made, "sessions", first.pk, title=english("Welcome")).number == 1
    actions.remove_part(by, made, "sessions", first.pk)
    assert [str(session) for session in made.sessions.all()] == ["2. Lessons"]
    with pytest.raises(NotThere):
        actions.remove_part(by, event(), "sessions", made.sessions.get().pk)
    with pytest.raises(NotAllowed):
        actions.add_part(worker("observer"), made, "sessions", title=english("Mine"))


def test_a_count_keeps_its_qualifier_and_source_and_what_nobody_counted_is_not_zero() -> None:
    by, made = worker("exchange_editor"), event()
    source = "https://example.org/report"
    actions.add_part(by, made, "participants", headcount=200, qualifier=Participation.Qualifier.MIN, source=source)
    actions.add_part(by, made, "participants", country="KZ", source=source)
    assert list(made.participants.values_list("country", "headcount", "qualifier")) == [("", 200, 2), ("KZ", None, 1)]
    with pytest.raises(EntryNotRight, match="source"):
        actions.add_part(by, made, "participants", country="UZ", headcount=3, source="")


@pytest.mark.parametrize(
    "wrong",
    [{"kind": 99}, {"ends": DAY - timedelta(1)}, {"meeting_link": "javascript:alert(1)"}, {"title": english("")}],
)
def test_what_does_not_fit_an_event_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(EntryNotRight):
        event(**wrong)


def test_names_of_officials_are_seen_by_editors_only_and_go_90_days_after_the_event() -> None:
    by = worker("exchange_editor")
    old, new = event(starts=today() - timedelta(91)), event(starts=today() - timedelta(90))
    for made in (old, new):
        actions.add_part(by, made, "registrations", name="A. Aripov", country="UZ")
    for role in ("focal_point", "observer", "plan_editor", "coordinator"):
        with acting_for(worker(role, "UZ").staff_id):
            assert not Registration.objects.exists()
    purge_registrations(0)
    with acting_for(by.staff_id):
        assert [one.event for one in Registration.objects.select_related("event")] == [new]


@pytest.mark.parametrize("rules", [Event.Rules.CHATHAM_HOUSE, Event.Rules.CLOSED])
def test_an_event_that_is_closed_names_no_speaker_and_forgets_those_it_had(rules: int) -> None:
    by, made = worker("exchange_editor"), event()
    given = {"act": "urge", "text": "Act now.", "speaker": "Mr N.", "country": "KZ", "quote": "Mr N. urged."}
    actions.add_statement(by, made, **given)
    actions.edit_event(by, made, rules=rules)
    actions.add_statement(by, made, **given)
    with acting_for(by.staff_id):
        Statement.objects.filter(event=made).update(speaker="Mr N.")
    assert set(made.statements.values_list("speaker", "country", "quote", "text")) == {("", "", "", "Act now.")}


def test_an_event_of_a_day_may_have_no_end() -> None:
    assert event(starts=date(2022, 3, 3), ends=None).ends is None
