"""The exchange of the demonstration is not empty, says that it is made up, and puts no word into a state's mouth."""

from __future__ import annotations

import pytest

from panoh.access.tokens import acting_for
from panoh.exchange.models import Event, Lesson, Position, Proposal, Statement
from panoh.plan.actions import load_plan
from panoh.plan.models import Plan
from panoh.plan.tests.make import worker
from panoh.web.demo.exchange import load_exchange
from panoh.web.demo.load import JOINT_PLAN

pytestmark = pytest.mark.django_db


def test_it_has_an_event_lessons_and_proposals_with_positions_and_speaks_for_no_state() -> None:
    secretariat = worker("secretariat")
    load_plan(secretariat, JOINT_PLAN.read_bytes())
    load_exchange(secretariat, worker("expert"))
    with acting_for(secretariat.staff_id):
        lessons, proposals, positions = Lesson.objects.all(), Proposal.objects.all(), Position.objects.all()
        assert [one.state for one in lessons.order_by("pk")] == [3, 3, 2]
        assert len(proposals) == 2 == len({one.lesson_id for one in proposals})
        assert {one.stance for one in positions} == {1, 2, 3, 4, 5}
        assert not any(one.country for one in positions)
        assert all(str(one.title).startswith("Example: ") and not one.country for one in [*lessons, *proposals])
        assert not any(one.event_id for one in proposals)
        assert all("demonstration" in one.tags for one in lessons)
        assert all("(demonstration)" in str(one.body) for one in positions)
        event = Event.objects.get()
        assert (str(event.starts), [one.qualifier for one in event.participants.all()]) == ("2020-09-25", [2])
        assert all(one.quote and not one.country for one in Statement.objects.all())
        assert Plan.objects.get().edition == 2
