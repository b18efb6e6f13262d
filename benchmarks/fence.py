"""What the fence costs among a million cases: each query with the rules, and the same one by the owner, without any.

Cases are counted by stage as the page does it, by a function of the database; beside it stands the plain count.

Goal: at most 3 times the query without a rule, and at most 20 ms where the measured table has shown it possible.
Run: python -m benchmarks.fence [--cases 1000000] [--rounds 30] [--json]
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from benchmarks.results import record
from benchmarks.world import panoh_of_its_own
from panoh.casework.fence_counts import COUNT_ALL

STAGES = "select stage, cases from app.stage_counts()"
AGENCIES, REGIONS, OF_A_WORKER = 60, 12, 35
# Past triggers and foreign keys, with the places that the triggers would give: only what the queries touch.
FILL = """
set session_replication_role = replica;
insert into access_agency (code, name, kind, country, district_id, is_active, age_key)
    select 'B' || n, 'Agency ' || n, 2, '',
        (select id from access_district order by region_code, id offset (n %% {regions}) * 3 limit 1), true, ''
    from generate_series(1, {agencies}) n;
insert into access_staff
    (username, display_name, email, agency_id, role, changed_role, is_active, password)
    select 'w' || n, 'Worker ' || n, '', a.id, 'caseworker', '', true, '!'
    from generate_series(1, {workers}) n join access_agency a on a.code = 'B' || (n %% {agencies} + 1);
insert into casework_family (code, agency_id, worker_id, papers_id, opened_on, sensitivity)
    select 'F-' || n, s.agency_id, s.id, gen_random_uuid(), current_date - (n * 7919 %% 1500)::int, 0
    from generate_series(1, {families}) n join access_staff s on s.username = 'w' || (n * 31 %% {workers} + 1);
update casework_family set place = id * 32, scope = agency_id * 4 + sensitivity;
insert into casework_person
    (code, identity_id, home_id, sex, birth_year, birth_precision, nationality, is_alone, place, scope)
    select 'P-' || f.id || '-' || m, gen_random_uuid(), f.id, 'f', 1990, 1, '', false, f.place, f.scope
    from casework_family f cross join generate_series(1, 4) m;
insert into casework_case
    (code, person_id, family_id, stage, opened_on, closing_reason, closing_circumstance, place, scope)
    select 'C-' || p.id, p.id, p.home_id, (array[10, 30, 40, 50, 60, 60, 70, 70])[p.id %% 8 + 1], f.opened_on, '', '',
        p.place, p.scope
    from casework_person p join casework_family f on f.id = p.home_id;
set session_replication_role = origin;
"""


def main() -> None:
    """Fill, ask each query as each role with and without the rules, print and record the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--cases", type=int, default=1_000_000)
    given.add_argument("--rounds", type=int, default=30)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    with panoh_of_its_own() as home:
        begun = time.perf_counter()
        fill(home, options.cases)
        filled = time.perf_counter() - begun
        rows = [*measure(home, options.rounds), *writers(home, options.rounds)]
    if options.json:
        print(json.dumps(rows))
    record("fence", f"The fence among {options.cases:,} cases (filled in {filled:.0f} s)", rows)


def connect(home, role):
    from panoh.web.embedded import parameters

    return psycopg.connect(**{**parameters(home, role), "dbname": "panoh"}, autocommit=True)


