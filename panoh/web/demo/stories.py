"""What goes on in some families of the demonstration: each story is told through the steps that people take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency, Staff
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.actions import Answer, Basis, Invited, View, With
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    CareDecision,
    Case,
    Complaint,
    Family,
    Guardianship,
    Hypothesis,
    Interview,
    KinshipTest,
    Need,
    Offer,
    PaperHeld,
    Person,
    Referral,
)
from panoh.web.demo.names import compose_families

Kind = Agency.Kind
CHILD_FROM = 4  # a child that can be asked
MISTAKE_DAYS = 40
BY_LAW = Basis(legal_basis="public_task", reason="The law gives it to this office.")
WEIGHED = {
    "history": "The mother came home ill; the children lived with her aunt for four months.",
    "situation": "The aunt has two rooms and a warm stove. School is ten minutes away.",
    "family_views": "The mother asks for the aunt until she is well. The aunt agrees.",
    "experts": "The school psychologist sees a child who sleeps and plays again.",
    "recommendation": "With the aunt, and the mother visits whenever she can.",
}
TOLD_BY_A_CHILD = "I want to stay near my school. I like the football on Fridays."


@dataclass(frozen=True)
class Home:
    """A family of the demonstration with who lives in it; none is told of twice."""

    family: Family
    people: tuple[Person, ...]

    @cached_property
    def adult(self) -> Person:
        """Return who cares for the children, or whoever is there."""
        return next((one for one in self.people if not _is_child(one)), self.people[0])

    @cached_property
    def children(self) -> list[Person]:
        """Return the children, the eldest first."""
        return sorted(filter(_is_child, self.people), key=lambda one: one.birth_year or 0)

    def case(self, person: Person) -> Case:
        """Return the case of one of them."""
        return Case.objects.select_related("person__identity", "person__home", "family").get(person=person)


def _is_child(person: Person) -> bool:
    return bool(person.birth_year and today().year - person.birth_year < 18)


class Stories:
    """Who takes the steps, and the families that nothing was told of yet."""

    def __init__(self) -> None:
        names = ("coordinator", "supervisor", "caseworker", "caseworker2", "caseworker3", "protection", "helper")
        self.staff = {one.username: one for one in Staff.objects.filter(username__in=names)}
        self.boss, self.chief, self.me, self.officer, self.helper = (
            Actor.of(self.staff[name]) for name in ("coordinator", "supervisor", "caseworker", "protection", "helper")
        )
        self.agencies = {agency.kind: agency for agency in Agency.objects.order_by("-pk")}
        self.told: set[int] = set()

    def tell(self) -> None:
        """Tell each story of a family that fits it, as far as there is one."""
        with acting_for(self.boss.staff_id):
            for tell, stage, children in STORIES:
                home = next((one for one in self._homes(stage) if len(one.children) >= children), None)
                if home:
                    self.told.add(home.family.pk)
                    tell(self, home)
            offered_to_the_east(self)
            registered_by_mistake(self)
            school_start(self)
            actions.name_stand_in(
                self.me, self.staff["caseworker"], stand_in=self.staff["caseworker2"], since=today() + timedelta(10),
                until=today() + timedelta(24),
            )  # fmt: skip

    def _homes(self, stage: str) -> Iterator[Home]:
        """Give the families that the caseworker leads, or that nobody does yet, whose cases stand at a stage."""
        number = catalogue().stage(stage).number
        stands = Family.objects.filter(cases__stage=number, cases__closed_on=None).exclude(pk__in=self.told)
        led = stands.filter(worker=None if stage in ("verification", "repatriation") else self.staff["caseworker"])
        for family in led.select_related("agency", "worker").distinct().order_by("pk"):
            members = Person.objects.filter(memberships__family=family, memberships__until=None)
            yield Home(family, tuple(members.select_related("identity", "home").order_by("pk")))


def planned_and_signed(by: Stories, home: Home) -> None:
    """Assess a child and the family in words, write the plan down, sign it, and let a panel decide where it lives."""
    me, child = by.me, home.children[0]
    case, soon = home.case(child), today() + timedelta(9)
    actions.assess(
        me, case, on=today(), found={"learning": 1, "sleep_feelings": 2}, own_view=TOLD_BY_A_CHILD,
        words={
            "learning": {"strengths": "Reads well in Arabic.", "needs": "Has to learn the letters used at school."},
            "sleep_feelings": {"strengths": "Sleeps through again.", "needs": "Somebody to talk to about the camp."},
        },
        answers={"child_joy": "Football and drawing.", "child_trusted": "The aunt, and the teacher of class three."},
    )  # fmt: skip
    for need in Need.objects.filter(case=case, state=Need.State.OPEN).select_related("case__family"):
        service = {"learning": "EDU-51"}.get(need.domain, "PSY-35")
        actions.plan_step(
            me, need, service=service, provider=by.agencies[Kind.SCHOOL], responsible=by.staff["caseworker"], due=soon
        )
    version = actions.write_plan(me, case, review_on=today() + timedelta(90), goal="To be at home in class by spring.")
    actions.sign_plan(
        me, version, signing="parent", language="uz", on=today(), person=home.adult, read_by=by.staff["caseworker"],
        reserve="Not in the afternoons, when the smaller ones sleep.",
    )  # fmt: skip
    sought = actions.begin_determination(me, case, kind=2, sought="caring_arrangement", words=WEIGHED)
    kin = actions.add_option(me, sought, kind="kin", speaks_for="Near the school.", speaks_against="A small home.")
    actions.add_option(
        me, sought, kind="institution", speaks_for="Doctors in the house.", speaks_against="Far from all whom it knows."
    )
    for name in ("supervisor", "coordinator"):
        actions.seat_on_panel(me, sought, staff=by.staff[name])
    actions.send_to_panel(me, sought, recommended=kin)
    actions.answer_panel(by.chief, sought, is_close=False, opinion=1, words="The aunt cares well. Look again in June.")


def placed_with_kin(by: Stories, home: Home) -> None:
    """Let one child live with relatives by decision, another wait for an agreement, and somebody else care today."""
    me, (first, second) = by.me, home.children[:2]
    others = Family.objects.filter(worker=by.staff["caseworker"]).exclude(pk__in=by.told)
    kin = others.order_by("pk").first()
    if kin is None:
        return
    with moved(-50):
        lives = actions.propose_placement(
            me,
            home.family,
            child=first,
            kind="kinship",
            place=With(family=kin.code),
            view=View("With my aunt, please."),
        )
        actions.study_home(me, lives, on=today(), outcome="fits_with_help", words="A bed is missing; we bring one.")
        actions.agree_on_placement(me, lives, on=today())
        actions.explain_apart(me, lives, because="no_home_for_all", again_on=today() + timedelta(60))
        actions.approve_placement(by.chief, lives)
        actions.begin_placement(me, lives, on=today())
    with moved(-3):
        actions.review_placement(
            me, lives, on=today(), view=View("I have my own shelf now."), words="All is well; the bed is there."
        )
    actions.record_guardianship(
        me, home.family, child=first, form=_form(first), place=With(family=kin.code),
        authority=by.agencies[Kind.COMMITTEE], number="12/3", decided_on=today() - timedelta(40),
    )  # fmt: skip
    waits = actions.propose_placement(
        me, home.family, child=second, kind="foster", place=With(family=kin.code),
        view=View(not_asked_because="not_present"),
    )  # fmt: skip
    actions.study_home(me, waits, on=today(), outcome="fits")
    decisions: list[CareDecision] = actions.say_carer_absent(me, home.family)
    actions.decide_care(
        me, decisions[0], outcome=CareDecision.Outcome.MOVED, place=With(family=kin.code), view=View("With my aunt."),
        words="The mother is in hospital until Monday.",
    )  # fmt: skip


def _form(child: Person) -> int:
    years = today().year - (child.birth_year or today().year)
    return Guardianship.Form.GUARDIANSHIP if years <= 14 else Guardianship.Form.TRUSTEESHIP


def followed_and_heard(by: Stories, home: Home) -> None:
    """Lead papers, plan follow-up, take a request and a complaint, call a conference, mind how somebody is called."""
    me, family, adult = by.me, home.family, home.adult
    registry = by.agencies[Kind.CIVIL_REGISTRY]
    with moved(-70):
        abroad = actions.open_legal_file(me, family, person=home.people[-1], kind="birth_abroad", authority=registry)
        card = actions.open_legal_file(me, family, person=adult, kind="id_card", authority=registry)
        actions.open_legal_file(me, family, person=adult, kind="benefits")
    with moved(-20):
        actions.lead_legal_file(me, abroad, step="asked_abroad", words="The consulate asks for the hospital's paper.")
        card = actions.lead_legal_file(me, card, step="issued")
        actions.record_document(me, card, number="AD 0000001", issued_on=today(), valid_until=today() + timedelta(3650))
        actions.hold_paper(me, card, holder=PaperHeld.Holder.AGENCY, agency=registry)
    actions.look_again(me, family, kind="moved", noticed_on=today(), words="They live at the uncle's since Friday.")
    actions.plan_follow_up(me, family)
    for when, to in ((0, "first"), (0, "school")):
        actions.plan_visit(me, family, kind=to, on=today() + timedelta(when))
    actions.set_safe_contact(
        me, adult, words={"when": "Mornings only.", "not_to": "Not to the brother-in-law.", "how": "A message first."}
    )
    actions.set_safe_contact_of_family(me, family, words={"unsaid": "Not a word of the trip to the neighbours."})
    actions.record_request(
        me, adult, right="correction", asker="person", asker_check="known", words="My surname has one letter too many."
    )
    code = actions.give_code(me, adult).text
    actions.ask_by_code(code, what="complaint", words="The office let us wait three hours with the children, twice.")
    with acting_for(by.officer.staff_id):
        actions.acknowledge_complaint(by.officer, Complaint.objects.latest("pk"))
    actions.call_conference(
        me, family, on=today() + timedelta(6), why="School and the clinic ask for different days.",
        domains=["learning", "health", "adult_housing"],
        invited=[
            Invited("lead_worker", by.staff["caseworker"]), Invited("supervisor", by.staff["supervisor"]),
            Invited("parent"), Invited("teacher", agency=by.agencies[Kind.SCHOOL]),
        ],
    )  # fmt: skip
    actions.record_interview(me, home.people[-1], topic="safety", stands=Interview.Stands.ASSESSMENT)


def asked_of_others(by: Stories, home: Home) -> None:
    """Ask offices for services: one took it, one declined, one is asked by a slip; one refused without being asked."""
    me, adult = by.me, home.adult
    case, until = home.case(adult), today() + timedelta(120)
    kinds, classes = [Kind.NGO, Kind.SCHOOL], [FieldClass.IDENTITY, FieldClass.PSYCHOSOCIAL, FieldClass.EDUCATION]
    said = Answer(kinds=kinds, agencies=[], classes=classes, language="uz", until=until)
    actions.record_consent(me, adult, purpose="services", said=said)
    refused = Answer(
        kinds=[Kind.COMMITTEE],
        agencies=[],
        classes=[FieldClass.LOCATION],
        language="uz",
        until=None,
        is_interpreted=True,
    )
    actions.record_consent(me, adult, purpose="family_contact", said=refused)

    def ask(service: str, kind: int, basis: Basis | None = None) -> Referral:
        offer = Offer.objects.get(service=service, agency=by.agencies[kind])
        words = "Mornings suit her best."
        return actions.send_referral(me, case, offer=offer, classes=[], words=words, basis=basis)

    def answered(referral: Referral, *, done: bool) -> None:
        with acting_for(by.helper.staff_id):
            taken = actions.accept_referral(by.helper, referral, due=today() + timedelta(5), words="Room 4, at nine.")
            if done:
                actions.complete_referral(by.helper, taken, feedback="She came to all six talks.")

    answered(ask("PSY-35", Kind.NGO), done=False)
    theirs = ask("LIV-56", Kind.NGO, basis=BY_LAW)
    with acting_for(by.helper.staff_id):
        actions.decline_referral(by.helper, theirs, because="elsewhere", basis="It is for people of the city.")
    slip = ask("DOC-11", Kind.CIVIL_REGISTRY, basis=BY_LAW)
    actions.make_slip(me, slip)
    if not Referral.objects.filter(case=case, service="PSY-38", state__in=(1, 2)).exists():
        answered(ask("PSY-38", Kind.NGO), done=True)
    refusal = actions.record_refusal(
        me, case, service="MAT-29", agency=by.agencies[Kind.COMMITTEE], because="papers_missing",
        basis="Without a birth record of the youngest nothing is paid.", on=today() - timedelta(8),
    )  # fmt: skip
    actions.appeal_refusal(me, refusal, words="The record is on its way; the law allows a statement meanwhile.")


def before_arrival(by: Stories, home: Home) -> None:
    """Set rival accounts of who a child is side by side, with the outcome of a kinship test."""
    child, boss = home.people[-1], by.boss
    sure = Hypothesis.Sureness
    first = actions.add_hypothesis(
        boss, child, source="relative", sureness=sure.LIKELY, name="Zarafshonova Oydin", birth="spring 2019",
        kin="daughter of the woman in tent 14", origin="a village on the river", on=today() - timedelta(3),
    )  # fmt: skip
    actions.add_hypothesis(
        boss, child, source="camp_record", sureness=sure.DOUBTFUL, name="Oydin, no father's name", birth="2018"
    )
    actions.settle_hypothesis(boss, first, standing=Hypothesis.Standing.TAKEN)
    if len(home.people) > 1:
        supports, clinic = KinshipTest.Outcome.SUPPORTS, by.agencies[Kind.CLINIC]
        actions.record_kinship_test(boss, child, other=home.people[0], outcome=supports, laboratory=clinic, on=today())


def on_a_flight(by: Stories, home: Home) -> None:
    """Book a family on a flight, and hand the first of them over to whoever meets them."""
    for person in home.people:
        actions.book_flight(by.boss, person, flight="HY 9502", on=today() + timedelta(1))
    ministry, centre = by.agencies[Kind.MINISTRY], by.agencies[Kind.RECEPTION_CENTRE]
    actions.hand_over_person(
        by.boss, home.people[-1], from_agency=ministry, to=With(agency=centre),
        missing=["passport"], words="She had her own bag and a doll.",
    )  # fmt: skip


def offered_to_the_east(by: Stories) -> None:
    """Offer a family that another agency leads to the caseworker's own."""
    worker = by.staff["caseworker3"]
    theirs = Family.objects.filter(worker=worker, cases__closed_on=None).distinct().order_by("pk").first()
    if theirs:
        offered = actions.ask_transfer(
            Actor.of(worker), theirs, to_agency=by.staff["caseworker"].agency, reason="family_moved",
            notes="They live with the grandmother now. The eldest begins school in the new town on Monday.",
            basis=BY_LAW,
        )  # fmt: skip
        actions.agree_to_transfer(by.boss, offered)


