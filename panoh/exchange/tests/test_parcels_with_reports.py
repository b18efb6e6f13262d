"""A state's report on an action reaches the region in its parcel, and is kept beside those before."""

from __future__ import annotations

from datetime import date

import pytest

from panoh.exchange import actions
from panoh.exchange.models import Parcel
from panoh.exchange.queries.parcels import parcel_shown, what_would_leave
from panoh.exchange.refusals_parcels import ReportStays
from panoh.exchange.tests.make_parcels import Sender, of, partner, somebody
from panoh.plan import actions as plan
from panoh.plan.models import Status
from panoh.plan.tests.make import adopted

pytestmark = pytest.mark.django_db


def status(action: str = "1.1.1", country: str = "KZ", state: int = 2, on: str = "2026-11-01"):
    return of(
        "status", plan="jpoa", action=action, country=country, state=state, on=on, note="", source="The ministry",
        evidence_kind="", evidence="", evidence_on=None,
    )  # fmt: skip


def test_a_report_travels_and_a_later_one_is_added_to_it() -> None:
    boss, kz, sender = somebody("secretariat", "one"), somebody("focal_point", "kz", "KZ"), Sender()
    found = adopted()
    partner(sender)
    came = actions.receive_parcel(boss, sender.sends(status(), status("9.9.9"), status(country="UZ")))
    assert parcel_shown(boss, came).counts == {"new": 2, "changed": 0, "same": 0, "conflict": 1}
    actions.take_in_parcel(boss, came)
    assert [(one.action.code, one.country, one.state) for one in Status.objects.all()] == [("1.1.1", "KZ", 2)]
    again = actions.receive_parcel(boss, sender.sends(status(state=4, on="2026-11-20")))
    assert parcel_shown(boss, again).counts == {"new": 0, "changed": 1, "same": 0, "conflict": 0}
    actions.take_in_parcel(boss, again)
    assert Status.objects.count() == 2
    with pytest.raises(ReportStays):
        actions.take_back_parcel(boss, again)
    plan.report_status(kz, found.actions.get(code="4.1.1"), country="KZ", state=1, source="x", on=date(2026, 11, 2))
    left = [thing for thing in what_would_leave(kz) if thing.kind.name == "status"]
    assert [thing.key for thing in left] == ["jpoa:1.1.1:KZ", "jpoa:4.1.1:KZ"]
    assert Parcel.objects.filter(state=Parcel.State.TAKEN).count() == 2


def test_an_older_report_does_not_come_over_a_later_one() -> None:
    boss, kz, sender = somebody("secretariat", "one"), somebody("focal_point", "kz", "KZ"), Sender()
    found = adopted()
    plan.report_status(kz, found.actions.get(code="1.1.1"), country="KZ", state=1, source="x", on=date(2026, 11, 20))
    partner(sender)
    came = actions.receive_parcel(boss, sender.sends(status(on="2026-11-01")))
    (one,) = parcel_shown(boss, came).conflicts
    assert (one.why, one.can_be_taken) == ("A report of a later day stands here.", False)
