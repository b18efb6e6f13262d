"""The index by which people are found: what enters it, what leaves it, and how it is made anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from panoh.names import NORM_VERSION, BirthGuess, PersonName, parse
from panoh.vault.blind import Blinding, bare_number, padded
from panoh.vault.facts import Group, IdentityFacts, NameKind
from panoh.vault.keyring import Keyring
from panoh.vault.models import Identity
from panoh.vault.planning import CAP_SHARE

LEAST_CAP = 10
NOBODY = UUID(int=0)
# A key in fewer rows than this costs nothing worth counting.
LEAST_COUNTED = 16


class Findable(NamedTuple):
    """By what somebody is found, as it is sealed beside the index so that nothing need be parsed again."""

    names: tuple[PersonName, ...]
    birth: BirthGuess
    papers: tuple[str, ...]

    @classmethod
    def of(cls, facts: IdentityFacts) -> Findable:
        """Return what these facts let somebody be found by; a stand-in is no name."""
        born = facts.birth
        return cls(
            tuple(parse(name.text) for name in facts.names if name.kind != NameKind.STAND_IN),
            BirthGuess(born.year, born.month, born.day, born.precision),  # type: ignore[arg-type]  # a word of Precision
            tuple(bare for paper in facts.documents if (bare := bare_number(paper.number))),
        )

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years they may be born in."""
        return (self.birth.year,) if self.birth.year else ()

    def packed(self) -> list[Any]:
        """Return a value for JSON."""
        return [[name.packed() for name in self.names], list(self.birth), self.papers]

    @classmethod
    def unpacked(cls, value: Sequence[Any]) -> Findable:
        """Return what was packed."""
        names, birth, papers = value
        return cls(tuple(map(PersonName.unpacked, names)), BirthGuess(*birth), tuple(papers))


class Candidate(NamedTuple):
    """Somebody whom the index names, and by what they are found, sealed."""

    identity_id: UUID
    kind: int
    key_id: UUID
    master: int
    wrapped: bytes
    part_id: UUID
    sealed: bytes


def blinding(ring: Keyring) -> Blinding:
    """Return the search key by which new rows are made."""
    return Blinding(ring.search, ring.searches[ring.search])


def enter(people: Sequence[tuple[Identity, int, Set[int]]]) -> None:
    """Put identities into the index, or what they are found by now in place of what they were found by before.

    people: each with the number of the search key, and the numbers it made of what they are found by.
    """
    made = set[int]().union(*(keys for _, _, keys in people))
    withheld = {key for key, (_, is_out) in frequencies(made).items() if is_out}
    rows = [
        (identity.id, identity.kind, NORM_VERSION, search_key, padded(keys - withheld))
        for identity, search_key, keys in people
    ]
    with connection.cursor() as cursor:
        cursor.execute("select finding.drop(%s)", [[identity.id for identity, _, _ in people]])
        cursor.executemany(
            "insert into finding.entry (identity_id, kind, version, search_key, keys) values (%s, %s, %s, %s, %s)", rows
        )


def drop(identity_ids: Sequence[UUID]) -> None:
    """Take identities out of the index: nobody finds them by a name any more."""
    with connection.cursor() as cursor:
        cursor.execute("select finding.drop(%s)", [list(identity_ids)])


def outdated(search_key: int, most: int, after: UUID = NOBODY) -> list[UUID]:
    """Return identities that are not in the index by today's rules and this search key, and have their key still.

    In order, those after `after`, at most so many.
    """
    with connection.cursor() as cursor:
        cursor.execute("select finding.outdated(%s, %s, %s, %s)", [NORM_VERSION, search_key, after, most])
        return [row[0] for row in cursor.fetchall()]


def recount() -> int:
    """Count anew how many rows hold each key, take those out that too many hold; return how many are out."""
    with connection.cursor() as cursor:
        cursor.execute("select finding.recount(%s, %s, %s)", [CAP_SHARE, LEAST_CAP, LEAST_COUNTED])
        return int(cursor.fetchone()[0])


def frequencies(keys: Iterable[int]) -> dict[int, tuple[int, bool]]:
    """Return for each key that many rows hold how many did when last counted, and whether it is withheld."""
    with connection.cursor() as cursor:
        cursor.execute("select key, rows, is_withheld from finding.frequencies(%s)", [list(keys)])
        return {key: (rows, is_withheld) for key, rows, is_withheld in cursor.fetchall()}


def candidates(
    use: Sequence[int],
    ranked_by: Sequence[tuple[int, Iterable[int]]],
    kinds: Sequence[int],
    limit: int,
    known: Collection[UUID] = (),
    *,
    only_mine: bool = False,
) -> list[Candidate]:
    """Return identities with any key of `use`, as many as `limit`, the heaviest, less those known already.

    only_mine: of the files that are the asker's to open, and of no others.
    """
    classes = [list(keys) for _, keys in ranked_by] + [[]] * (4 - len(ranked_by))
    weights = [weight for weight, _ in ranked_by] + [0] * (4 - len(ranked_by))
    with connection.cursor() as cursor:
        asked: list[Any] = [list(use), *classes, weights, list(kinds), limit, list(known), Group.FINDING, only_mine]
        cursor.execute("select * from finding.drawn(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", asked)
        return [Candidate(*row) for row in cursor.fetchall()]


def standing() -> Mapping[tuple[int, int], int]:
    """Return how many rows were made by which rules (norm version) and search key."""
    with connection.cursor() as cursor:
        cursor.execute("select version, search_key, rows from finding.standing()")
        return {(version, number): rows for version, number, rows in cursor.fetchall()}


def register_rows() -> int:
    """Return how many people the index held when it was last counted."""
    with connection.cursor() as cursor:
        cursor.execute("select finding.register_rows()")
        return int(cursor.fetchone()[0])
