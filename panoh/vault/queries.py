"""What is read from the vault. Every opening of an identity is an audit entry with its purpose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import NotAllowed
from panoh.names import NORM_VERSION, BirthGuess
from panoh.vault import ledger, packing, searching
from panoh.vault.facts import (
    Address,
    BirthDate,
    Contact,
    ContactKind,
    Document,
    DocumentKind,
    Group,
    IdentityFacts,
    Name,
    NameKind,
    Origin,
    Precision,
    script_of,
)
from panoh.vault.keeper import WORDS_SHOWN, Key, Look, Part, Question, keeper
from panoh.vault.keyring import Keyring
from panoh.vault.linking import Joined, LinkSettings, link
from panoh.vault.linking.records import Record as LinkRecord
from panoh.vault.masters import master_keys
from panoh.vault.models import DESTROYED, DataKey, Identity, MasterKey, SealedPart
from panoh.vault.refusals import SealBroken
from panoh.vault.searching import Advice, Found, Hit

__all__ = [
    "Address", "Advice", "BirthDate", "BirthGuess", "Contact", "ContactKind", "Document", "DocumentKind", "Found",
    "Group", "Hit", "IdentityFacts", "Joined", "LinkRecord", "LinkSettings", "Name", "NameKind", "Origin", "Precision",
    "brought_back", "closed_since", "find_identities", "link", "names_of", "norm_version", "not_opened_by", "open_file",
    "open_for_answer", "open_for_linking", "open_identities", "open_identity", "open_parts", "says_enough", "script_of",
    "who_may_be",
]  # fmt: skip

PERMISSION = "identity.open"
LINKING = "register.link"
ANSWERING = "lawful.answer"
GROUPS_FOR_LINKING = (Group.NAMES, Group.BIRTH, Group.DOCUMENTS, Group.ADDRESSES)
MOST_NEAR = 20
FILES = (Group.LIST_FILE, Group.PICTURE)
ALL_GROUPS = (Group.NAMES, Group.BIRTH, Group.DOCUMENTS, Group.CONTACTS, Group.ADDRESSES, Group.ORIGIN)


def open_identities(
    actor: Actor, identity_ids: Iterable[UUID], *, purpose: str, about: str = "", groups: Sequence[Group] = ALL_GROUPS
) -> dict[UUID, IdentityFacts]:
    """Return the facts of each identity that still has its key. One query and one audit entry for all of them.

    purpose: a word of the closed list ("service_delivery", "supervision", …). about: code of the record they belong to.

    Raises:
        NotAllowed: the actor's role does not open identities.
    """
    return _opened(actor, PERMISSION, list(identity_ids), groups, purpose=purpose, about=about)


def norm_version() -> int:
    """Return the version of the rules by which names are compared."""
    return NORM_VERSION


def open_for_linking(actor: Actor, identity_ids: Iterable[UUID], *, about: str = "") -> dict[UUID, IdentityFacts]:
    """Return what lists are joined by of many identities: the step compares them, nobody is shown them.

    Raises:
        NotAllowed: the actor does not join lists with the register.
    """
    return _opened(actor, LINKING, list(identity_ids), GROUPS_FOR_LINKING, purpose="duplicate_review", about=about)


def open_for_answer(
    actor: Actor, identity_id: UUID, *, groups: Sequence[Group], purpose: str, about: str
) -> IdentityFacts:
    """Return the groups of one identity that a lawful request is answered with; what no grant opens stays empty.

    Raises:
        NotAllowed: the actor answers no lawful requests.
    """
    opened = _opened(actor, ANSWERING, [identity_id], groups, purpose=purpose, about=about)
    return opened.get(identity_id, IdentityFacts())


def who_may_be(
    records: Sequence[LinkRecord], *, progress: Callable[[int, int], None] = lambda done, total: None
) -> set[UUID]:
    """Return the identities that may be meant by the records, found by blind keys, some for each."""
    found: set[UUID] = set()
    for done, record in enumerate(records, 1):
        asked = [
            Question(text, record.birth, tuple(Identity.Kind.values), MOST_NEAR, only_mine=False)
            for text in (*record.names, *record.papers)
        ]
        found.update(hit.identity_id for one in keeper().search(asked) for hit in one.hits)
        progress(done, len(records))
    return found


def _opened(
    actor: Actor, permission: str, wanted: Sequence[UUID], groups: Sequence[Group], *, purpose: str, about: str
) -> dict[UUID, IdentityFacts]:
    if not wanted:
        return {}
    if not actor.may(permission):
        audit.write(actor, permission, about=about, purpose=purpose, denied=True)
        raise NotAllowed
    found: dict[UUID, list[tuple[int, bytes]]] = defaultdict(list)
    rows = SealedPart.objects.filter(key__identity__id__in=wanted, group__in=groups).exclude(sealed=DESTROYED)
    whose, parts = _parts(rows, "key__identity__id")
    plain = keeper().open(parts, Look(permission, purpose, about))
    for identity_id, part, content in zip(whose, parts, plain, strict=True):
        found[identity_id].append((part.group, content))
    if not (parts and keeper().is_apart):  # of what is asked there, the account is kept there
        audit.write(actor, permission, about=about, purpose=purpose, identities=wanted)
    return {identity_id: packing.unpack(opened) for identity_id, opened in found.items()}


def open_identity(actor: Actor, identity_id: UUID, *, purpose: str, about: str = "") -> IdentityFacts:
    """Return all facts of one identity; of a forgotten one, nothing."""
    return open_identities(actor, [identity_id], purpose=purpose, about=about).get(identity_id, IdentityFacts())


def names_of(actor: Actor, identity_ids: Iterable[UUID], *, purpose: str, about: str = "") -> dict[UUID, str]:
    """Return the name to show for each identity; nothing else is opened."""
    opened = open_identities(actor, identity_ids, purpose=purpose, about=about, groups=(Group.NAMES,))
    return {identity_id: facts.known_as for identity_id, facts in opened.items()}


def find_identities(
    text: str, *, birth_year: int | None = None, sought_too: bool = False, most: int = 10, only_mine: bool = False
) -> Found:
    """Return whose name, in whatever script and order, or paper's number the text may be; the caller audits.

    birth_year: brings those nearer who were born about then; nobody is left out for it.
    """
    kinds = [Identity.Kind.PERSON, *([Identity.Kind.SOUGHT] if sought_too else [])]
    born = BirthGuess(birth_year, None, None, "year") if birth_year else BirthGuess()
    return keeper().search([Question(text, born, tuple(kinds), most, only_mine)])[0]


def says_enough(text: str) -> bool:
    """Tell whether a text names one person: a given and a family name, or the number of a paper."""
    return searching.says_enough(text)


def open_parts(part_ids: Iterable[UUID | None]) -> dict[UUID, Any]:
    """Return the values of sealed texts and list rows, but for the forgotten; the page that shows them is audited."""
    rows = SealedPart.objects.filter(pk__in=[part_id for part_id in part_ids if part_id]).exclude(sealed=DESTROYED)
    whose, parts = _parts(rows, "id")
    return dict(zip(whose, map(packing.from_bytes, keeper().open(parts, WORDS_SHOWN)), strict=True))


def open_file(part_id: UUID | None) -> bytes | None:
    """Return the bytes of a sealed file, or None when it is not kept any more; the step that asks is audited."""
    if part_id is None:
        return None
    rows = SealedPart.objects.filter(pk=part_id, group__in=FILES).exclude(sealed=DESTROYED)
    _, parts = _parts(rows, "id")
    return keeper().open(parts, WORDS_SHOWN)[0] if parts else None


def _parts(rows: QuerySet[SealedPart], whose: str) -> tuple[list[UUID], list[Part]]:
    """Return the parts to open, and beside them the id of whom or what each is of. One query."""
    read = list(rows.values_list(whose, "key_id", "key__master", "key__wrapped", "group", "id", "sealed"))
    return [row[0] for row in read], [
        Part(Key(key, master, bytes(wrapped)), group, part_id, bytes(sealed))
        for _, key, master, wrapped, group, part_id, sealed in read
    ]


def closed_since(masters: Iterable[int]) -> datetime | None:
    """Return since when none of these master keys opens anything any more; None while one does."""
    wanted = set(masters)
    retired = dict(MasterKey.objects.filter(number__in=wanted).values_list("number", "retired_at"))
    times = [retired.get(number) for number in wanted]
    return max((time for time in times if time), default=None) if all(times) else None


def brought_back() -> int:
    """Return how many keys that the ledger names as destroyed open something again: a backup was restored."""
    return DataKey.objects.filter(pk__in=ledger.forgotten()).exclude(wrapped=DESTROYED).count()


def not_opened_by(ring: Keyring, wrapped: Mapping[int, bytes]) -> list[int]:
    """Return the numbers of the master keys in use (number → a key it wrapped) that a keyring does not open."""
    strange, masters = [], master_keys(ring)
    for master, one in wrapped.items():
        try:
            masters.unwrap([(master, one)])
        except SealBroken:
            strange.append(master)
    return strange
