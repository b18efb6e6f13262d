"""What changes in the vault: keep, amend, forget. Plain steps, called inside the actions of other rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import QuerySet

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.vault import finding, ledger, packing
from panoh.vault.facts import CLASS_OF_GROUP, Group, IdentityFacts
from panoh.vault.keeper import Key, Part, keeper
from panoh.vault.models import DESTROYED, DataKey, Identity, MasterKey, SealedPart
from panoh.vault.refusals import Forgotten
from panoh.vault.rotation import use_master

__all__ = [
    "Destroyed",
    "amend",
    "destroy_key",
    "drop_parts",
    "end_file",
    "fingerprint",
    "forget",
    "forget_again",
    "hand_over_parts",
    "keep_file",
    "keep_identities",
    "keep_parts",
    "keep_picture",
    "keep_text",
    "keep_told",
    "keep_words",
    "make_findable",
    "make_key",
    "make_keys_for",
    "rewrite_part",
]

BATCH = 1000
# Where thousands of rows change, Django's bulk_update spends most of its time on writing the statement.
HAND_OVER = """
    update vault_sealedpart part set key_id = heir.key_id, sealed = heir.sealed
    from unnest(%s::uuid[], %s::uuid[], %s::bytea[]) heir (id, key_id, sealed) where part.id = heir.id
