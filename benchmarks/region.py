"""The region's pages: a plan of 300 actions × 30 countries, 5,000 lessons, 2,000 proposals. Goal: p95 below 100 ms.

Run: python -m benchmarks.region [--rounds 60] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import date, timedelta
from string import ascii_uppercase

from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

STATES = [f"X{letter}" for letter in ascii_uppercase] + ["UZ", "KZ", "TJ", "KG"]
PILLARS, AREAS, ACTIONS = 4, 5, 15
LESSONS, PROPOSALS = 5_010, 2_000
WORDS = {
    "en": "school birth record guardian grandmother teacher mahalla visit trust district office doctor language court"
    " allowance bus training psychologist neighbour summer certificate notary register",
    "ru": "школа свидетельство рождение опекун бабушка учитель махалля визит доверие район ведомство врач язык суд"
    " пособие автобус обучение психолог сосед лето документ нотариус запись",
}
WORDS = {language: words.split() for language, words in WORDS.items()}


def main() -> None:
    """Fill, ask each page as the secretariat and as a focal point, print and record the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rounds", type=int, default=60)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    with panoh_of_its_own():
        people = fill()
        rows = list(measure(people, options.rounds))
    if options.json:
        print(json.dumps(rows))
    title = (
        f"{PILLARS * AREAS * ACTIONS} actions × {len(STATES)} countries, {LESSONS:,} lessons, {PROPOSALS:,} proposals"
    )
    record("region", title, rows)


def fill():
    """Fill the tables in bulk; return staff by role."""
    from panoh.access.models import Agency, Staff
    from panoh.access.tokens import acting_for

    agencies = {
        country: Agency.objects.create(code=f"R{country}", name=f"Office {country}", kind=1, country=country)
        for country in ("", *STATES)
    }
    people = {
        role: Staff.objects.create_user(role, "x", display_name=role, role=role, agency=agencies[country])
        for role, country in (("secretariat", ""), ("focal_point", "UZ"))
    }
    with acting_for(people["secretariat"].pk):
        plan()
        proposals()
    for number, country in enumerate(STATES):
        editor = Staff.objects.create_user(
            f"editor.{country}", "x", display_name=country, role="exchange_editor", agency=agencies[country]
        )
        with acting_for(editor.pk):  # a country agrees for itself
            lessons(country, people["secretariat"], random.Random(number))
    tidy()
    return people


def tidy():
    """Bring the tables into the order in which a database keeps them that runs for longer."""
    import psycopg

    from panoh.web.embedded import parameters
    from panoh.web.home import home

    with psycopg.connect(**parameters(home(), "owner"), autocommit=True) as connection:
        connection.execute("vacuum analyze")


def plan():
    """A plan in force, a status of nearly every action in nearly every country."""
    from panoh.access.wordings import Wording
    from panoh.plan.models import Area, Pillar, Plan, PlanAction, Status

    rng, day = random.Random(1), date(2026, 1, 1)
    made = Plan.objects.create(
        code="region", title=Wording(en="A joint plan"), states=STATES, edition=1, state=2, starts=day
    )
    for number in range(1, PILLARS + 1):
        pillar = Pillar.objects.create(plan=made, number=number, title=Wording(en=f"Pillar {number}"))
        for a in range(1, AREAS + 1):
            area = Area.objects.create(pillar=pillar, code=f"{number}.{a}", title=Wording(en=words(rng, "en", 6)))
            PlanAction.objects.bulk_create(
                PlanAction(
                    plan=made, area=area, code=f"{number}.{a}.{n}",
                    text=Wording(en=words(rng, "en", 12), ru=words(rng, "ru", 12)),
                    starts=day + timedelta(rng.randrange(400)), ends=day + timedelta(400 + rng.randrange(800)),
                )
                for n in range(1, ACTIONS + 1)
            )  # fmt: skip
    Status.objects.bulk_create(
        (
            Status(action=action, country=country, state=rng.choice((1, 2, 2, 4, 5)), on=day, source="A report")
            for action in made.actions.all()
            for country in STATES
            if rng.random() < 0.9
        ),
        batch_size=2000,
    )


def lessons(country, reviewer, rng):
    """A country's share of the lessons, in English or Russian."""
    from panoh.access.wordings import Wording
    from panoh.exchange.models import Lesson

    Lesson.objects.bulk_create(
        Lesson(
            kind=rng.randrange(1, 6), strength=rng.randrange(1, 4), country=country, secrecy=1, state=3,
            reviewed_by=reviewer, consent_by="The ministry", consent_on=date(2026, 1, 1),
            tags=rng.sample(WORDS["en"], 2),
            **{
                name: Wording({language: words(rng, language, length)})
                for language in [rng.choice(("en", "ru"))]
                for name, length in (("title", 7), ("context", 40), ("tried", 60), ("outcome", 40))
            },
        )
        for _ in range(LESSONS // len(STATES))
    )  # fmt: skip


def proposals():
    """Proposals, and a position of every second country on every tenth."""
    from panoh.access.wordings import Wording
    from panoh.exchange.models import Position, Proposal

    rng = random.Random(3)
    made = Proposal.objects.bulk_create(
        Proposal(
            title=Wording(en=words(rng, "en", 8)), text=Wording(en=words(rng, "en", 40)), proposer="A ministry",
            country=rng.choice(STATES), state=2,
        )
        for _ in range(PROPOSALS)
    )  # fmt: skip
    Position.objects.bulk_create(
        Position(proposal=one, country=country, stance=rng.randrange(1, 6), taken_on=date(2026, 2, 1))
        for one in made[::10]
        for country in STATES[::2]
    )


def words(rng, language, number):
    """Return so many words of a language."""
    return " ".join(rng.choices(WORDS[language], k=number)).capitalize()


def measure(people, rounds):
    """Yield a row per page and role: median, p95 and worst in ms, queries, kB compressed."""
    from django.test import Client

    from benchmarks.timing import timed
    from panoh.access.tokens import acting_for
    from panoh.exchange.models import Lesson, Proposal

    rng = random.Random(7)
    with acting_for(people["secretariat"].pk):
        lesson, proposal = Lesson.objects.first().code, Proposal.objects.first().code
    pages = {
        "Plan": lambda: "/joint-plan/region/",
        "Matrix": lambda: "/joint-plan/region/actions/",
        "Matrix, one pillar": lambda: "/joint-plan/region/actions/?pillar=2",
        "Timeline": lambda: "/joint-plan/region/timeline/",
        "Progress": lambda: "/joint-plan/region/progress/",
        "Late": lambda: "/joint-plan/region/late/",
        "Lessons": lambda: "/exchange/lessons/",
        "Lessons, words": lambda: f"/exchange/lessons/?q={rng.choice(WORDS['en'])}+{rng.choice(WORDS['en'])}",
        "Lessons, Russian words": lambda: f"/exchange/lessons/?q={rng.choice(WORDS['ru'])}",
        "Lessons, part of a word": lambda: f"/exchange/lessons/?q={rng.choice(WORDS['en'])[:5]}",
        "One lesson": lambda: f"/exchange/lessons/{lesson}/",
        "Proposals": lambda: "/exchange/proposals/",
        "Proposals, positions": lambda: "/exchange/proposals/matrix/",
        "One proposal": lambda: f"/exchange/proposals/{proposal}/",
    }
    for role, staff in people.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(staff)
        for name, address in pages.items():
            yield {"page": name, "role": role, **timed(client, address, rounds)}


if __name__ == "__main__":
    main()