def fill(home, cases):
    families = cases // 4
    words = {"agencies": AGENCIES, "regions": REGIONS, "families": families, "workers": families // OF_A_WORKER}
    with connect(home, "super") as connection:
        connection.execute(FILL.format(**words).replace("%%", "%"))
        connection.execute(COUNT_ALL)
        connection.execute("vacuum analyze")


def actors():
    """Return somebody of each role, all of one agency."""
    from panoh.access.entrances import Actor
    from panoh.access.models import Agency, Staff

    agency = Agency.objects.get(code="B1")
    roles = {"agency": "supervisor", "region": "regional_coordinator", "national": "coordinator"}
    made = {
        name: Staff.objects.create_user(name, display_name=name, role=role, agency=agency)
        for name, role in roles.items()
    }
    worker = Staff.objects.filter(username__startswith="w", agency=agency).first()
    return {name: Actor.of(staff) for name, staff in {"worker": worker, **made}.items()}


def questions(actor):
    """Return the queries of the pages, as they name what they want."""
    from django.db.models import Count

    from panoh.casework.models import Case, Family
    from panoh.casework.queries import within

    with_family = Case.objects.filter(within(actor, "family"))
    return {
        "own caseload": Family.objects.filter(worker=actor.staff_id).order_by("-opened_on", "-id")[:200],
        "newest 50": Family.objects.filter(within(actor)).order_by("-opened_on", "-id")[:50],
        "count by stage": with_family.values_list("stage").annotate(number=Count("*")).order_by(),
        "open one": Family.objects.filter(within(actor), code=some_code(actor)),
    }


def some_code(actor):
    from panoh.access.tokens import acting_for
    from panoh.casework.models import Family
    from panoh.casework.queries import within

    with acting_for(actor.staff_id):
        return Family.objects.filter(within(actor)).values_list("code", flat=True).first()


def measure(home, rounds):
    """Yield a row per role and query: median and p95 in ms with the rules, median without, and how many times that."""
    from panoh.access.tokens import token_for

    with connect(home, "app") as fenced, connect(home, "owner") as free:
        for name, actor in actors().items():
            fenced.execute("select app.bear(%s)", [token_for(actor.staff_id)])
            for question, found in questions(actor).items():
                sql, parameters = found.query.sql_with_params()
                asked = (fenced, STAGES, None) if question == "count by stage" else (fenced, sql, parameters)
                told, took = set(), ([], [])
                for _ in range(rounds):  # in turns, so that what else the machine does falls on both
                    for (connection, *query), times in zip((asked, (free, sql, parameters)), took, strict=True):
                        begun = time.perf_counter()
                        rows = connection.execute(*query).fetchall()
                        times.append((time.perf_counter() - begun) * 1000)
                        told.add(tuple(sorted(rows)))
                assert len(told) == 1, f"{name}, {question}: with and without rules not the same"
                ruled, plain = (sorted(times) for times in took)
                yield {
                    "role": name,
                    "query": question,
                    "median ms": round(statistics.median(ruled), 2),
                    "p95 ms": round(ruled[int(len(ruled) * 0.95) - 1], 2),
                    "without rules ms": round(statistics.median(plain), 2),
                    "times": round(statistics.median(ruled) / statistics.median(plain), 2),
                }


def writers(home, rounds):
    """Yield how many changes a second one writer and four make, each a case of their own, under the rules.

    The four work for one agency and move cases between the same stages, so that all of them change the same counts.
    """
    from panoh.access.models import Staff
    from panoh.access.tokens import token_for

    staff = list(Staff.objects.filter(username__startswith="w", agency__code="B1")[:4])

    def write(worker):
        with connect(home, "app") as connection:
            connection.execute("select app.bear(%s)", [token_for(worker.pk)])
            (case,) = connection.execute("select id from casework_case where stage in (50, 60) limit 1").fetchone()
            for _ in range(rounds * 10):
                connection.execute("update casework_case set stage = 110 - stage where id = %s", [case])

    for number in (1, 4):
        begun = time.perf_counter()
        with ThreadPoolExecutor(number) as pool:
            list(pool.map(write, staff[:number]))
        rate = number * rounds * 10 / (time.perf_counter() - begun)
        yield {"role": f"{number} writers", "query": "changes a second", "median ms": round(rate), "p95 ms": "",
               "without rules ms": "", "times": ""}  # fmt: skip


if __name__ == "__main__":
    main()