"""
FOUND_BY = (Group.NAMES, Group.BIRTH, Group.DOCUMENTS)


def make_keys(holder: DataKey.Holder, count: int) -> list[Key]:
    """Return new data keys, kept wrapped.

    Raises:
        MasterRetired: this process has an older keyring than the database.
        KeyServiceSilent, KeyServiceRefused: a key service holds the master keys.
    """
    keys = keeper().make(count)
    rows = [DataKey(id=key.id, holder=holder, master=key.master, wrapped=key.wrapped) for key in keys]
    with transaction.atomic():
        for master in {row.master for row in rows}:
            use_master(master)
        DataKey.objects.bulk_create(rows, batch_size=BATCH)
    return keys


def make_key(holder: str) -> UUID:
    """Return the id of a new data key for a "person", "family", "list" or "request"."""
    return make_keys(DataKey.Holder[holder.upper()], 1)[0].id


def make_keys_for(holder: str, count: int) -> list[UUID]:
    """Return the ids of many new data keys at once."""
    return [key.id for key in make_keys(DataKey.Holder[holder.upper()], count)]


def keep_identities(people: Sequence[IdentityFacts], *, is_sought: bool = False) -> list[UUID]:
    """Seal many people at once and return the ids of their identities, in the same order; they are found from now on.

    is_sought: relatives look for them; nobody has found them yet. Four inserts a batch.
    """
    keys = make_keys(DataKey.Holder.PERSON, len(people))
    kind = Identity.Kind.SOUGHT if is_sought else Identity.Kind.PERSON
    identities = [Identity(key_id=key.id, kind=kind) for key in keys]
    Identity.objects.bulk_create(identities, batch_size=BATCH)
    found = [finding.Findable.of(facts) for facts in people]
    _keep(
        (key, group, plain)
        for key, facts, who in zip(keys, people, found, strict=True)
        for group, plain in {**packing.pack(facts), Group.FINDING: packing.to_bytes(who.packed())}.items()
    )
    finding.enter([(one, *blinded) for one, blinded in zip(identities, keeper().blind(found), strict=True)])
    return [identity.id for identity in identities]


def amend(actor: Actor, identity_id: UUID, facts: IdentityFacts, groups: Sequence[Group]) -> None:
    """Replace the named groups of an identity by those of `facts`; the others stay.

    Raises:
        Forgotten: its key is destroyed.
    """
    packed = packing.pack(facts)
    with transaction.atomic():
        key = _key_of(identity_id)
        SealedPart.objects.filter(key_id=key.id, group__in=groups).delete()
        _keep((key, group, packed[group]) for group in groups if group in packed)
        if not set(FOUND_BY).isdisjoint(groups):
            make_findable([identity_id])
        audit.write(actor, "identity.amend", identities=[identity_id])


def make_findable(identity_ids: Sequence[UUID]) -> None:
    """Let people be found by what is sealed of them now; the forgotten are left out."""
    identities = {one.key_id: one for one in Identity.objects.filter(pk__in=identity_ids).select_related("key")}
    kept = SealedPart.objects.filter(key__in=identities, group__in=FOUND_BY).exclude(sealed=DESTROYED)
    parts: dict[UUID, list[Part]] = defaultdict(list)
    for part in kept.select_related("key"):
        parts[part.key_id].append(_part(part))
    made = {key_id: uuid4() for key_id in parts}
    found = keeper().make_findable([(parts[key_id], made[key_id]) for key_id in parts])
    SealedPart.objects.filter(key__in=parts, group=Group.FINDING).delete()
    SealedPart.objects.bulk_create(
        [
            _row(part_id, key_id, Group.FINDING, sealed)
            for (key_id, part_id), (sealed, _) in zip(made.items(), found, strict=True)
        ],
        batch_size=BATCH,
    )
    finding.enter([(identities[key_id], *blinded) for key_id, (_, blinded) in zip(made, found, strict=True)])


def keep_parts(
    key_id: UUID, group: Group, values: Sequence[object], *, field_class: int = FieldClass.CARE
) -> list[UUID]:
    """Seal values (anything JSON can hold) under a key and return the ids of the parts, in the same order."""
    key = _key(DataKey.objects.get(pk=key_id))
    return _keep([(key, group, packing.to_bytes(value)) for value in values], field_class)


def keep_file(key_id: UUID, content: bytes) -> UUID:
    """Seal a whole file under a key, byte by byte as it is, and return the id of its part."""
    return _keep([(_key(DataKey.objects.get(pk=key_id)), Group.LIST_FILE, content)])[0]


def keep_picture(identity_id: UUID, content: bytes) -> UUID:
    """Seal a picture of a person's paper under the person's own key, byte by byte, and return the id of its part.

    Raises:
        Forgotten: the person's key is destroyed.
    """
    with transaction.atomic():
        return _keep([(_key_of(identity_id), Group.PICTURE, content)])[0]


def keep_text(key_id: UUID, text: str, *, field_class: int = FieldClass.CARE) -> UUID | None:
    """Seal one free text, for free text is identity; return the id of its part, or None for an empty text.

    field_class: what it tells about, which a grant must open for it to be read.
    """
    return keep_parts(key_id, Group.TEXT, [text], field_class=field_class)[0] if text.strip() else None


def keep_words(identity_id: UUID, text: str, *, field_class: int = FieldClass.CARE) -> UUID | None:
    """Seal one free text about a person under the person's own key; None for an empty text.

    Raises:
        Forgotten: the person's key is destroyed.
    """
    if not text.strip():
        return None
    with transaction.atomic():
        return keep_text(_key_of(identity_id).id, text, field_class=field_class)


def keep_told(identity_id: UUID, told: object, *, field_class: int = FieldClass.CARE) -> UUID:
    """Seal several texts about a person (anything JSON can hold) as one value under the person's own key.

    Raises:
        Forgotten: the person's key is destroyed.
    """
    with transaction.atomic():
        return keep_parts(_key_of(identity_id).id, Group.TEXT, [told], field_class=field_class)[0]


def rewrite_part(part_id: UUID, value: object) -> None:
    """Seal a new value in place of an old one."""
    part = SealedPart.objects.select_related("key").get(pk=part_id)
    (part.sealed,) = keeper().seal([_part(part)._replace(content=packing.to_bytes(value))])
    part.save(update_fields=["sealed"])


def drop_parts(part_ids: Iterable[UUID]) -> None:
    """Delete sealed values that nothing points at any more."""
    wanted = list(part_ids)
    for begun in range(0, len(wanted), BATCH):
        SealedPart.objects.filter(pk__in=wanted[begun : begun + BATCH]).delete()


def hand_over_parts(owners: Mapping[UUID, UUID]) -> None:
    """Seal parts (ids) anew under the key of the identity (id) they are about, so that they are forgotten with it."""
    heirs = {row.identity.id: _key(row) for row in _living_keys(owners.values()).select_related("identity")}
    parts = [_part(part) for part in SealedPart.objects.filter(pk__in=owners).select_related("key")]
    given = [heirs[owners[part.id]] for part in parts]
    sealed = keeper().reseal(list(zip(parts, given, strict=True)))
    columns: list[Any] = [[part.id for part in parts], [key.id for key in given], sealed]
    with connection.cursor() as cursor:
        cursor.execute(HAND_OVER, columns)


def destroy_key(key_id: UUID) -> int:
    """Destroy a key, and all it sealed; return how many sealed values that were."""
    DataKey.objects.filter(pk=key_id).update(wrapped=DESTROYED)
    with connection.cursor() as cursor:  # also those that nobody here may read
        cursor.execute("select app.empty_parts(%s)", [key_id])
        return int(cursor.fetchone()[0])


def end_file(person: int) -> None:
    """Destroy what was sealed about a forgotten person apart from them, and a family's papers with its last one.

    Those keys' ids go to the ledger of the forgotten too.
    """
    with connection.cursor() as cursor:
        cursor.execute("select app.end_file(%s)", [person])
        gone = [row[0] for row in cursor.fetchall()]
    transaction.on_commit(partial(ledger.add, gone), robust=True)


@dataclass(frozen=True)
class Destroyed:
    """What forgetting destroyed. masters: numbers of the master keys that can still open a backup made before."""

    parts: int
    masters: list[int]


def forget(actor: Actor, identity_id: UUID) -> Destroyed:
    """Destroy the key of a person and all it sealed; the history stays under the code.

    The key's id goes to the ledger of the forgotten, so that a restored backup brings nobody back.
    """
    with transaction.atomic():
        key_id = Identity.objects.get(pk=identity_id).key_id
        parts = destroy_key(key_id)
        finding.drop([identity_id])
        masters = MasterKey.objects.filter(retired_at=None).order_by("number").values_list("number", flat=True)
        audit.write(actor, "identity.forget", identities=[identity_id])
        transaction.on_commit(partial(ledger.add, [key_id]), robust=True)  # a ledger that failed is mended at the start
        return Destroyed(parts, list(masters))


def forget_again(actor: Actor) -> dict[UUID, Destroyed]:
    """Forget whoever the ledger names and a restored backup brought back; return what was destroyed, by identity.

    The ledger in turn gets the ids of those whom this database knows as forgotten.
    """
    gone = DataKey.objects.filter(wrapped=DESTROYED, holder=DataKey.Holder.PERSON).values_list("pk", flat=True)
    known = ledger.forgotten()
    ledger.add(sorted(set(gone) - known))
    back = Identity.objects.filter(key__in=known).exclude(key__wrapped=DESTROYED).values_list("pk", flat=True)
    destroyed = {identity_id: forget(actor, identity_id) for identity_id in list(back)}
    for papers in list(DataKey.objects.filter(pk__in=known).exclude(wrapped=DESTROYED).values_list("pk", flat=True)):
        destroy_key(papers)
    return destroyed


def fingerprint(content: bytes) -> bytes:
    """Return a keyed digest (32 bytes) by which the same file is known again."""
    return keeper().fingerprint(content)


def _key_of(identity_id: UUID) -> Key:
    # Held until the end of the transaction: nothing is sealed under a key that somebody destroys meanwhile.
    row = _living_keys([identity_id]).select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise Forgotten
    return _key(row)


def _living_keys(identity_ids: Iterable[UUID]) -> QuerySet[DataKey]:
    return DataKey.objects.filter(identity__id__in=list(identity_ids)).exclude(wrapped=DESTROYED)


def _key(row: DataKey) -> Key:
    return Key(row.id, row.master, bytes(row.wrapped))


def _part(row: SealedPart) -> Part:
    return Part(_key(row.key), row.group, row.id, bytes(row.sealed))


def _keep(values: Iterable[tuple[Key, int, bytes]], field_class: int = FieldClass.CARE) -> list[UUID]:
    """Seal plain values, each of a group under a key, and return the ids of their parts, in the same order."""
    parts = [Part(key, group, uuid4(), plain) for key, group, plain in values]
    SealedPart.objects.bulk_create(
        [
            _row(part.id, part.key.id, part.group, sealed, field_class)
            for part, sealed in zip(parts, keeper().seal(parts), strict=True)
        ],
        batch_size=BATCH,
    )
    return [part.id for part in parts]


def _row(part_id: UUID, key_id: UUID, group: int, sealed: bytes, field_class: int = FieldClass.CARE) -> SealedPart:
    field_class = CLASS_OF_GROUP.get(Group(group), field_class)
    return SealedPart(id=part_id, key_id=key_id, group=group, field_class=field_class, sealed=sealed)
