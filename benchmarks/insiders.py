"""How soon somebody who harvests files is noticed, and how often honest work raises an alarm: simulated weeks.

    python -m benchmarks.insiders [--weeks 1600] [--runs 1000] [--record]

The rules are those in use: `panoh.casework.watching.judge` on acts as the job reads them from the audit. Simulated are
an agency's rhythms: workers who lead 15 to 40 families and open 6 to 12 of them a day, supervisors who check, decide
and go through files with the team once a week, reception days, holiday cover, coordinators with complaints; and beside
them somebody who copies. The numbers are assumptions, written here to be argued with; no real person's days were read.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

if not settings.configured:
    settings.configure(USE_TZ=True, TIME_ZONE="Asia/Tashkent")

from benchmarks.results import record
from panoh.casework.watching import LONGEST, Act, judge

BEGINS = datetime(2026, 3, 2, 4, tzinfo=UTC)  # a Monday, nine in the morning in Tashkent
TICK = timedelta(minutes=5)  # how often the job looks
LEAD_WITHIN = timedelta(hours=25)  # as in the query that reads the audit
GOAL_FILES = 20
QUIET = timedelta(days=7)
WORKERS, DAY_HOURS = 5, 8


@dataclass
class Agency:
    """One team's week: whose file is whose, and when its lead opened it."""

    rng: random.Random
    files: list[int]
    opened: dict[int, list[datetime]]

    def is_alone(self, file: int, at: datetime) -> bool:
        return not any(at - LEAD_WITHIN < then <= at for then in self.opened[file])


def hour_of(rng: random.Random, day: int) -> datetime:
    return BEGINS + timedelta(days=day, minutes=rng.randrange(DAY_HOURS * 60))


def working_days(weeks: int) -> Iterator[int]:
    for week in range(weeks):
        yield from range(week * 7, week * 7 + 5)


def agency(rng: random.Random, weeks: int) -> Agency:
    """Return a team whose workers open 6 to 12 of their own files a day."""
    opened: dict[int, list[datetime]] = defaultdict(list)
    files: list[int] = []
    for _worker in range(WORKERS):
        own = list(range(len(files), len(files) + rng.randint(15, 40)))
        files += own
        for day in working_days(weeks):
            for file in rng.sample(own, min(len(own), rng.randint(6, 12))):
                opened[file].append(hour_of(rng, day))
    return Agency(rng, files, opened)


def some(rng: random.Random, mean: float) -> int:
    """Return a number of independent things of this mean. Source: Knuth, The Art of Computer Programming 2, 3.4.1."""
    limit, number, product = 2.718281828459045**-mean, 0, rng.random()
    while product > limit:
        number, product = number + 1, product * rng.random()
    return number


def refused(rng: random.Random, day: int) -> list[Act]:
    return [Act(hour_of(rng, day), "denied", rng.getrandbits(40)) for _ in range(some(rng, 0.3))]


def caseworker(team: Agency, weeks: int) -> list[Act]:
    """Return a worker's acts off the own work: questions from it, a reception day in twenty, mistyped codes."""
    acts: list[Act] = []
    for day in working_days(weeks):
        rng = team.rng
        acts += refused(rng, day)
        # Of a reception day's questions all but a few end in a registration, which is work.
        searches = some(rng, 0.7) + (some(rng, 1.8) if rng.random() < 1 / 20 else 0)
        for _search in range(searches):
            acts += [Act(hour_of(rng, day), "found", rng.getrandbits(40)) for _ in range(rng.choice((0, 1, 1, 2, 3)))]
        if rng.random() < 0.01:  # an emergency, perhaps on call
            at = hour_of(rng, day) + timedelta(hours=rng.choice((0, 12)))
            acts.append(Act(at, "file", rng.choice(team.files), is_alone=rng.random() < 0.3))
    return acts