def school_start(by: Stories) -> None:
    """Enter two programmes, and give school supplies out of one of them."""
    since, until = today() - timedelta(60), today() + timedelta(120)
    agency = by.staff["caseworker"].agency
    for name, amount in (("School start", 20_000_000), ("Warm winter", 50_000_000)):
        programme = actions.open_programme(
            by.boss, agency, name=name, amount=Decimal(amount), unit="money", currency="UZS", since=since, until=until
        )
        at_school = Case.objects.filter(family__worker=by.staff["caseworker"], closed_on=None).order_by("pk")
        for case in at_school.select_related("family__agency")[:3] if name == "School start" else ():
            actions.give_assistance(
                by.me, case, service="MAT-32", quantity=Decimal(850_000), unit="money", currency="UZS",
                programme=programme,
            )  # fmt: skip


def registered_by_mistake(by: Stories) -> None:
    """Close a family that nobody is, so that destroying its file can be proposed and waits for a second person."""
    composed = compose_families(2, 1, on=today())[0].members[0]
    with moved(-MISTAKE_DAYS):
        family = actions.create_family(by.boss, agency=by.agencies[Kind.MINISTRY])
        person = actions.register_person(by.boss, family, facts=composed.facts, sex=composed.sex)
        case = actions.open_case(by.boss, family, person, stage="reception", on=today())
        actions.close_case(
            by.boss, case, reason="mistake", circumstance="unknown", note="The same woman as in another file."
        )
    actions.propose_disposal(by.boss, people=[person.code])


# What is told, of a family at which stage, with how many children at least.
STORIES: tuple[tuple[Callable[[Stories, Home], None], str, int], ...] = (
    (planned_and_signed, "rehabilitation", 1),
    (placed_with_kin, "reintegration", 2),
    (followed_and_heard, "follow_up", 1),
    (asked_of_others, "reintegration", 0),
    (before_arrival, "verification", 0),
    (on_a_flight, "repatriation", 0),
)
