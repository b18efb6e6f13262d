"""How well names are found across scripts, in a model of the register's index held in memory.

    .venv/bin/python benchmarks/name_search_model.py --entities dev/entities.tsv --names dev/names.tsv \
        --distractors distractors.tsv.xz --size 200000 [--source everypolitician] [--half held-out] [--seed 1]

The model answers exactly what PostgreSQL answers: rows whose key set overlaps ``use``, ranked by a sum over classes of
weight times common keys, limited; keys above the cap are not stored. Needs numpy.

With --times 10 a million rows stand for ten million people: then "candidate" (the share of questions whose answer is
among those opened) and the rows touched tell something, r@1 and r@10 do not.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import math
import random
import resource
import statistics
import sys
import time
import zlib
from collections import Counter, defaultdict
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np

from panoh.names import keys, parse, similarity
from panoh.vault.planning import CAP_SHARE, plan

ARAB_STATES = frozenset(
    {
        *(
            "Algeria",
            "Bahrain",
            "Egypt",
            "Iraq",
            "Jordan",
            "Kuwait",
            "Lebanon",
            "Libya",
            "Mauritania",
            "Morocco",
            "Oman",
        ),
        *(
            "Palestine",
            "Qatar",
            "Saudi_Arabia",
            "Somalia",
            "Sudan",
            "Syria",
            "Tunisia",
            "United_Arab_Emirates",
            "Yemen",
        ),
    }
)
CENTRAL_ASIA = frozenset(["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"])


class Query(NamedTuple):
    text: str
    row: int
    kind: str  # x: another script, s: the same
    source: str
    country: str
    scripts: str
    year: int
    half: str = "tuning"


class Answer(NamedTuple):
    query: Query
    rank: int  # 0 where not found
    was_candidate: bool
    true_score: float
    others: np.ndarray  # scores of the other candidates
    others_near_year: np.ndarray
    candidates: int
    rows: int
    seconds: float
    scoring_seconds: float
    best: str


def key_hash(text: str) -> int:
    return zlib.crc32(text.encode())


def keys_of_rows(texts: list[str]) -> tuple[np.ndarray, np.ndarray, Counter[str]]:
    """The hashed keys of many names: lengths, keys with the class in bit 32, and skeleton counts."""
    lengths, found, seen = [], [], Counter()
    for text in texts:
        name = parse(text)
        made = keys(name)
        mine = [key_hash("p" + key) for key in made.pairs] + [
            key_hash(key) | 1 << 32 for key in made.tokens | made.near
        ]
        lengths.append(len(mine))
        found.extend(mine)
        seen.update({bare for part in name.parts for bare in part.skeletons[:1]})
    return np.array(lengths, np.int32), np.array(found, np.int64), seen


class Register:
    """Rows, their stored keys, the posting list of each key, and how many rows hold a skeleton."""

    def __init__(self, texts: list[str], pool: Pool) -> None:
        self.texts = texts
        started = time.perf_counter()
        chunks = [texts[at : at + 20000] for at in range(0, len(texts), 20000)]
        lengths, found, self.seen = [], [], Counter()
        for length, made, seen in pool.imap(keys_of_rows, chunks):
            lengths.append(length)
            found.append(made)
            self.seen.update(seen)
        self.keyed_seconds = time.perf_counter() - started
        length, key = np.concatenate(lengths), np.concatenate(found)
        row = np.repeat(np.arange(len(texts), dtype=np.int32), length)
        key, row = self._without_common(key, row)
        self.keys_per_row = len(key) / len(texts)
        self.row_start = np.searchsorted(row, np.arange(len(texts) + 1))
        self.row_keys = key
        order = np.argsort(key, kind="stable")
        self.posting_rows = row[order]
        self.distinct, self.posting_start = np.unique(key[order], return_index=True)
        self.posting_start = np.append(self.posting_start, len(order))
        self.built_seconds = time.perf_counter() - started

    def _without_common(self, key: np.ndarray, row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
        common = count > CAP_SHARE * len(self.texts)
        kept = ~common[inverse]
        return key[kept], row[kept]

    def frequency(self, key: int) -> int:
        at = np.searchsorted(self.distinct, key)
        if at == len(self.distinct) or self.distinct[at] != key:
            return 0
        return int(self.posting_start[at + 1] - self.posting_start[at])

    def holding(self, use: tuple[int, ...]) -> np.ndarray:
        at = np.searchsorted(self.distinct, use)
        spans = [
            self.posting_rows[self.posting_start[i] : self.posting_start[i + 1]]
            for i, key in zip(at, use, strict=True)
            if i < len(self.distinct) and self.distinct[i] == key
        ]
        return np.unique(np.concatenate(spans)) if spans else np.empty(0, np.int32)

    def ranked(self, rows: np.ndarray, ranked_by: tuple) -> np.ndarray:
        lengths = self.row_start[rows + 1] - self.row_start[rows]
        owner = np.repeat(np.arange(len(rows)), lengths)
        begin = np.repeat(self.row_start[rows] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        held = self.row_keys[begin + np.arange(len(owner))]
        rank = np.zeros(len(rows))
        for weight, members in ranked_by:
            hit = np.isin(held, np.fromiter(members, np.int64))
            rank += weight * np.bincount(owner[hit], minlength=len(rows))
        return rank

    def bits(self, skeleton: str) -> float:
        return math.log2(len(self.texts) / (1 + self.seen.get(skeleton, 0)))


REGISTER: Register
YEARS: np.ndarray
TIMES = 1  # for how many people each row stands


def candidates(made) -> tuple[np.ndarray, int]:
    asked = {
        "pairs": [key_hash("p" + key) for key in made.pairs],
        "tokens": [key_hash(key) | 1 << 32 for key in made.tokens],
        "near": [key_hash(key) | 1 << 32 for key in made.near],
    }
    frequencies = {key: TIMES * REGISTER.frequency(key) for group in asked.values() for key in group}
    chosen = plan(asked, frequencies)
    rows = REGISTER.holding(chosen.use)
    limit = chosen.limit if TIMES == 1 else chosen.limit // TIMES + 1
    if len(rows) > limit:
        rank = REGISTER.ranked(rows, chosen.ranked_by)
        rows = rows[np.argsort(-rank, kind="stable")[:limit]]
    return rows, chosen.rows


PARSED: dict[int, object] = {}


def answer(query: Query) -> Answer:
    started = time.perf_counter()
    name = parse(query.text)
    rows, touched = candidates(keys(name))
    spent = time.perf_counter() - started
    names = [PARSED.get(row) or PARSED.setdefault(row, parse(REGISTER.texts[row])) for row in rows.tolist()]
    begun = time.perf_counter()
    scores = np.array([similarity(name, other, REGISTER.bits).value for other in names])
    scoring = time.perf_counter() - begun
    order = np.argsort(-scores, kind="stable")
    stored = REGISTER.texts[query.row]
    mine = np.array([row == query.row or REGISTER.texts[row] == stored for row in rows.tolist()], bool)
    rank = next((place for place, at in enumerate(order, 1) if mine[at]), 0)
    near_year = (np.abs(YEARS[rows] - query.year) <= 1) | (YEARS[rows] == 0) if query.year else np.ones(len(rows), bool)
    return Answer(
        query, rank, bool(mine.any()), float(scores[mine].max()) if mine.any() else 0.0,
        scores[~mine], scores[~mine & near_year], len(rows), touched, spent + scoring, scoring,
        REGISTER.texts[rows[order[0]]] if len(rows) else "",
    )  # fmt: skip


def read(path: Path, columns: list[str] | None = None) -> list[dict[str, str]]:
    with lzma.open(path, "rt") if path.suffix == ".xz" else path.open() as lines:
        return list(csv.DictReader(lines, columns, delimiter="\t", quoting=csv.QUOTE_NONE))


def recombined(names: list[str], wanted: int, draw: random.Random) -> list[str]:
    """Names made of the parts of others: all but the last of one, the last of another of the same length."""
    parts = [words for words in (name.split() for name in names) if len(words) > 1]
    by_shape = defaultdict(list)
    for words in parts:
        by_shape[len(words), ord(words[0][0]) >> 8].append(words)
    made = []
    while len(made) < wanted:
        words = draw.choice(parts)
        other = draw.choice(by_shape[len(words), ord(words[0][0]) >> 8])
        made.append(" ".join([*words[:-1], other[-1]]))
    return made


def half_of(entity: str) -> str:
    return "tuning" if zlib.crc32(b"half" + entity.encode()) % 2 else "held-out"


def world(args: argparse.Namespace) -> tuple[list[str], np.ndarray, list[Query]]:
    draw = random.Random(args.seed)
    names = defaultdict(list)
    for row in read(args.names):
        names[row["entity_id"]].append((row["script"], row["name"]))
    texts, years, queries = [], [], []
    for entity in read(args.entities):
        known = names.get(entity["entity_id"])
        if not known:
            continue
        script, stored = draw.choice(known)
        texts.append(stored)
        year = int(entity["birth"][:4]) if entity["birth"][:4].isdigit() else 0
        years.append(year)
        for kind in "xs":
            other = [name for name in known if (name[0] != script) == (kind == "x") and name[1] != stored]
            picked = draw.choice(other) if other else None
            if not picked or (args.source and entity["source"] != args.source):
                continue
            half = half_of(entity["entity_id"])
            if args.half not in (None, half):
                continue
            pair = f"{picked[0]}->{script}"
            queries.append(
                Query(picked[1], len(texts) - 1, kind, entity["source"], entity["country"], pair, year, half)
            )
    distractors = [row["name"] for row in read(args.distractors, ["id", "name"]) if row["id"] != "id"]
    draw.shuffle(distractors)
    wanted = max(0, args.size - len(texts))
    texts += distractors[:wanted]
    texts += recombined(distractors, args.size - len(texts), draw)
    years += [draw.randint(1935, 2000) for _ in range(len(texts) - len(years))]
    return texts, np.array(years, np.int32), queries


def report(title: str, answers: list[Answer]) -> None:
    if not answers:
        return
    at_1 = sum(a.rank == 1 for a in answers) / len(answers)
    at_10 = sum(0 < a.rank <= 10 for a in answers) / len(answers)
    found = sum(a.was_candidate for a in answers) / len(answers)
    print(f"{title:46} n={len(answers):5} r@1 {at_1:.3f} r@10 {at_10:.3f} candidate {found:.3f}")


def report_group(title: str, answers: list[Answer]) -> None:
    report(title, answers)
    for pair in sorted({a.query.scripts for a in answers if a.query.kind == "x"}):
        report(f"  {pair}", [a for a in answers if a.query.scripts == pair])
    for region, states in (("Central Asia", CENTRAL_ASIA), ("Arab states", ARAB_STATES)):
        report(f"  {region}", [a for a in answers if a.query.country in states])
    report_false("  at 80 % recall", answers)


def report_false(title: str, answers: list[Answer]) -> None:
    """False candidates above the threshold that keeps four fifths of the true ones."""
    if len(answers) < 20:
        return
    scores = sorted((a.true_score for a in answers), reverse=True)
    threshold = scores[int(0.8 * len(scores)) - 1]
    false = statistics.mean(float((a.others >= threshold).sum()) for a in answers)
    dated = [a for a in answers if a.query.year]
    with_year = (
        statistics.mean(float((a.others_near_year >= threshold).sum()) for a in dated) if dated else float("nan")
    )
    print(f"{title:46} threshold {threshold:.3f} false {false:.2f} with birth year {with_year:.2f}")


def main() -> None:
    global REGISTER, TIMES, YEARS  # noqa: PLW0603 - forked processes share them without copying
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("entities", "names", "distractors"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--source")
    parser.add_argument("--half", choices=("tuning", "held-out"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, help="ask at most so many questions of each source and kind")
    parser.add_argument(
        "--times",
        type=int,
        default=1,
        help="each row stands for so many people, as in a register so many times as large",
    )
    parser.add_argument("--misses", type=Path, help="write the questions that failed here")
    args = parser.parse_args()
    TIMES = args.times
    texts, YEARS, queries = world(args)
    if args.most:
        kept: Counter[tuple[str, str]] = Counter()
        shuffled = random.Random(args.seed).sample(queries, len(queries))
        queries = [q for q in shuffled if kept.update([(q.source, q.kind)]) or kept[q.source, q.kind] <= args.most]
    with Pool(2) as pool:
        REGISTER = Register(texts, pool)
    with Pool(2) as pool:
        answers = pool.map(answer, queries, chunksize=100)
    summary(args, answers)
    if args.misses:
        with args.misses.open("w") as out:
            for a in sorted(answers, key=lambda a: (a.query.source, a.query.kind, a.was_candidate)):
                if a.rank != 1:
                    q = a.query
                    row = [q.source, q.kind, q.country, a.rank if a.was_candidate else "-", f"{a.true_score:.2f}",
                           f"{a.others.max(initial=0):.2f}", q.text, texts[q.row], a.best]  # fmt: skip
                    print("\t".join(map(str, row)), file=out)


def summary(args: argparse.Namespace, answers: list[Answer]) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"register {args.size}, {args.half or 'all'} entities, seed {args.seed}; keys {REGISTER.keyed_seconds:.0f} s,"
    )
    print(f"built {REGISTER.built_seconds:.0f} s, {REGISTER.keys_per_row:.1f} keys a row, {memory} MB")
    for half in ("tuning", "held-out"):
        for source in sorted({a.query.source for a in answers}):
            for kind in "xs":
                report_group(
                    f"{half} {source} {kind}",
                    [a for a in answers if (a.query.half, a.query.source, a.query.kind) == (half, source, kind)],
                )
    spent = sorted(a.seconds * 1000 for a in answers)
    per_score = statistics.median(a.scoring_seconds / a.candidates * 1e6 for a in answers if a.candidates)
    print(f"ms a question p50 {spent[len(spent) // 2]:.1f} p95 {spent[int(len(spent) * 0.95)]:.1f} "
          f"p99 {spent[int(len(spent) * 0.99)]:.1f}; {per_score:.1f} us a score; "
          f"{statistics.mean(a.candidates for a in answers):.0f} candidates, "
          f"{statistics.mean(a.rows for a in answers):.0f} rows touched")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