def supervisor(team: Agency, weeks: int) -> list[Act]:
    """Return a supervisor's: decisions with a step, files a worker just brought, checks alone, a day with the team."""
    acts: list[Act] = []
    for day in working_days(weeks):
        rng = team.rng
        acts += refused(rng, day)
        cover = 1.5 if rng.random() < 0.1 else 1.0  # a colleague is on holiday
        for _file in range(round(rng.randint(6, 14) * cover)):
            acts.append(Act(hour_of(rng, day), "file", rng.choice(team.files), is_alone=False))
        for _check in range(some(rng, 1.2)):
            at, file = hour_of(rng, day), rng.choice(team.files)
            acts.append(Act(at, "file", file, team.is_alone(file, at)))
        if day % 7 == 3:
            begun = BEGINS + timedelta(days=day, hours=2)
            for number, file in enumerate(rng.sample(team.files, min(len(team.files), rng.randint(20, 40)))):
                alone = rng.random() < 0.05 and team.is_alone(file, begun)
                acts.append(Act(begun + timedelta(minutes=5 * number), "file", file, alone))
    return acts


def reception_officer(team: Agency, weeks: int) -> list[Act]:
    """Return those of who receives groups: two reception days a month with 30 to 80 files, most with a step in them."""
    acts: list[Act] = []
    for day in working_days(weeks):
        rng = team.rng
        acts += refused(rng, day)
        for _file in range(rng.randint(30, 80) if rng.random() < 0.1 else some(rng, 2)):
            acts.append(Act(hour_of(rng, day), "file", rng.getrandbits(40), is_alone=rng.random() < 0.08))
    return acts


def coordinator(team: Agency, weeks: int) -> list[Act]:
    """Return those of who looks after a country: decisions with a step, complaints and questions alone."""
    acts: list[Act] = []
    for day in working_days(weeks):
        rng = team.rng
        acts += refused(rng, day)
        acts += [Act(hour_of(rng, day), "file", rng.getrandbits(40), is_alone=False) for _ in range(rng.randint(3, 8))]
        acts += [Act(hour_of(rng, day), "file", rng.getrandbits(40), is_alone=True) for _ in range(some(rng, 1.5))]
        acts += [Act(hour_of(rng, day), "found", rng.getrandbits(40)) for _ in range(some(rng, 1.5))]
    return acts


Work = Callable[[Agency, int], list[Act]]
HONEST: dict[str, tuple[Work, int]] = {  # of 100 members of staff, about so many
    "caseworker": (caseworker, 75), "supervisor": (supervisor, 15), "reception_officer": (reception_officer, 6),
    "coordinator": (coordinator, 4),
}  # fmt: skip


# --- harvests ----------------------------------------------------------------------------------------------------


def in_the_agency(a_day: tuple[int, int], apart: tuple[int, int] | None) -> Work:
    """Return a harvest of the own agency's files: so many a day, minutes apart or at any hour."""

    def harvest(team: Agency, weeks: int) -> list[Act]:
        left = team.rng.sample(team.files, len(team.files))
        acts: list[Act] = []
        for day in working_days(weeks):
            at = BEGINS + timedelta(days=day, hours=team.rng.random() * 4)
            for _file in range(min(len(left), team.rng.randint(*a_day))):
                at = at + timedelta(minutes=team.rng.randint(*apart)) if apart else hour_of(team.rng, day)
                file = left.pop()
                acts.append(Act(at, "file", file, team.is_alone(file, at)))
        return acts

    return harvest


def in_the_country(a_day: tuple[int, int], apart: tuple[int, int]) -> Work:
    """Return a harvest across agencies; about one file in four was opened by its lead that day."""

    def harvest(team: Agency, weeks: int) -> list[Act]:
        acts: list[Act] = []
        for day in working_days(weeks):
            at = BEGINS + timedelta(days=day, hours=team.rng.random() * 4)
            for _file in range(team.rng.randint(*a_day)):
                at += timedelta(minutes=team.rng.randint(*apart))
                acts.append(Act(at, "file", team.rng.getrandbits(40), is_alone=team.rng.random() < 0.72))
        return acts

    return harvest


def by_names(a_day: int) -> Work:
    """Return a harvest by a list of names, searched for everywhere: nobody to five people found with each."""

    def harvest(team: Agency, weeks: int) -> list[Act]:
        acts: list[Act] = []
        for day in working_days(weeks):
            at = BEGINS + timedelta(days=day)
            for _search in range(a_day):
                at += timedelta(minutes=team.rng.randint(2, 10))
                found = team.rng.choice((0, 0, 1, 1, 1, 2, 3, 5))
                acts += [Act(at, "found", team.rng.getrandbits(40)) for _ in range(found)]
        return acts

    return harvest


