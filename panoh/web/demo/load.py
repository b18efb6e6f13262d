"""The demonstration: agencies, staff and some 400 families of nobody, made through the same steps that people take."""

from __future__ import annotations

import json
import os
import random
import secrets
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

from django.db import connection, connections
from rich.console import Console
from rich.progress import Progress

import panoh.plan
from panoh.access import actions as access
from panoh.access import clock
from panoh.access.entrances import Actor
from panoh.access.models import Agency, District, Staff
from panoh.casework import actions
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Family, Need, Relationship, Task
from panoh.plan import actions as plan
from panoh.plan.record_file import PUBLIC_RECORD
from panoh.web.demo import BEGUN, SIGN_INS, SignIn
from panoh.web.demo.asking import TALKS, ask_for_talks, fill_the_directory
from panoh.web.demo.exchange import load_exchange
from panoh.web.demo.names import ComposedFamily, compose_families
from panoh.web.demo.pairs import WhoIsWho, fill_the_queue
from panoh.web.demo.paper import delimited, list_of
from panoh.web.demo.stories import Stories
from panoh.web.home import home
from panoh.web.keeping import end_with
from panoh.web.refusals import DemoNotMade

SEED = 2026
FLIGHT = 40  # families on one list
PROCESSES = 3  # one of them waits for the database at any time
SETTLED_SHARE = 0.95
# Where families stand: (stage, share of families, days since they came home).
STAGES = (
    ("closed", 0.08, 700),
    ("follow_up", 0.22, 540),
    ("reintegration", 0.28, 300),
    ("rehabilitation", 0.16, 60),
    ("reception", 0.08, 12),
    ("repatriation", 0.06, 2),
    ("verification", 0.05, 9),
    ("identification", 0.07, 1),
)
IN_CAMP = ("identification", "verification")
NOTES = (
    "The mother asked twice when the school begins.",
    "The neighbours helped with the stove.",
    "The birth certificates are with the registry; call on Monday.",
)
WAY = ("reception", "rehabilitation", "reintegration", "follow_up")
JOINT_PLAN = Path(panoh.plan.__file__).parent / "data" / "jpoa.toml"
# Who works with the joint plan: agencies that speak for a state, or for none.
REGION = (
    ("secretariat", "Sevara Daryo", "secretariat", "Secretariat of the joint plan", ""),
    ("focal.kz", "Asel Tulpar", "focal_point", "National focal point, Kazakhstan", "KZ"),
    ("focal.uz", "Bobur Chashma", "focal_point", "National focal point, Uzbekistan", "UZ"),
)
AGENCIES = (
    ("National coordination", Agency.Kind.MINISTRY),
    ("Sanatorium Archazor", Agency.Kind.RECEPTION_CENTRE),
    ("Social service, east", Agency.Kind.SOCIAL_SERVICE),
    ("Social service, centre", Agency.Kind.SOCIAL_SERVICE),
    ("Social service, south", Agency.Kind.SOCIAL_SERVICE),
    ("Civil registry and legal aid", Agency.Kind.CIVIL_REGISTRY),
    ("Family clinic", Agency.Kind.CLINIC),
    ("Education department", Agency.Kind.SCHOOL),
    ("Mahalla committee Yangi hayot", Agency.Kind.COMMITTEE),
    ("Umid, a support organisation", Agency.Kind.NGO),
)
SHOWN = {"coordinator", "supervisor", "caseworker", "protection", "helper", "clinic", *(one[0] for one in REGION)}
SERVICES_FOR = {
    "papers": ("DOC-10", Agency.Kind.CIVIL_REGISTRY),
    "health": ("HEA-41", Agency.Kind.CLINIC),
    "learning": ("EDU-51", Agency.Kind.SCHOOL),
    "sleep_feelings": ("PSY-35", Agency.Kind.NGO),
    "adult_papers": ("DOC-11", Agency.Kind.CIVIL_REGISTRY),
    "income_skills": ("LIV-56", Agency.Kind.NGO),
    "adult_feelings": ("PSY-38", Agency.Kind.NGO),
    "adult_housing": ("HOU-61", Agency.Kind.SOCIAL_SERVICE),
    "adult_health": ("HEA-41", Agency.Kind.CLINIC),
    "play_friends": ("PSY-37", Agency.Kind.COMMITTEE),
}
CHILD_DOMAINS = ("papers", "health", "learning", "sleep_feelings", "play_friends")
ADULT_DOMAINS = ("adult_papers", "income_skills", "adult_feelings", "adult_housing", "adult_health")


@dataclass
class Flight:
    """Families that came on one list, the stage they have reached since, and how many days ago they came."""

    number: int
    families: Sequence[ComposedFamily]
    stage: str
    days: int
    is_last: bool = False


