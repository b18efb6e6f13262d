"""Where a child lives: who proposes and who agrees, what must be there, siblings apart, clocks, a carer who is away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import Agency
from panoh.access.refusals import NotAllowed, Refusal
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.actions import View, With
from panoh.casework.models import CareDecision, Guardianship, Person, Placement
from panoh.casework.queries.care import care_file
from panoh.casework.queries.placements import apart_from
from panoh.casework.refusals import AlreadySettled, DayUnfit, NotOfThisFamily, ViewMissing
from panoh.casework.refusals_care import (
    ApartDayUnfit,
    CarerMissing,
    DecisionsOpen,
    FamilyUnknown,
    GrownUp,
    NoChildren,
    OthersApprove,
    PlacementIncomplete,
    PlacementNotThere,
    PlaceUnfit,
    ProposalWaits,
)
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home
from panoh.vault.queries import open_parts

pytestmark = pytest.mark.django_db
SAYS = View("With grandmother, please.")
OUTCOME = CareDecision.Outcome


@pytest.fixture
def chief(home: Home) -> Actor:
    return make.actor("supervisor", "North")


def placed(home: Home, child: Person | None = None, *, kind: str = "parents", place: With | None = None) -> Placement:
    return actions.propose_placement(
        home.me, home.family, child=child or home.child, kind=kind, place=place or With(home.mother), view=SAYS
    )


def lives(home: Home, by: Actor, child: Person | None = None, **how: object) -> Placement:
    """Return a placement that goes on, agreed to by a colleague."""
    placement = placed(home, child, **how)  # type: ignore[arg-type]
    if actions.placements.catalogue().placement_kind(placement.kind).needs:
        actions.study_home(home.me, placement, on=today(), outcome="fits")
        actions.agree_on_placement(home.me, placement, on=today())
    actions.approve_placement(by, placement)
    return actions.begin_placement(home.me, placement, on=today())


def sister_of(home: Home, year: int = 2017) -> Person:
    return make.person(home.boss, home.family, "Gavharova Lola", year, "child")


def boarding_school() -> With:
    return With(agency=make.agency("Boarding school", Agency.Kind.SCHOOL))


def due_on_today(actor: Actor) -> set[str]:
    found = queries.todo(actor)
    return {item.what for item in (*found.late, *found.due)}


# --- proposing and agreeing ----------------------------------------------------------------------------------------


def test_a_child_lives_somewhere_once_another_agreed_and_the_day_came(home: Home, chief: Actor) -> None:
    placement = placed(home)
    assert open_parts([placement.own_view_id]) == {placement.own_view_id: SAYS.words}
    actions.approve_placement(chief, placement)
    placement = actions.begin_placement(home.me, placement, on=today())
    assert (placement.state, placement.since, placement.approved_by_id) == (3, today(), chief.staff_id)
    assert placement.review_on == today() + timedelta(180)


def test_nobody_agrees_to_what_they_proposed_and_a_caseworker_to_nothing(home: Home, chief: Actor) -> None:
    own = actions.propose_placement(
        chief, home.family, child=home.child, kind="parents", place=With(home.mother), view=SAYS
    )
    with pytest.raises(NotYourOwn):
        actions.approve_placement(chief, own)
    with pytest.raises(NotAllowed):
        actions.approve_placement(home.me, own)


def test_the_database_itself_lets_nobody_put_a_name_under_an_agreement(home: Home, chief: Actor) -> None:
    placement = placed(home)
    sign = "update casework_placement set state = 2, approved_by_id = %s, approved_on = app.today() where id = %s"
    for who, name in ((home.worker.pk, chief.staff_id), (chief.staff_id, home.boss.staff_id)):
        with acting_for(who), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sign, [name, placement.pk])


def test_an_institution_is_agreed_to_by_a_coordinator(home: Home, chief: Actor) -> None:
    placement = placed(home, kind="institution", place=boarding_school())
    with pytest.raises(OthersApprove, match="coordinator"):
        actions.approve_placement(chief, placement)
    assert actions.approve_placement(home.boss, placement).approved_by_id == home.boss.staff_id


def test_the_home_is_studied_and_the_family_agrees_before_anybody_does(home: Home, chief: Actor) -> None:
    grandmother = make.home(home.boss, at="South").family
    placement = placed(home, kind="kinship", place=With(family=grandmother.code))
    with pytest.raises(PlacementIncomplete, match="no home study") as refusal:
        actions.approve_placement(chief, placement)
    assert "has not agreed" in str(refusal.value)
    actions.agree_on_placement(home.me, placement, on=today())
    actions.study_home(home.me, placement, on=today(), outcome="does_not_fit", words="One room, damp.")
    with pytest.raises(PlacementIncomplete, match="does not fit"):
        actions.approve_placement(chief, placement)
    actions.study_home(home.me, placement, on=today(), outcome="fits_with_help", words="A second room.")
    placement = actions.approve_placement(chief, placement)
    assert open_parts([placement.study_words_id]) == {placement.study_words_id: "A second room."}


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"view": View()}, ViewMissing),
        ({"kind": "institution"}, PlaceUnfit),
        ({"kind": "independent"}, PlaceUnfit),
        ({"place": With()}, PlaceUnfit),
        ({"place": With(family="F-0000-0000")}, FamilyUnknown),
    ],
)
def test_what_a_placement_needs_to_be_said_is_asked_for(home: Home, given: dict, refused: type) -> None:
    whole = {"child": home.child, "kind": "parents", "place": With(home.mother), "view": SAYS}
    with pytest.raises(refused):
        actions.propose_placement(home.me, home.family, **{**whole, **given})
    assert not Placement.objects.exists()


def test_only_a_child_of_the_family_is_placed_and_not_with_itself_nor_with_a_stranger(home: Home) -> None:
    other = make.home(home.boss)
    for child, place, refused in (
        (home.mother, With(home.child), GrownUp),
        (other.child, With(home.mother), NotOfThisFamily),
        (home.child, With(other.mother), NotOfThisFamily),
        (home.child, With(home.child), PlaceUnfit),
    ):
        with pytest.raises(refused):
            placed(home, child, place=place)


def test_one_proposal_waits_at_a_time_and_a_dropped_one_makes_room(home: Home) -> None:
    first = placed(home)
    with pytest.raises(ProposalWaits):
        placed(home)
    assert actions.drop_placement(home.me, first, because="child_wished").until == today()
    for step in (actions.approve_placement, actions.drop_placement):
        with pytest.raises(PlacementNotThere, match="not carried out"):
            step(home.boss, first, **({"because": "other"} if step is actions.drop_placement else {}))
    placed(home)


def test_where_a_child_moves_ends_where_it_lived_before(home: Home, chief: Actor) -> None:
    first = lives(home, chief)
    second = lives(home, home.boss, kind="institution", place=boarding_school())
    first.refresh_from_db()
    assert (first.state, first.until, first.end_reason, second.state) == (4, today(), "moved_on", 3)


# --- siblings ------------------------------------------------------------------------------------------------------


def test_siblings_are_parted_for_a_reason_and_until_a_day(home: Home, chief: Actor) -> None:
    sister = sister_of(home)
    placement = placed(home, kind="institution", place=boarding_school())
    with pytest.raises(PlacementIncomplete, match="live apart"):
        actions.approve_placement(home.boss, placement)
    assert apart_from(placement) == [sister]
    for unfit in (today() - timedelta(1), today() + timedelta(181)):
        with pytest.raises(ApartDayUnfit):
            actions.explain_apart(home.me, placement, because="special_care", again_on=unfit)
    actions.explain_apart(home.me, placement, because="special_care", again_on=today() + timedelta(90))
    actions.approve_placement(home.boss, placement)
    actions.begin_placement(home.me, placement, on=today())
    with moved(88):
        assert "Look again whether brothers and sisters can be together" in due_on_today(chief)


def test_siblings_who_are_on_the_way_to_one_home_are_not_apart(home: Home, chief: Actor) -> None:
    grandmother, sister = make.home(home.boss, at="South").family, sister_of(home)
    to_her = With(family=grandmother.code)
    first = placed(home, kind="kinship", place=to_her)
    assert apart_from(first) == [sister]
    second = placed(home, sister, kind="kinship", place=to_her)
    assert (apart_from(first), apart_from(second)) == ([], [])


def test_once_they_live_together_the_day_to_look_again_falls_away(home: Home, chief: Actor) -> None:
    sister, school = sister_of(home), boarding_school()
    first = placed(home, kind="institution", place=school)
    actions.explain_apart(home.me, first, because="no_home_for_all", again_on=today() + timedelta(30))
    actions.approve_placement(home.boss, first)
    actions.begin_placement(home.me, first, on=today())
    lives(home, home.boss, sister, kind="institution", place=school)
    first.refresh_from_db()
    assert (first.apart_because, first.apart_again_on) == ("", None)


# --- the clock -----------------------------------------------------------------------------------------------------


def test_a_stay_in_an_institution_is_counted_and_its_review_comes_to_the_supervisor(home: Home, chief: Actor) -> None:
    lives(home, home.boss, kind="institution", place=boarding_school())
    with moved(31):
        shown = care_file(home.me, home.family).children[0].current
        assert shown is not None
        assert (shown.has_clock, shown.placement.days) == (True, 31)
        assert "Look again at where a child lives" in {item.what for item in queries.todo(chief).late}


def test_a_look_hears_the_child_and_sets_the_next_no_later_than_the_rule(home: Home, chief: Actor) -> None:
    placement = lives(home, home.boss, kind="institution", place=boarding_school())
    with moved(20):
        with pytest.raises(DayUnfit):
            actions.review_placement(home.me, placement, on=today(), view=SAYS, next_on=today() + timedelta(31))
        with pytest.raises(ViewMissing):
            actions.review_placement(home.me, placement, on=today(), view=View())
        look = actions.review_placement(home.me, placement, on=today(), view=View("I have a friend."), words="Well.")
        placement.refresh_from_db()
        assert placement.review_on == look.next_on == today() + timedelta(30)
        assert open_parts([look.own_view_id]) == {look.own_view_id: "I have a friend."}


# --- a carer who is away -------------------------------------------------------------------------------------------


def test_a_carer_who_is_away_opens_a_decision_for_each_child_that_only_deciding_ends(home: Home, chief: Actor) -> None:
    sister_of(home)
    opened = actions.say_carer_absent(home.me, home.family)
    assert len(opened) == 2
    for who in (home.me, chief):
        assert [item.what for item in queries.todo(who).due if item.what.startswith("Decide")] == [
            "Decide today who cares for a child"
        ] * 2
    with pytest.raises(DecisionsOpen):
        actions.say_carer_absent(home.me, home.family)
    boy, girl = opened
    with pytest.raises(CarerMissing):
        actions.decide_care(home.me, boy, outcome=OUTCOME.STAYS, place=With(), view=SAYS)
    with pytest.raises(CarerMissing):
        actions.decide_care(home.me, boy, outcome=OUTCOME.BACK, place=With(home.mother), view=SAYS)
    with pytest.raises(ViewMissing):
        actions.decide_care(home.me, boy, outcome=OUTCOME.BACK, place=With(), view=View())
    actions.decide_care(home.me, boy, outcome=OUTCOME.BACK, place=With(), view=View("", "not_present"))
    neighbours = make.home(home.boss).family.code
    done = actions.decide_care(
        chief, girl, outcome=OUTCOME.MOVED, place=With(family=neighbours), view=SAYS, words="Until Friday."
    )
    assert (done.decided_by_id, done.with_family) == (chief.staff_id, neighbours)
    assert "Decide today who cares for a child" not in due_on_today(chief)
    with pytest.raises(AlreadySettled):
        actions.decide_care(home.me, boy, outcome=OUTCOME.BACK, place=With(), view=SAYS)


def test_where_there_is_no_child_there_is_nothing_to_decide(boss: Actor) -> None:
    family = actions.create_family(boss, agency=make.agency("North"))
    with pytest.raises(NoChildren):
        actions.say_carer_absent(boss, family)


# --- pages ---------------------------------------------------------------------------------------------------------


def test_the_page_says_where_each_child_lives_in_its_own_words_and_what_is_missing(home: Home, chief: Actor) -> None:
    sister = sister_of(home)
    lives(home, chief)
    placed(home, sister, kind="kinship", place=With(family=make.home(home.boss, at="South").family.code))
    shown = make.client_of(home.me).get(f"/families/{home.family.code}/care/").content.decode()
    for words in ("With a parent", SAYS.words, "There is no home study.", "Brothers and sisters would live apart"):
        assert words in shown


def test_the_same_over_the_api(home: Home, chief: Actor) -> None:
    api, at = make.client_of(home.me), f"/api/v1/families/{home.family.code}"
    given = {"child": home.child.code, "kind": "parents", "with_person": home.mother.code, "own_view": "Here."}
    made = api.post(f"{at}/placements", given, content_type="application/json")
    assert made.status_code == 201, made.content
    number = made.json()["number"]
    assert make.client_of(chief).post(f"{at}/placements/{number}/approval").json()["state"] == "agreed"
    begun = api.post(f"{at}/placements/{number}/beginning", {"on": today()}, content_type="application/json")
    assert begun.json()["state"] == "going_on"
    (child,) = api.get(f"{at}/care").json()
    assert (child["person"], child["placements"][0]["own_view"]) == (home.child.code, "Here.")


# --- no sequence of steps ends where the rules forbid it -----------------------------------------------------------


class AnyOrder(RuleBasedStateMachine):
    """Whatever is done in whatever order: who agreed is another, one home at a time, nothing goes."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.known = self.decided = 0

    @initialize()
    def begin(self) -> None:
        self.home = make.home()
        self.others = [self.home.boss, make.actor("supervisor", "North"), self.home.me]
        self.school = boarding_school()

    def _try(self, step: object, *args: object, **given: object) -> None:
        try:
            step(*args, **given)  # type: ignore[operator]
        except Refusal:
            return

    @rule(who=st.integers(0, 2), kind=st.sampled_from(["parents", "kinship", "institution", "independent"]))
    def propose(self, who: int, kind: str) -> None:
        home = self.home
        place = {"institution": self.school, "independent": With()}.get(kind, With(home.mother))
        self._try(
            actions.propose_placement, self.others[who], home.family, child=home.child, kind=kind, place=place,
            view=SAYS,
        )  # fmt: skip

    @rule(who=st.integers(0, 2), step=st.sampled_from(["approve", "begin", "end", "drop", "study", "agree", "review"]))
    def take(self, who: int, step: str) -> None:
        newest = Placement.objects.order_by("-pk").first()
        if newest is None:
            return
        given: dict[str, dict[str, object]] = {
            "approve": {}, "begin": {"on": today()}, "end": {"on": today(), "because": "other"},
            "drop": {"because": "other"}, "study": {"on": today(), "outcome": "fits"}, "agree": {"on": today()},
            "review": {"on": today(), "view": SAYS},
        }  # fmt: skip
        steps = {
            "approve": actions.approve_placement, "begin": actions.begin_placement, "end": actions.end_placement,
            "drop": actions.drop_placement, "study": actions.study_home, "agree": actions.agree_on_placement,
            "review": actions.review_placement,
        }  # fmt: skip
        self._try(steps[step], self.others[who], newest, **given[step])

    @rule(who=st.integers(0, 2), form=st.integers(1, 2), days=st.integers(0, 40))
    def decide(self, who: int, form: int, days: int) -> None:
        home = self.home
        self._try(
            actions.record_guardianship, self.others[who], home.family, child=home.child, form=form,
            place=With(home.mother), authority=home.family.agency, number="1", decided_on=today() - timedelta(days),
        )  # fmt: skip

    @rule(who=st.integers(0, 2), days=st.integers(0, 40))
    def end_decision(self, who: int, days: int) -> None:
        held = Guardianship.objects.order_by("-pk").first()
        if held:
            on = today() - timedelta(days)
            self._try(actions.end_guardianship, self.others[who], held, on=on, because="other")

    @invariant()
    def one_acts_for_the_child(self) -> None:
        every = list(Guardianship.objects.all())
        assert len(every) >= self.decided, "nothing goes"
        self.decided = len(every)
        assert sum(one.ended_on is None for one in every) <= 1
        assert all(one.form == Guardianship.Form.GUARDIANSHIP for one in every), "the child is far from 14"
        assert all(one.ended_on is None or one.ended_on >= one.since for one in every)

    @invariant()
    def holds(self) -> None:
        every = list(Placement.objects.all())
        assert len(every) >= self.known, "nothing goes"
        self.known = len(every)
        assert sum(one.state == Placement.State.GOING_ON for one in every) <= 1
        assert sum(one.is_waiting for one in every) <= 1
        for one in every:
            if one.approved_by_id:
                assert one.approved_by_id not in (one.proposed_by_id, self.home.worker.pk)
                assert one.kind != "institution" or one.approved_by_id == self.home.boss.staff_id
                assert one.kind != "kinship" or (one.study_outcome and one.family_agreed_on)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)


@pytest.mark.django_db
def test_no_order_of_steps_leads_where_the_rules_forbid() -> None:
    quick = settings(
        max_examples=8, stateful_step_count=16, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(AnyOrder, settings=quick)