HARVESTS: dict[str, tuple[str, Work]] = {
    "fast, 40 to 80 a day": ("supervisor", in_the_agency((40, 80), (1, 3))),
    "slow, 6 a day": ("supervisor", in_the_agency((6, 6), None)),
    "by district, 15 a day": ("coordinator", in_the_country((15, 15), (2, 12))),
    "slow across the country, 6 a day": ("coordinator", in_the_country((6, 6), (10, 60))),
    "by relations, 8 to 12 a day": ("coordinator", in_the_country((8, 12), (1, 6))),
    "by a list of names, 30 searches a day": ("caseworker", by_names(30)),
    "by a list of names, 6 searches a day": ("caseworker", by_names(6)),
}


def alarms(role: str, acts: list[Act], *, first_from: datetime | None = None) -> list[tuple[datetime, str]]:
    """Return when which rule is raised: at the job's next look, and the same one once a week.

    first_from: end with the first alarm from then on.
    """
    raised: dict[str, datetime] = {}
    found = []
    known: list[Act] = []
    for act in sorted(acts, key=lambda one: one.at):
        known = [one for one in known if one.at > act.at - LONGEST] + [act]
        for passed in judge(role, known, act.at):
            code = passed.rule.code
            if code not in raised or act.at - raised[code] >= QUIET:
                raised[code] = act.at
                found.append((act.at + TICK, code))
                if first_from and act.at >= first_from:
                    return found
    return found


def main() -> None:
    """Simulate, print, and keep the table in RESULTS.md when asked to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weeks", type=int, default=1600, help="of work, for each role")
    options.add_argument("--runs", type=int, default=1000, help="of each harvest")
    options.add_argument("--seed", type=int, default=20260303, help="another than the limits were tuned by (20260302)")
    options.add_argument("--record", action="store_true")
    given = options.parse_args()
    rng = random.Random(given.seed)  # the same weeks each time
    rows = [*honest(rng, given.weeks), *harvests(rng, given.runs)]
    if given.record:
        told = f"{given.runs:,} of each harvest and {given.weeks:,} weeks of each role, simulated"
        record("insiders", f"Harvests noticed, and honest work that raised an alarm: {told}", rows)
    else:
        for row in rows:
            print(row)


def honest(rng: random.Random, weeks: int) -> Iterator[dict[str, object]]:
    together = 0.0
    for role, (work, share) in HONEST.items():
        raised = [found for _run in range(weeks // 8) for found in alarms(role, work(agency(rng, 8), 8))]
        rate = 100 * len(raised) / (weeks // 8 * 8)
        together += rate * share / 100
        rules = ", ".join(sorted({code for _at, code in raised})) or "none"
        yield row(f"false alarms, {role}: {rules}", round(rate, 2), "per 100 worker-weeks", "")
    yield row("false alarms, all staff together", round(together, 2), "per 100 worker-weeks", "1")


def harvests(rng: random.Random, runs: int) -> Iterator[dict[str, object]]:
    for name, (role, harvest) in HARVESTS.items():
        taken = []
        for _run in range(runs):
            team = agency(rng, 3)
            before = [act for act in HONEST[role][0](team, 3) if act.at < BEGINS + timedelta(days=7)]
            theft = [Act(a.at + timedelta(days=7), a.what, a.of, a.is_alone) for a in harvest(team, 2)]
            own = [act for act in HONEST[role][0](team, 3) if act.at >= BEGINS + timedelta(days=7)]
            raised = alarms(role, [*before, *own, *theft], first_from=BEGINS + timedelta(days=7))
            first = min(
                (at for at, _code in raised if at >= BEGINS + timedelta(days=7)), default=BEGINS + timedelta(days=99)
            )
            taken.append(sum(act.at <= first for act in theft))
        share = 100 * sum(number < GOAL_FILES for number in taken) / len(taken)
        middle = sorted(taken)[len(taken) // 2]
        yield row(f"{name}: noticed before {GOAL_FILES} files (half of them by {middle})", round(share, 1), "%", "95")


def row(what: str, measured: object, unit: str, goal: str) -> dict[str, object]:
    return {"what": what, "measured": measured, "unit": unit, "goal": goal}


if __name__ == "__main__":
    main()