def load_demo(*, families: int = 400) -> None:
    """Make the demonstration in a database where nobody works yet.

    Several processes share the lists. One that is killed half-way leaves the file BEGUN, and is made anew next time.

    Raises:
        DemoNotMade: one of them was killed.
    """
    (home() / BEGUN).touch()
    kept = _make_staff()
    secretariat = Actor.of(Staff.objects.get(username="secretariat"))
    plan.load_plan(secretariat, JOINT_PLAN.read_bytes())
    plan.enter_record(secretariat, text=PUBLIC_RECORD.read_text(encoding="utf-8"))
    load_exchange(secretariat, Actor.of(Staff.objects.get(username="expert")))
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]  # a copy of this process must not talk on its connections
    with ProcessPoolExecutor(PROCESSES, get_context("fork"), initializer=end_with(os.getpid())) as processes:
        makers = [processes.submit(bring_home, flight) for flight in _flights(families)]
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Making up families of nobody", total=families)
            try:
                for maker in as_completed(makers):
                    bar.advance(task, maker.result())
            except BrokenProcessPool as broken:
                raise DemoNotMade from broken
            finally:
                processes.shutdown(cancel_futures=True)
    Stories().tell()
    _keep_sign_ins(kept)
    (home() / BEGUN).unlink()


def bring_home(flight: Flight) -> int:
    """Bring a list of families home, as one process does; return how many they are."""
    maker = _Maker(flight.number)
    maker.bring_home(flight.families, flight.stage, flight.days)
    if flight.is_last:
        maker.relatives_ask(flight.families[-30:])
        maker.come_again(flight.families[-3:])
        _Maker(len(STAGES) * FLIGHT).leave_a_draft(compose_families(SEED + 1, 8, on=clock.today()))
    return len(flight.families)


