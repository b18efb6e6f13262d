"""Guardianship under 14, trusteeship from then to 18: what a child's age makes of a decision, and what ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.casework import actions, queries
from panoh.casework.actions import With
from panoh.casework.ages import turns
from panoh.casework.models import Guardianship, Person
from panoh.casework.queries.care import care_file
from panoh.casework.queries.guardianships import GuardianshipShown
from panoh.casework.refusals import AlreadySettled, BeforeTheLastStep
from panoh.casework.refusals_care import FormUnfit, GrownUp, GuardianMissing
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home
from panoh.casework.tests.fenced import give
from panoh.vault.queries import BirthDate, open_parts

Form = Guardianship.Form


def decided(home: Home, child: Person | None = None, *, form: int = Form.GUARDIANSHIP, **more: object) -> Guardianship:
    body = make.agency("Guardianship body")
    told = {"place": With(home.mother), "authority": body, "number": "12/3", "decided_on": today(), **more}
    return actions.record_guardianship(home.me, home.family, child=child or home.child, form=form, **told)  # type: ignore[arg-type]


def shown(home: Home, who: Actor | None = None) -> GuardianshipShown:
    (child,) = [child for child in care_file(who or home.me, home.family).children if child.guardianships]
    return child.guardianships[0]


def aged(home: Home, years: int) -> Person:
    return make.person(home.boss, home.family, "Gavharova Lola", today().year - years, "child")


@pytest.mark.django_db
def test_a_guardian_is_marked_for_change_when_the_child_turns_14_and_nothing_is_stored(home: Home) -> None:
    child = aged(home, 12)
    decided(home, child)
    assert shown(home).is_to_change is False
    with moved((date(today().year + 2, 2, 1) - today()).days):
        assert shown(home).is_to_change
        assert "A child turns 14 this year" in " ".join(item.what for item in queries.todo(home.me).late)
    assert Guardianship.objects.get().ended_on is None


@pytest.mark.django_db
def test_the_day_is_exact_where_the_birth_date_is(home: Home) -> None:
    decided(home)
    born = {"precision": "day", "year": home.child.birth_year, "month": 6, "day": 15, "source": "record"}
    actions.settle_birth(home.me, home.child, **born)  # type: ignore[arg-type]
    assert (home.child.birth_year or 0) + 14 == (shown(home).changes_on or today()).year
    assert (shown(home).changes_on or today()).strftime("%m-%d") == "06-15"


@pytest.mark.django_db
def test_at_18_a_decision_holds_no_more(home: Home) -> None:
    child = aged(home, 16)
    decided(home, child, form=Form.TRUSTEESHIP)
    with moved((date(today().year + 3, 1, 1) - today()).days):
        assert shown(home).over == "The child is 18."


@pytest.mark.django_db
@pytest.mark.parametrize(("years", "form"), [(5, Form.TRUSTEESHIP), (16, Form.GUARDIANSHIP)])
def test_a_child_has_the_form_of_its_age(home: Home, years: int, form: int) -> None:
    with pytest.raises(FormUnfit, match="turns 14"):
        decided(home, aged(home, years), form=form)


@pytest.mark.django_db
def test_a_new_decision_ends_the_one_before_and_an_ended_one_is_not_ended_again(home: Home) -> None:
    first, second = decided(home), decided(home)
    first.refresh_from_db()
    assert (first.ended_on, first.end_reason, second.ended_on) == (today(), "changed", None)
    with pytest.raises(AlreadySettled):
        actions.end_guardianship(home.me, first, on=today(), because="other")
    actions.end_guardianship(home.me, second, on=today(), because="parent_cares")
    assert shown(home).over == "A parent cares for the child again"


@pytest.mark.django_db
def test_a_decision_names_a_guardian_a_child_and_days_in_order(home: Home) -> None:
    with pytest.raises(GuardianMissing):
        decided(home, place=With())
    with pytest.raises(GrownUp):
        decided(home, home.mother, place=With(home.child))
    with pytest.raises(BeforeTheLastStep):
        decided(home, since=today() - timedelta(1))
    assert not Guardianship.objects.exists()


@pytest.mark.django_db
def test_the_number_is_sealed_and_a_lawyer_reads_it_who_helps_with_papers_and_nobody_with_health(home: Home) -> None:
    held = decided(home)
    assert open_parts([held.number_id]) == {held.number_id: "12/3"}
    for role, kind, reads in (("lawyer", FieldClass.LEGAL, True), ("health_worker", FieldClass.HEALTH, False)):
        helper = make.hire(role, "East")
        give(home, helper, FieldClass.IDENTITY, kind)
        page = make.client_of(Actor.of(helper)).get(f"/families/{home.family.code}/care/").content.decode()
        assert ("12/3" in page) is reads


days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(days, st.sampled_from([14, 18]))
def test_the_first_and_last_day_hold_the_birthday_whatever_is_known_of_it(born: date, years: int) -> None:
    whole, month = BirthDate(born.year, born.month, born.day), BirthDate(born.year, born.month)
    exact = turns(years, birth_year=None, birth=whole)
    assert exact is not None
    assert exact[0] == exact[1]
    for known in (turns(years, birth_year=None, birth=month), turns(years, birth_year=born.year)):
        assert known is not None
        assert known[0] <= exact[0] <= known[1]


def test_of_somebody_whose_birth_is_not_known_nothing_is_said() -> None:
    assert turns(14, birth_year=None) is None
