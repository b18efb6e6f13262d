"""People found by a name in another script, in the real vault: sealed, in PostgreSQL, beside what peers find in clear.

    python -m benchmarks.name_search --entities entities.tsv --names names.tsv --distractors distractors.tsv.xz \
        --size 200000 [--source everypolitician] [--peers] [--json]

The protocol is that of benchmarks/name_search_model.py. A peer sees the names in clear: pg_trgm in the same database on
anyascii text, RapidFuzz over a list in memory, nomenklatura's LogicV2 on what RapidFuzz finds best.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.name_search_model import ARAB_STATES, CENTRAL_ASIA, Query, world
from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

BATCH = 1000
FIRST = 20_000
MOST = 10
Search = Callable[[str], Sequence[str]]


# --- the register ------------------------------------------------------------------------------------------------


def _seal(people: Sequence[tuple[str, int]]) -> list[UUID]:
    from panoh.vault.actions import keep_identities
    from panoh.vault.queries import BirthDate, IdentityFacts, Name

    return keep_identities(
        [
            IdentityFacts((Name(text),), BirthDate(year, precision="year") if year else BirthDate())
            for text, year in people
        ]
    )


def fill(people: Sequence[tuple[str, int]]) -> tuple[list[UUID], float]:
    """Seal everybody, in two processes; return their identities in order and the seconds it took, index and all."""
    from django.db import connection

    from panoh.vault import finding

    begun = time.perf_counter()
    identities: list[UUID] = []
    first = [people[at : at + BATCH] for at in range(0, min(FIRST, len(people)), BATCH)]
    rest = [people[at : at + BATCH] for at in range(FIRST, len(people), BATCH)]
    for part in (first, rest):
        connection.close()
        connection.close_pool()  # the copies of this process must not talk on its connections
        with get_context("fork").Pool(2) as pool:
            for made in pool.imap(_seal, part):
                identities += made
        finding.recount()
    as_owner("vacuum analyze finding.entry", "vacuum analyze vault_sealedpart", "analyze")
    return identities, time.perf_counter() - begun


def as_owner(*statements: str) -> list[Any]:
    """Run statements as the owner of the database; return the rows of the last."""
    import psycopg

    from panoh.web.embedded import parameters
    from panoh.web.home import home

    with psycopg.connect(**parameters(home(), "owner"), autocommit=True) as owner:
        for statement in statements:
            cursor = owner.execute(statement)
        return cursor.fetchall() if cursor.description else []


# --- who is asked ------------------------------------------------------------------------------------------------


def panoh(identities: Sequence[UUID], texts: Sequence[str]) -> Callable[[Query], tuple[list[str], list[float]]]:
    """Return the vault's search as one that takes a question and gives the stored texts with their likeness."""
    from panoh.names import BirthGuess
    from panoh.vault.searching import search

    text_of = dict(zip(identities, texts, strict=True))

    def ask(query: Query) -> tuple[list[str], list[float]]:
        found = search(query.text, born=BirthGuess(), kinds=(1,), most=MOST)
        return [text_of[hit.identity_id] for hit in found.hits], [hit.score.value for hit in found.hits]

    return ask


def pg_trgm(texts: Sequence[str]) -> Callable[[Query], tuple[list[str], list[float]]]:
    """Return a search by trigrams of the anyascii text, in clear."""
    import psycopg
    from anyascii import anyascii

    from panoh.web.embedded import parameters
    from panoh.web.home import home

    as_owner("create extension if not exists pg_trgm", "create table peer_trgm (row int, text text)")
    owner = psycopg.connect(**parameters(home(), "owner"), autocommit=True)
    with owner.cursor() as cursor, cursor.copy("copy peer_trgm from stdin") as copy:
        for row, text in enumerate(texts):
            copy.write_row((row, anyascii(text).lower()))
    as_owner("create index on peer_trgm using gin (text gin_trgm_ops)", "vacuum analyze peer_trgm")

    def ask(query: Query) -> tuple[list[str], list[float]]:
        text = anyascii(query.text).lower()
        rows = owner.execute(
            "select row, similarity(text, %s) as alike from peer_trgm where text %% %s order by alike desc limit 10",
            [text, text],
        ).fetchall()
        return [texts[row] for row, _ in rows], [alike for _, alike in rows]

    return ask


def rapidfuzz(texts: Sequence[str]) -> Callable[[Query], tuple[list[str], list[float]]]:
    """Return a search over the whole list by Jaro-Winkler of sorted anyascii words, in clear and in memory."""
    from anyascii import anyascii
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    plain = [" ".join(sorted(anyascii(text).lower().split())) for text in texts]

    def ask(query: Query) -> tuple[list[str], list[float]]:
        text = " ".join(sorted(anyascii(query.text).lower().split()))
        found = process.extract(text, plain, scorer=JaroWinkler.similarity, limit=MOST)
        return [texts[at] for _, _, at in found], [alike for _, alike, _ in found]

    return ask


def nomenklatura(texts: Sequence[str]) -> Callable[[Query], tuple[list[str], list[float]]]:
    """Return LogicV2 over the forty that RapidFuzz finds best."""
    from anyascii import anyascii
    from followthemoney import model
    from nomenklatura.matching import get_algorithm
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    logic = get_algorithm("logic-v2")
    config = logic.default_config()
    plain = [" ".join(sorted(anyascii(text).lower().split())) for text in texts]

    def person(number: str, name: str) -> Any:
        made = model.make_entity("Person")
        made.id = number
        made.add("name", name)
        return made

    def ask(query: Query) -> tuple[list[str], list[float]]:
        text = " ".join(sorted(anyascii(query.text).lower().split()))
        asked = person(f"q{query.row}{query.kind}", query.text)
        drawn = process.extract(text, plain, scorer=JaroWinkler.similarity, limit=40)
        scored = [(logic.compare(asked, person(f"r{at}", texts[at]), config).score, at) for _, _, at in drawn]
        best = sorted(scored, key=lambda one: -one[0])[:MOST]
        return [texts[at] for _, at in best], [score for score, _ in best]

    return ask


