"""A Panoh of a chosen size in a PANOH_HOME of its own, for the benchmarks; everybody in it is made up."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path


@contextlib.contextmanager
def panoh_of_its_own() -> Iterator[Path]:
    """Give a temporary PANOH_HOME with a migrated database and Django set up in this process; clear up at the end."""
    home = Path(tempfile.mkdtemp(prefix="panoh-bench-"))
    os.environ.update(PANOH_HOME=str(home), PANOH_DEMO="1")
    os.environ.pop("DATABASE_URL", None)
    from panoh.web.serving import collect_static, load_what_all_share, prepare

    prepare()
    collect_static()
    load_what_all_share()
    try:
        yield home
    finally:
        subprocess.run([sys.executable, "-c", "from panoh.web.cli import main; main()", "db", "down"], check=False)
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def beyond_the_fence() -> Iterator[None]:
    """Let Django work as the database's superuser: filling in bulk is nobody's step."""
    from django.db import connection

    from panoh.web.embedded import parameters
    from panoh.web.home import home

    named = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    told = parameters(home(), "super")
    before = {name: connection.settings_dict[name] for name in named}
    connection.close()
    connection.close_pool()
    connection.settings_dict.update({name: str(told[key]) for name, key in named.items()})
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        connection.settings_dict.update(before)


def fill(persons: int, *, seed: int = 1) -> dict[str, object]:
    """Fill the tables in bulk with families of four, cases, needs, steps, visits; return staff by role."""
    with beyond_the_fence():
        return _filled(persons, seed)


def _filled(persons: int, seed: int) -> dict[str, object]:
    from panoh.access.clock import today
    from panoh.access.models import Agency, District, Staff
    from panoh.casework.models import Case, Family, Membership, Need, Person, PlanItem, Relationship, StageChange, Visit
    from panoh.vault import actions as vault
    from panoh.vault.queries import BirthDate, IdentityFacts, Name

    rng = random.Random(seed)
    agencies = [
        Agency.objects.create(code=f"B{n:03}", name=f"Agency {n}", kind=Agency.Kind.SOCIAL_SERVICE) for n in range(20)
    ]
    workers = [
        Staff(username=f"w{n}", display_name=f"Worker {n}", agency=agencies[n % 20], role="caseworker", password="!")
        for n in range(persons // 120 + 1)
    ]
    Staff.objects.bulk_create(workers)
    people = {
        role: Staff.objects.create_user(role, "x", display_name=role, role=role, agency=agencies[0])
        for role in ("supervisor", "coordinator")
    }
    people["caseworker"] = Staff.objects.get(username="w0")
    districts, day = list(District.objects.all()), today()
    batch = 2000
    for begun in range(0, persons // 4, batch):
        count = min(batch, persons // 4 - begun)
        families = Family.objects.bulk_create(
            Family(
                agency=(worker := rng.choice(workers)).agency,
                worker=worker,
                district=rng.choice(districts),
                papers_id=key,
                opened_on=day - timedelta(rng.randint(1, 1500)),
            )
            for key in vault.make_keys_for("family", count)
        )
        facts = [
            IdentityFacts(
                names=(Name(f"Nomdor {rng.randint(1, 10**9)} Oila", "official", "Latn", "benchmark"),),
                birth=BirthDate(2015, 5, 5, "day"),
            )
            for _ in range(count * 4)
        ]
        identities = vault.keep_identities(facts)
        persons_made = Person.objects.bulk_create(
            Person(
                identity_id=identity,
                home=families[n // 4],
                sex="f",
                birth_precision=1,
                birth_year=1990 if n % 4 == 0 else 2015,
            )
            for n, identity in enumerate(identities)
        )
        of = {person.pk: families[n // 4] for n, person in enumerate(persons_made)}
        Membership.objects.bulk_create(
            Membership(family=of[p.pk], person=p, kinship="mother" if n % 4 == 0 else "child", since=of[p.pk].opened_on)
            for n, p in enumerate(persons_made)
        )
        cases = []
        for p in persons_made:
            case = Case(
                person=p,
                family=of[p.pk],
                stage=rng.choice((10, 30, 40, 50, 60, 60, 70, 70)),
                opened_on=of[p.pk].opened_on,
            )
            cases.append(case)
        Case.objects.bulk_create(cases)
        StageChange.objects.bulk_create(
            StageChange(case=c, to_stage=s, on=day) for c in cases for s in (30, 40, c.stage)
        )
        Relationship.objects.bulk_create(
            Relationship(subject=persons_made[n - n % 4], kind="parent", other=p, evidence="on_list")
            for n, p in enumerate(persons_made)
            if n % 4
        )
        needs = Need.objects.bulk_create(
            Need(
                case=c,
                domain=rng.choice(("papers", "health", "learning")),
                urgency=rng.choice((1, 2, 3)),
                recorded_on=day,
            )
            for c in cases[::2]
        )
        PlanItem.objects.bulk_create(
            PlanItem(
                need=n,
                service="DOC-10",
                provider=rng.choice(agencies),
                responsible=n.case.family.worker,
                due=day + timedelta(rng.randint(-20, 60)),
                planned_on=day,
            )
            for n in needs
        )
        Visit.objects.bulk_create(
            Visit(family=f, kind="follow_up", planned_on=day + timedelta(rng.randint(-10, 90)), by=f.worker)
            for f in families
        )
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return dict(people)


MEMBERS, YEARS = 12, 5


def long_file(worker):
    """Make a family of twelve with five years of work, by the real steps, and return its code.

    Twenty-four visits and notes a year, an assessment of each member every half year, three needs of each with two
    steps, help each quarter, texts put right.
    """
    from decimal import Decimal

    from panoh.access.clock import moved, today
    from panoh.access.entrances import Actor
    from panoh.access.models import Staff
    from panoh.casework import actions
    from panoh.vault.queries import BirthDate, IdentityFacts, Name

    boss, me = Actor.of(Staff.objects.get(username="coordinator")), Actor.of(worker)
    words = "She goes to school, sleeps well and asks for her aunt. " * 6
    with moved(-365 * YEARS):
        family = actions.create_family(boss, agency=worker.agency, worker=worker)
        people = []
        for n in range(MEMBERS):
            born = 1985 if n < 2 else 2004 + n
            facts = IdentityFacts((Name(f"Nomdor {'ABCDEFGHIJKL'[n]}ila"),), BirthDate(born, precision="year"))
            kinship = "mother" if not n else "father" if n == 1 else "child"
            people.append(actions.register_person(boss, family, facts=facts, sex="mf"[n % 2], kinship=kinship))
        cases = [actions.open_case(boss, family, person, stage="reception", on=today()) for person in people]
        actions.state_relationship(me, people[0], kind="spouse", other=people[1])
        for child in people[2:]:
            for parent in people[:2]:
                actions.state_relationship(me, parent, kind="parent", other=child)
        needs = [
            actions.record_need(me, case, domain=domain, urgency=2, words=words)
            for case in cases
            for domain in ("papers", "health", "learning")
        ]
    for month in range(12 * YEARS):
        with moved(-30 * (12 * YEARS - month)):
            for _ in range(2):
                actions.make_visit(me, family, kind="follow_up", on=today(), report=words)
                actions.write_note(me, family, text=words)
            for need in needs[month::60]:
                step = actions.plan_step(me, need, service="DOC-10", responsible=worker, due=today())
                actions.settle_step(me, step, outcome="partly")
                actions.plan_step(me, need, service="DOC-10", responsible=worker, due=today())
                actions.reword_need(me, need, words=words)
            if month % 6 == 0:
                for case in cases:
                    actions.assess(me, case, on=today(), found={}, own_view=words)
            if month % 3 == 0:
                actions.give_assistance(me, cases[month % 12], service="DOC-11", quantity=Decimal(1), unit="kit")
    return family.code