def _flights(families: int) -> list[Flight]:
    """Share the families out over lists and stages, the longest way first."""
    composed = compose_families(SEED, families, on=clock.today())
    flights: list[Flight] = []
    begun = 0
    for stage, share, days in STAGES:
        count = families - begun if stage == STAGES[-1][0] else round(share * families)
        group = composed[begun : begun + count]
        for part in range(0, len(group), FLIGHT):
            flights.append(Flight(len(flights) + 1, group[part : part + FLIGHT], stage, days - part // FLIGHT))
        begun += count
    flights[-1].is_last = True
    return flights


def _make_staff() -> list[SignIn]:
    people = [
        ("coordinator", "Nodira Zarafshon", "coordinator", AGENCIES[0][0]),
        ("supervisor", "Akmal Tongotar", "supervisor", AGENCIES[2][0]),
        ("caseworker", "Malika Bogʻbon", "caseworker", AGENCIES[2][0]),
        ("protection", "Shirin Chinorli", "protection_officer", AGENCIES[0][0]),
        ("caseworker2", "Jasur Yulduzli", "caseworker", AGENCIES[2][0]),
        ("caseworker3", "Aijan Bulakbek", "caseworker", AGENCIES[3][0]),
        ("caseworker4", "Temir Kayinbek", "caseworker", AGENCIES[4][0]),
        ("expert", "Rustam Archali", "expert", REGION[0][3]),
        ("helper", "Dilnoza Anorzor", "service_provider", AGENCIES[9][0]),
        ("clinic", "Rustam Bulutli", "service_provider", AGENCIES[6][0]),
        *(one[:4] for one in REGION),
    ]
    first = Agency.objects.create(code="A0001", name=AGENCIES[0][0], kind=AGENCIES[0][1])
    passwords = [f"{secrets.choice(('olma', 'anor', 'behi', 'uzum'))}-{secrets.token_hex(5)}" for _ in people]
    username, display, role, _ = people[0]
    coordinator = Staff.objects.create_user(username, passwords[0], display_name=display, role=role, agency=first)
    boss = Actor.of(coordinator)
    agencies = {first.name: first}
    for name, kind in AGENCIES[1:]:
        agencies[name] = access.add_agency(boss, name=name, kind=kind)
    for _name, _shown, _role, name, country in REGION:
        agencies[name] = access.add_agency(boss, name=name, kind=Agency.Kind.MINISTRY)
        Agency.objects.filter(name=name).update(country=country)
    for (name, shown, role, agency), password in zip(people[1:], passwords[1:], strict=True):
        access.add_staff(boss, username=name, display_name=shown, agency=agencies[agency], role=role, password=password)
    fill_the_directory(boss)
    Staff.objects.update(password_given_at=None)  # as if each had chosen their own, so that a newcomer can look around
    return [
        SignIn(username=name, password=password, role=role)
        for (name, _, role, _), password in zip(people, passwords, strict=True)
    ]


def _keep_sign_ins(kept: Sequence[SignIn]) -> None:
    handle = os.open(home() / SIGN_INS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump([one for one in kept if one["username"] in SHOWN], file)


class _Maker:
    """Takes the steps of coordinator and caseworkers for one group."""

    def __init__(self, number: int) -> None:
        self.rng = random.Random(SEED + number)  # noqa: S311  # a demonstration, no secret
        self.number = number
        self.boss = Actor.of(Staff.objects.get(username="coordinator"))
        self.workers = list(Staff.objects.filter(role="caseworker").order_by("pk"))
        self.centre = Agency.objects.get(kind=Agency.Kind.RECEPTION_CENTRE)
        self.providers = {agency.kind: agency for agency in Agency.objects.all()}
        self.districts = list(District.objects.order_by("code"))
        self.known = WhoIsWho()

    def bring_home(self, group: Sequence[ComposedFamily], stage: str, days: int) -> None:
        """Import a list of these families as it came so many days ago, and take them as far as a stage."""
        kind = "camp" if stage in IN_CAMP else "passenger"
        with clock.moved(-days):
            arrivals = actions.read_list(
                self.boss,
                content=list_of(group, "Arab" if kind == "camp" else "Cyrl", self.number),
                file_name="list.csv",
                sender="Camp administration" if kind == "camp" else "Foreign ministry",
                kind=kind,
            )
            for row in arrivals.rows.filter(is_held=True):
                actions.decide_row(self.boss, arrivals, row=row, decision=4)
            actions.confirm_list(self.boss, arrivals)
            self.known.registered(arrivals, (person for family in group for person in family.members))
            if stage == "verification":
                for case in Case.objects.filter(person__rows__arrival_list=arrivals).select_related("family"):
                    actions.move_case(self.boss, case, to="verification")
            if stage in (*WAY, "closed"):
                reception = actions.receive_list(self.boss, arrivals, place=self.centre, on=clock.today())
                if stage != "reception":
                    actions.check_medically(self.boss, reception, on=clock.today())
                actions.note_missing_documents(self.boss, reception, missing=["birth_certificate", "citizenship"])
        families = list(
            Family.objects.filter(memberships__person__rows__arrival_list=arrivals).distinct().order_by("pk")
        )
        if kind == "passenger" and stage != "repatriation":
            for number, family in enumerate(families):
                self.lead(family, stage, days, number)

    def lead(self, family: Family, stage: str, days: int, number: int) -> None:
        """Let a worker lead a family from its reception to a stage."""
        worker = self.workers[0] if number % 9 == 0 else self.rng.choice(self.workers)
        me, steps = Actor.of(worker), WAY.index(stage) if stage in WAY else len(WAY)
        with clock.moved(-days + 1):
            family = actions.assign_family(self.boss, family, worker=worker)
            if steps > 0:
                actions.settle_district(me, family, district=self.rng.choice(self.districts))
                self.settle_what_the_list_left(me, family)
        cases = list(Case.objects.filter(family=family).select_related("person__identity", "family"))
        for index, case in enumerate(cases):
            case.family = family
            self.care(me, case, stage, days, steps, first=index == 0)
        if steps > 1:
            with clock.moved(-self.rng.randint(1, 80)):
                actions.make_visit(
                    me,
                    family,
                    kind="follow_up",
                    on=clock.today(),
                    report=self.rng.choice(("All well at home.", "School goes well; papers are still missing.")),
                )
            self.write_down(me, family, days)
        if stage != "closed":
            due = clock.today() + timedelta(self.rng.randint(-6, 30) if steps else 0)
            actions.plan_visit(me, family, kind="follow_up", on=due)
        else:
            for case in cases:
                actions.close_case(
                    self.boss,
                    case,
                    reason="goals",
                    circumstance="parents",
                    note="The family manages on its own; it knows whom to call.",
                )

    def write_down(self, me: Actor, family: Family, days: int) -> None:
        """Add a note to every third file, and verify by a birth record how two of every fourth family are related."""
        if self.rng.random() < 0.3:
            with clock.moved(-self.rng.randint(1, days - 1)):
                actions.write_note(me, family, text=self.rng.choice(NOTES))
        related = Relationship.objects.filter(subject__memberships__family=family, verified_on=None).first()
        if related and self.rng.random() < 0.25:
            actions.verify_relationship(self.boss, family, relationship=related, evidence="birth_record")

    def settle_what_the_list_left(self, me: Actor, family: Family) -> None:
        """Do what registering asked for, but for a few tasks that are late by now."""
        for task in Task.objects.filter(family=family, done_on=None).select_related("family"):
            if self.rng.random() < SETTLED_SHARE:
                actions.do_task(me, task)

    def care(self, me: Actor, case: Case, stage: str, days: int, steps: int, *, first: bool) -> None:
        """Assess, plan and help one person, and move the case along."""
        child = bool(case.person.birth_year and clock.today().year - case.person.birth_year < 18)
        for done, done_stage in enumerate(WAY[1 : steps + 1], 1):
            with clock.moved(-max(1, days - 14 * done)):
                if done_stage == "rehabilitation":
                    actions.move_case(me, case, to=done_stage)
                    self.assess_and_plan(me, case, child, settle=stage in {"follow_up", "closed"})
                else:
                    actions.move_case(me, case, to=done_stage)
        if steps > 1 and self.rng.random() < SETTLED_SHARE:
            with clock.moved(-self.rng.randint(20, 120)):
                actions.assess(
                    me,
                    case,
                    on=clock.today(),
                    found={},
                    own_view="" if child else "Things go better than in spring.",
                    not_asked_because="too_young" if child else "",
                )
        if first and steps > 1:
            with clock.moved(-max(1, days - 40)):
                actions.give_assistance(
                    me,
                    case,
                    service="MAT-28",
                    quantity=Decimal(self.rng.randint(2, 9) * 100000),
                    unit="money",
                    currency="UZS",
                )

    def assess_and_plan(self, me: Actor, case: Case, child: bool, *, settle: bool) -> None:
        """Record one or two needs with their steps; those of families far along are met."""
        domains = self.rng.sample(CHILD_DOMAINS if child else ADULT_DOMAINS, self.rng.choice((1, 1, 2)))
        assessment = actions.assess(
            me,
            case,
            on=clock.today(),
            found={domain: self.rng.choice((1, 2, 2, 3)) for domain in domains},
            own_view="" if child else "I want a quiet home and school for the children.",
            not_asked_because="too_young" if child else "",
        )
        for need in Need.objects.filter(assessment=assessment).select_related("case__family"):
            service, kind = SERVICES_FOR[need.domain]
            due = self.near_today(-8, 45)
            step = actions.plan_step(
                me,
                need,
                service=service,
                provider=self.providers[kind],
                responsible=next(worker for worker in self.workers if worker.pk == me.staff_id),
                due=due,
            )
            if service == TALKS and not settle:
                ask_for_talks(me, case, step)
            if settle:
                unit = next(entry.unit for entry in catalogue().services if entry.code == service)
                if unit != "money":
                    actions.give_assistance(me, case, service=service, quantity=Decimal(1), unit=unit, step=step)
                actions.settle_step(me, step, outcome="done")

    def near_today(self, earliest: int, latest: int) -> date:
        """Return a day around the real today, whatever day the steps are taken on."""
        with clock.moved(0):
            return clock.today() + timedelta(self.rng.randint(earliest, latest))

    def leave_a_draft(self, group: Sequence[ComposedFamily]) -> None:
        """Import a list on which nobody has decided yet."""
        content = list_of(group, "Cyrl", self.number)
        actions.read_list(self.boss, content=content, file_name="list.csv", sender="Foreign ministry", kind="passenger")

    def relatives_ask(self, group: Sequence[ComposedFamily]) -> None:
        """Import a list of people whom their relatives look for."""
        lines = [
            ["Ariza raqami", "Qidirilayotgan shaxs (F.I.O.)", "Jinsi", "Tug'ilgan sana", "Arizachi", "Qarindoshligi"]
        ]
        for number, family in enumerate(group, 1):
            person = family.members[-1]
            sex = "ayol" if person.sex == "f" else "erkak"
            lines.append(
                [
                    str(number),
                    person.name("Latn"),
                    sex,
                    f"{person.born.year} y." if hasattr(person.born, "year") else "",
                    family.members[0].name("Latn"),
                    "xolasi",
                ]
            )
        arrivals = actions.read_list(
            self.boss, content=delimited(lines), file_name="list.csv", sender="Ombudsman", kind="relatives"
        )
        actions.confirm_list(self.boss, arrivals)
        self.known.registered(arrivals, (family.members[-1] for family in group))

    def come_again(self, group: Sequence[ComposedFamily]) -> None:
        """Bring families of a camp list home on a flight: their people have two files now, for somebody to join."""
        self.number += 1000
        self.bring_home(group, "repatriation", 0)
        fill_the_queue(
            self.boss, self.known, [person for family in group for person in family.members], self.workers[0]
        )