# --- what came of it ---------------------------------------------------------------------------------------------


def share(ranks: Iterable[int], within: int) -> float:
    """Return the share of questions whose answer stood among the first so many."""
    ranks = list(ranks)
    return round(sum(0 < rank <= within for rank in ranks) / len(ranks), 3) if ranks else float("nan")


def tried(
    ask: Callable[[Query], tuple[list[str], list[float]]], queries: Sequence[Query], texts: Sequence[str]
) -> dict[str, Any]:
    """Ask every question once, after a few to warm up; return hit rates and times."""
    for query in queries[:20]:
        ask(query)
    ranks: dict[Query, int] = {}
    spent = []
    for query in queries:
        begun = time.perf_counter()
        answers, _ = ask(query)
        spent.append((time.perf_counter() - begun) * 1000)
        ranks[query] = answers.index(texts[query.row]) + 1 if texts[query.row] in answers else 0
    return {**hits(ranks), **times(spent)}


def hits(ranks: dict[Query, int]) -> dict[str, Any]:
    """Return the hit rates in all, by pair of scripts and by group of countries."""
    by: dict[str, dict[str, list[int]]] = {"x": defaultdict(list), "s": defaultdict(list)}
    for query, rank in ranks.items():
        by[query.kind]["all"].append(rank)
        by[query.kind][query.scripts].append(rank)
        for group, states in (("central_asia", CENTRAL_ASIA), ("arab_states", ARAB_STATES)):
            if query.country in states:
                by[query.kind][group].append(rank)
    told = {
        group: {"n": len(found), "r1": share(found, 1), "r10": share(found, MOST)}
        for group, found in sorted(by["x"].items())
    }
    groups = ("central_asia", "arab_states")
    return {
        "cross_r1": told["all"]["r1"],
        "cross_r10": told["all"]["r10"],
        "same_r1": share(by["s"]["all"], 1),
        "same_r10": share(by["s"]["all"], MOST),
        "n": len(ranks),
        "by_scripts": {group: found for group, found in told.items() if "->" in group},
        "by_group": {group: told[group] for group in groups if group in told},
    }


def times(spent: Sequence[float]) -> dict[str, float]:
    """Return the median and the slow end, in milliseconds."""
    ordered = sorted(spent)
    return {
        "p50_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("entities", "names", "distractors"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--source")
    parser.add_argument("--half", choices=("tuning", "held-out"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=1500, help="ask at most so many questions of each source and kind")
    parser.add_argument("--peers", action="store_true", help="ask pg_trgm, RapidFuzz and, if installed, nomenklatura")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    texts, years, queries = world(args)
    kept: Counter[tuple[str, str]] = Counter()
    shuffled = random.Random(args.seed).sample(queries, len(queries))
    queries = [q for q in shuffled if kept.update([(q.source, q.kind)]) or kept[q.source, q.kind] <= args.most]
    with panoh_of_its_own():
        found = measured(texts, [int(year) for year in years], queries, peers=args.peers)
    if args.json:
        print(json.dumps(found))
    table(args, found)


def measured(
    texts: Sequence[str], years: Sequence[int], queries: Sequence[Query], *, peers: bool
) -> dict[str, dict[str, Any]]:
    """Fill the vault, ask it and the peers; return what each found."""
    identities, seconds = fill(list(zip(texts, years, strict=True)))
    size = "select pg_total_relation_size('finding.entry') + pg_total_relation_size('finding.frequency')"
    ours = {"build_s": round(seconds, 1), "index_mb": round(as_owner(size)[0][0] / 2**20, 1)}
    found = {"panoh": {**tried(panoh(identities, texts), queries, texts), **ours}}
    for name, peer in {"pg_trgm": pg_trgm, "rapidfuzz": rapidfuzz, "nomenklatura": nomenklatura}.items():
        if not peers:
            break
        begun = time.perf_counter()
        try:
            ask = peer(texts)
        except ImportError as error:
            print(f"{name}: {error.name} is not installed, left out", file=sys.stderr)
            continue
        built = round(time.perf_counter() - begun, 1)
        asked = queries if name != "nomenklatura" else queries[:400]
        found[name] = {**tried(ask, asked, texts), "build_s": built}
    return found


def table(args: argparse.Namespace, found: dict[str, dict[str, Any]]) -> None:
    """Print and keep the figures, a line for each that was asked."""
    columns = ("cross_r1", "cross_r10", "same_r1", "same_r10", "n", "p50_ms", "p95_ms", "p99_ms", "build_s", "index_mb")
    groups = ("central_asia", "arab_states")
    rows: list[dict[str, object]] = []
    for name, figures in found.items():
        of_groups = {
            f"{group} {rate}": figures["by_group"].get(group, {}).get(rate, "")
            for group in groups
            for rate in ("r1", "r10")
        }
        rows.append({"": name, **{column: figures.get(column, "") for column in columns}, **of_groups})
    title = f"{args.source or 'all sources'}, {args.half or 'all entities'}, {args.size:,} people"
    record(f"name search {title}", f"Names found: {title}", rows)


if __name__ == "__main__":
    main()
