"""The demonstration: agencies, staff and some 400 families of nobody, made through the same steps that people take."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from rich.console import Console
from rich.progress import Progress

from panoh.access import actions as access
from panoh.access import clock
from panoh.access.entrances import Actor
from panoh.access.models import Agency, District, Staff
from panoh.casework import actions
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Family, Need
from panoh.web.demo.names import ComposedFamily, compose_families
from panoh.web.demo.pairs import WhoIsWho, fill_the_queue
from panoh.web.home import home

SEED = 2026
FLIGHT = 80  # families on one list
# Where families stand: (stage, share of families, days since they came home).
STAGES = (
    ("closed", 0.08, 700),
    ("follow_up", 0.22, 540),
    ("reintegration", 0.28, 300),
    ("rehabilitation", 0.16, 60),
    ("reception", 0.08, 12),
    ("repatriation", 0.06, 2),
    ("identification", 0.12, 1),
)
WAY = ("reception", "rehabilitation", "reintegration", "follow_up")
AGENCIES = (
    ("National coordination", 1),
    ("Sanatorium Archazor", 3),
    ("Social service, east", 2),
    ("Social service, centre", 2),
    ("Social service, south", 2),
    ("Civil registry and legal aid", 9),
    ("Family clinic", 5),
    ("Education department", 4),
    ("Mahalla committee Yangi hayot", 6),
    ("Umid, a support organisation", 7),
)
SERVICES_FOR = {
    "papers": ("DOC-10", 5),
    "health": ("HEA-41", 6),
    "learning": ("EDU-51", 7),
    "sleep_feelings": ("PSY-35", 9),
    "adult_papers": ("DOC-11", 5),
    "income_skills": ("LIV-56", 9),
    "adult_feelings": ("PSY-38", 9),
    "adult_housing": ("HOU-61", 2),
    "adult_health": ("HEA-41", 6),
    "play_friends": ("PSY-37", 9),
}
CHILD_DOMAINS = ("papers", "health", "learning", "sleep_feelings", "play_friends")
ADULT_DOMAINS = ("adult_papers", "income_skills", "adult_feelings", "adult_housing", "adult_health")


class SignIn(TypedDict):
    """One account of the demonstration."""

    username: str
    password: str
    role: str


def sign_ins() -> list[SignIn]:
    """Return the accounts of the demonstration; their passwords were drawn when it was made."""
    file = home() / "demo-sign-ins.json"
    return list(json.loads(file.read_text())) if file.exists() else []


def load_demo(*, families: int = 400) -> None:
    """Make the demonstration once; a second call finds it there and changes nothing."""
    if Staff.objects.exists():
        return
    with Progress(console=Console(stderr=True), transient=True) as bar, transaction.atomic():
        task = bar.add_task("Making up families of nobody", total=families)
        staff = _make_staff()
        maker = _Maker(staff)
        composed = compose_families(SEED, families, on=clock.today())
        begun = 0
        for stage, share, days in STAGES:
            count = len(composed) - begun if stage == STAGES[-1][0] else round(share * families)
            group = composed[begun : begun + count]
            for part in range(0, len(group), FLIGHT):
                maker.bring_home(group[part : part + FLIGHT], stage, days - part // FLIGHT)
                bar.advance(task, len(group[part : part + FLIGHT]))
            begun += count
        maker.relatives_ask(composed[-30:])
        maker.come_again(group[-3:])


def _make_staff() -> dict[str, Staff]:
    people = [
        ("coordinator", "Nodira Zarafshon", "coordinator", AGENCIES[0][0]),
        ("supervisor", "Akmal Tongotar", "supervisor", AGENCIES[2][0]),
        ("caseworker", "Malika Bogʻbon", "caseworker", AGENCIES[2][0]),
        ("caseworker2", "Jasur Yulduzli", "caseworker", AGENCIES[2][0]),
        ("caseworker3", "Aijan Bulakbek", "caseworker", AGENCIES[3][0]),
        ("caseworker4", "Temir Kayinbek", "caseworker", AGENCIES[4][0]),
    ]
    first = Agency.objects.create(code="A0001", name=AGENCIES[0][0], kind=AGENCIES[0][1])
    passwords = [f"{secrets.choice(('olma', 'anor', 'behi', 'uzum'))}-{secrets.token_hex(5)}" for _ in people]
    username, display, role, _ = people[0]
    coordinator = Staff.objects.create_user(username, passwords[0], display_name=display, role=role, agency=first)
    boss = Actor.of(coordinator)
    agencies = {first.name: first}
    for name, kind in AGENCIES[1:]:
        agencies[name] = access.add_agency(boss, name=name, kind=kind)
    staff = {username: coordinator}
    for (name, shown, role, agency), password in zip(people[1:], passwords[1:], strict=True):
        staff[name] = access.add_staff(
            boss, username=name, display_name=shown, agency=agencies[agency], role=role, password=password
        )
    kept = [
        SignIn(username=name, password=password, role=role)
        for (name, _, role, _), password in zip(people, passwords, strict=True)
    ]
    handle = os.open(home() / "demo-sign-ins.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(kept[:3], file)
    return staff


class _Maker:
    """Takes the steps of coordinator and caseworkers for one group after another."""

    def __init__(self, staff: dict[str, Staff]) -> None:
        self.rng = random.Random(SEED)  # noqa: S311  # a demonstration, no secret
        self.boss = Actor.of(staff["coordinator"])
        self.workers = [member for name, member in staff.items() if name.startswith("caseworker")]
        self.centre = Agency.objects.get(kind=Agency.Kind.RECEPTION_CENTRE)
        self.providers = {agency.kind: agency for agency in Agency.objects.all()}
        self.districts = list(District.objects.order_by("code"))
        self.flights = 0
        self.known = WhoIsWho()

    def bring_home(self, group: Sequence[ComposedFamily], stage: str, days: int) -> None:
        """Import a list of these families as it came so many days ago, and take them as far as a stage."""
        kind = "camp" if stage == "identification" else "passenger"
        self.flights += 1
        with clock.moved(-days):
            arrivals = actions.read_list(
                self.boss,
                content=_csv(group, "Arab" if kind == "camp" else "Cyrl", self.flights),
                file_name="list.csv",
                sender="Camp administration" if kind == "camp" else "Foreign ministry",
                kind=kind,
            )
            for row in arrivals.rows.filter(is_held=True):
                actions.decide_row(self.boss, arrivals, row=row, decision=4)
            actions.confirm_list(self.boss, arrivals)
            self.known.registered(arrivals, (person for family in group for person in family.members))
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
        with clock.moved(0):
            due = date.fromordinal(clock.today().toordinal() + self.rng.randint(-6, 30)) if steps else clock.today()
            actions.plan_visit(me, family, kind="follow_up", on=due)
        if stage == "closed":
            for case in cases:
                actions.close_case(
                    self.boss,
                    case,
                    reason="goals",
                    circumstance="parents",
                    note="The family manages on its own; it knows whom to call.",
                )

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
                responsible=Staff(pk=me.staff_id),
                due=due,
            )
            if settle:
                unit = next(entry.unit for entry in catalogue().services if entry.code == service)
                if unit != "money":
                    actions.give_assistance(me, case, service=service, quantity=Decimal(1), unit=unit, step=step)
                actions.settle_step(me, step, outcome="done")

    def near_today(self, earliest: int, latest: int) -> date:
        """Return a day around the real today, whatever day the steps are taken on."""
        with clock.moved(0):
            return clock.today() + timedelta(self.rng.randint(earliest, latest))

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
            self.boss, content=_delimited(lines), file_name="list.csv", sender="Ombudsman", kind="relatives"
        )
        actions.confirm_list(self.boss, arrivals)
        self.known.registered(arrivals, (family.members[-1] for family in group))

    def come_again(self, group: Sequence[ComposedFamily]) -> None:
        """Bring families of a camp list home on a flight: their people have two files now, for somebody to join."""
        self.bring_home(group, "repatriation", 0)
        fill_the_queue(
            self.boss, self.known, [person for family in group for person in family.members], self.workers[0]
        )


HEADINGS = {
    "Cyrl": ["№", "ФИО", "Пол", "Дата рождения", "Кем приходится", "Семья №", "Документ", "Телефон", "Гражданство"],
    "Arab": ["رقم", "الاسم", "الجنس", "تاريخ الميلاد", "صلة القرابة", "رقم الأسرة", "رقم الوثيقة", "الهاتف", "الجنسية"],
}
SEX_WORDS = {"Cyrl": {"f": "жен", "m": "муж"}, "Arab": {"f": "أنثى", "m": "ذكر"}}
KIN_WORDS = {
    "Cyrl": {
        "mother": "мать",
        "father": "отец",
        "child": "ребёнок",
        "daughter": "дочь",
        "son": "сын",
        "aunt": "тётя",
        "grandmother": "бабушка",
    },
    "Arab": {
        "mother": "أم",
        "father": "أب",
        "child": "طفل",
        "daughter": "ابنة",
        "son": "ابن",
        "aunt": "خالة",
        "grandmother": "جدة",
    },
}


def _csv(group: Sequence[ComposedFamily], script: str, first_family: int) -> bytes:
    lines = [HEADINGS[script]]
    number = 0
    for index, family in enumerate(group, 1):
        for person in family.members:
            number += 1
            facts = person.facts
            lines.append(
                [
                    str(number),
                    person.name(script),
                    SEX_WORDS[script].get(person.sex, ""),
                    facts.birth.written or _written(facts.birth),
                    KIN_WORDS[script].get(person.kinship, ""),
                    str(first_family * 1000 + index),
                    facts.documents[0].number if facts.documents else "",
                    facts.contacts[0].value if facts.contacts else "",
                    person.nationality,
                ]
            )
    return _delimited(lines)


def _written(birth: object) -> str:
    year, month, day = (getattr(birth, name) for name in ("year", "month", "day"))
    if year and month and day:
        return f"{day:02}.{month:02}.{year}"
    return str(year or "")


def _delimited(lines: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(lines)
    return written.getvalue().encode()
