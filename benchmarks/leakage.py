"""What a thief of the database learns from the index of names: two attacks with a list of names of the same people's.

    python -m benchmarks.leakage --distractors distractors.tsv.xz [--size 100000] [--known 20]

The thief has every row of finding.entry, and another list of names drawn from the same population, of which nobody need
be in the register. Rank: the most frequent key is taken for the most frequent key that the list would make, and so on.
Graph: keys that stand together as often as the list's do are taken for those, beginning from the people whom the thief
knows to be in the register (--known) or, without any, from what the rank says of the most frequent. A record counts as
identified when at least one of its keys is read rightly. "naive" is an index that keeps every key.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.name_search import as_owner, fill
from benchmarks.name_search_model import read, recombined
from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

TOP = 2000  # the most frequent keys are what frequency can tell apart
SEEDS = 50
ROUNDS = 4

Rows = Sequence[frozenset[int]]


def texts_of_keys(names: Iterable[str]) -> list[set[str]]:
    """Return for each name the keys it would make, as text that says their class."""
    from panoh.names import parse
    from panoh.vault.blind import SINGLE, keys_of

    return [
        {
            f"{'single' if kind in SINGLE else kind}:{text}"
            for kind, texts in keys_of([parse(name)]).items()
            for text in texts
        }
        for name in names
    ]


def numbers_of(texts: Iterable[set[str]]) -> dict[str, int]:
    """Return the number in the index of each key, as only the holder of the search key knows."""
    from panoh.vault.blind import Blinding
    from panoh.vault.keyring import keyring

    ring = keyring()
    blind = Blinding(ring.search, ring.searches[ring.search])
    parts = {text: text.partition(":") for text in set[str]().union(*texts)}
    return {text: blind.key("tokens" if kind == "single" else kind, key) for text, (kind, _, key) in parts.items()}


def ranked(rows: Iterable[Iterable[object]]) -> list[object]:
    """Return keys by falling frequency, for as many as frequency tells apart."""
    counts = Counter(key for row in rows for key in row)
    return [key for key, _ in counts.most_common(TOP)]


def rank_attack(stolen: Rows, known: Sequence[set[str]]) -> dict[int, str]:
    """Return what the thief takes each key for by its rank."""
    return dict(zip(ranked(stolen), ranked(known), strict=False))  # type: ignore[arg-type]


def graph_attack(stolen: Rows, known: Sequence[set[str]], seeds: Mapping[int, str]) -> dict[int, str]:
    """Return what the thief takes each key for by what it stands together with, round by round from the seeds."""
    numbers, words = ranked(stolen), ranked(known)
    guessed: dict[int, str] = dict(seeds)
    for _ in range(ROUNDS):
        anchors = list(guessed.items())[: 10 * SEEDS]
        if not anchors:
            return {}
        left = profile(stolen, numbers, [number for number, _ in anchors])
        right = profile(known, words, [word for _, word in anchors])
        alike = left @ right.T
        best_word, best_number = alike.argmax(axis=1), alike.argmax(axis=0)
        sure = alike.max(axis=1)
        mutual = [
            (float(sure[at]), numbers[at], words[best_word[at]])
            for at in range(len(numbers))
            if best_number[best_word[at]] == at and sure[at] > 0.8
        ]
        mutual.sort(key=lambda one: -one[0])
        guessed = {**dict(seeds), **{number: word for _, number, word in mutual}}  # type: ignore[misc]
    return guessed


def profile(rows: Sequence[Iterable[object]], keys: Sequence[object], anchors: Sequence[object]) -> np.ndarray:
    """Return for each key how often it stands with each anchor, and its own frequency; rows of length one."""
    at_key, at_anchor = {key: n for n, key in enumerate(keys)}, {key: n for n, key in enumerate(anchors)}
    seen = np.zeros((len(keys), len(anchors) + 1))
    for row in rows:
        mine = [at_key[key] for key in row if key in at_key]
        beside = [at_anchor[key] for key in row if key in at_anchor]
        for key in mine:
            seen[key, -1] += 1
            seen[key, beside] += 1
    seen = np.log1p(seen * 1e4 / len(rows))
    return seen / np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), 1e-9)


def identified(stolen: Rows, guessed: Mapping[int, str], truth: Mapping[int, str]) -> tuple[float, float]:
    """Return the share of records with a key read rightly, and the share of guesses that are right."""
    right = {key for key, word in guessed.items() if truth.get(key) == word}
    return sum(not right.isdisjoint(row) for row in stolen) / len(stolen), len(right) / max(1, len(guessed))


def seeds_of(stolen: Rows, truth: Mapping[int, str], people: Sequence[int]) -> dict[int, str]:
    """Return what the thief reads of people whom they know to be in the register, taking their rows for found."""
    return {key: truth[key] for person in people for key in stolen[person] if key in truth}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--distractors", type=Path, required=True)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--known", type=int, default=20, help="people whom the thief knows to be in the register")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    draw = random.Random(args.seed)
    names = [row["name"] for row in read(args.distractors, ["id", "name"]) if row["id"] != "id"]
    draw.shuffle(names)
    both = names[: 2 * args.size]
    both += recombined(names, 2 * args.size - len(both), draw)
    register, auxiliary = both[: args.size], both[args.size :]
    with panoh_of_its_own():
        fill([(name, 0) for name in register])
        dump = dict(as_owner("select identity_id, keys from finding.entry"))
        own = texts_of_keys(register)
        number_of = numbers_of(own)
    stolen = [frozenset(keys) for keys in dump.values()]
    truth = {number: text for text, number in number_of.items()}
    naive = [frozenset(number_of[text] for text in texts) for texts in own]
    aux = texts_of_keys(auxiliary)
    people = draw.sample(range(args.size), args.known)
    rows = []
    for index, held in (("naive", naive), ("Panoh's", stolen)):
        kept = aux if index == "naive" else without_common(aux)
        rank = rank_attack(held, kept)
        attacks = {
            "rank": rank,
            "graph, nobody known": graph_attack(held, kept, dict(list(rank.items())[:SEEDS])),
            f"graph, {args.known} known": graph_attack(held, kept, seeds_of(held, truth, people)),
        }
        for attack, guessed in attacks.items():
            share, right = identified(held, guessed, truth)
            rows.append({"index": index, "attack": attack, "records identified": f"{share:.2%}",
                         "guesses right": f"{right:.2%}", "people": args.size})  # fmt: skip
    if args.json:
        print(json.dumps(rows))
    record("leakage", "Records of which a thief reads a key", rows)


def without_common(texts: Sequence[set[str]]) -> list[set[str]]:
    """Return what of a list's keys an index like ours would keep: the thief knows how it is made."""
    from panoh.vault.finding import LEAST_CAP
    from panoh.vault.planning import CAP_SHARE

    counts = Counter(text for row in texts for text in row)
    common = {text for text, count in counts.items() if count > max(LEAST_CAP, CAP_SHARE * len(texts))}
    return [row - common for row in texts]


if __name__ == "__main__":
    main()
