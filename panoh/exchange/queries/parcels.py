"""What is shown of partners and parcels, and whether a file that came is what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.functional import Promise

from panoh.access.entrances import Actor
from panoh.access.instance_keys import check_code, own_age_key, own_key
from panoh.access.refusals import NotThere
from panoh.exchange.models import Arrived, Parcel, ParcelStep, Partner
from panoh.exchange.parcels.comparing import Compared, compared
from panoh.exchange.parcels.documents import Document, Thing, digest_of, read_document, things_in
from panoh.exchange.parcels.files import Unpacked
from panoh.exchange.parcels.keys import is_by
from panoh.exchange.parcels.kinds import Item, ordered
from panoh.exchange.refusals_parcels import (
    ParcelAltered,
    ParcelBroken,
    ParcelForAnother,
    ParcelFromUnknown,
    ParcelMissing,
    ParcelRepeated,
    ParcelTwofold,
    PartnerNotTrusted,
)
from panoh.plan.queries import country_of

__all__ = [
    "Checked", "Own", "ParcelShown", "checked", "grouped", "own_keys", "parcel_for", "parcel_shown", "parcel_steps",
    "parcels", "partner_for", "partners", "shown_of", "what_would_leave", "where_from",
]  # fmt: skip

MOST_STEPS = 100


# --- partners ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Own:
    """What this instance tells a partner: the key by which it signs, and that to which files for it are locked."""

    key: str
    check_code: str
    age_key: str


def own_keys() -> Own:
    """Return the public keys of this instance."""
    return Own(own_key(), check_code(own_key()), own_age_key())


def partners() -> list[Partner]:
    """Return every partner, by name."""
    return list(Partner.objects.select_related("added_by", "confirmed_by"))


def partner_for(code: str) -> Partner:
    """Return one partner.

    Raises:
        NotThere.
    """
    found = Partner.objects.filter(code=code).select_related("added_by", "confirmed_by").first()
    if found is None:
        raise NotThere
    return found


# --- what goes ---------------------------------------------------------------------------------------------------


def what_would_leave(actor: Actor, partner: Partner | None = None, *, everything: bool = False) -> list[Thing]:
    """Return what the actor's country, or the region, has to say: to anybody, or what a partner was not told yet.

    everything: also what the partner was told in these words.
    """
    country = country_of(actor)
    things = [Thing(kind, item) for kind in ordered() for item in kind.take_out(country)]
    if partner is None:
        return things
    things = [thing for thing in things if thing.kind.goes_to(thing.item, partner.country)]
    told = {} if everything else _told_last(partner)
    return [thing for thing in things if told.get(thing.name) != thing.item]


def _told_last(partner: Partner) -> dict[str, Item]:
    """Return by name what each thing said in the last parcel to a partner that held it."""
    told: dict[str, Item] = {}
    for content in partner.parcels.filter(direction=Parcel.Direction.OUT).order_by("number").values_list("content"):
        told |= {thing.name: thing.item for thing in things_in(read_document(content[0].encode()))}
    return told


# --- what came ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A file whose sender, signature and place in the row are right."""

    partner: Partner
    document: Document
    content: bytes
    digest: str
    signature: str


def checked(file: Unpacked, *, lock: bool = False) -> Checked:
    """Return a file's document once it is known to be what a partner signed, for us, and the next in the row.

    lock: the partner's row, so that two files are not taken for the next one at once.

    Raises:
        ParcelUnreadable, ParcelNewer: it is no document that this program reads.
        ParcelForAnother, ParcelFromUnknown, PartnerNotTrusted, ParcelAltered: it is not from a partner to us.
        ParcelRepeated, ParcelTwofold, ParcelMissing, ParcelBroken: it is not the next one.
    """
    document = read_document(file.document)
    found = Partner.objects.select_for_update(of=("self",)) if lock else Partner.objects
    partner = found.filter(key=document.sender).first()
    if partner is None:
        raise ParcelFromUnknown(check_code=check_code(document.sender))
    if not is_by(partner.key, file.document, file.signature):
        raise ParcelAltered(name=partner.name)
    if document.recipient != own_key():
        raise ParcelForAnother
    if not partner.is_trusted:
        raise PartnerNotTrusted(name=partner.name)
    digest = digest_of(file.document)
    _check_place(partner, document, digest)
    things_in(document)
    return Checked(partner, document, file.document, digest, file.signature)


def _check_place(partner: Partner, document: Document, digest: str) -> None:
    came = partner.parcels.filter(direction=Parcel.Direction.IN)
    named = {"number": document.number, "name": partner.name}
    if same := came.filter(number=document.number).first():
        raise (ParcelRepeated if same.digest == digest else ParcelTwofold)(code=same.code, **named)
    last = came.order_by("-number").first()
    follows = last.number + 1 if last else 1
    if document.number > follows:
        raise ParcelMissing(missing=follows, **named)
    if document.before != (last.digest if last else ""):
        raise ParcelBroken(**named)


# --- parcels -----------------------------------------------------------------------------------------------------


def parcels() -> QuerySet[Parcel]:
    """Return every parcel, the newest first, without what is in it."""
    return Parcel.objects.select_related("partner", "by").defer("content")


def parcel_for(code: str) -> Parcel:
    """Return one parcel.

    Raises:
        NotThere.
    """
    found = Parcel.objects.filter(code=code).select_related("partner", "by").first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class Group:
    """Things of one kind."""

    label: str | Promise
    things: Sequence[Thing]


@dataclass(frozen=True)
class ParcelShown:
    """A parcel with all that is in it; of one that waits, how it differs from what stands here."""

    parcel: Parcel
    document: Document
    things: Sequence[Thing]
    found: Sequence[Compared]
    arrived: Sequence[Arrived]
    steps: Sequence[ParcelStep]

    @cached_property
    def groups(self) -> list[Group]:
        """Return what is in it, kind by kind."""
        return grouped(self.things)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many things are new, changed, the same, in conflict."""
        return {word: len(self.of(word)) for word in ("new", "changed", "same", "conflict")}

    def of(self, verdict: str) -> list[Compared]:
        """Return the things of one verdict."""
        return [one for one in self.found if one.verdict == verdict]

    @property
    def news(self) -> list[Compared]:
        """Return what is new."""
        return self.of("new")

    @property
    def changes(self) -> list[Compared]:
        """Return what is changed."""
        return self.of("changed")

    @property
    def conflicts(self) -> list[Compared]:
        """Return what is in the way of something."""
        return self.of("conflict")


def grouped(things: Sequence[Thing]) -> list[Group]:
    """Return things kind by kind."""
    found = [Group(kind.label, [thing for thing in things if thing.kind is kind]) for kind in ordered()]
    return [group for group in found if group.things]


def parcel_shown(actor: Actor, parcel: Parcel) -> ParcelShown:
    """Return what the page of a parcel shows."""
    document = read_document(parcel.content.encode())
    things = things_in(document)
    waits = parcel.state == Parcel.State.WAITING
    found = compared(parcel.partner, things, own=country_of(actor)) if waits else []
    steps = parcel.steps.select_related("by")
    return ParcelShown(parcel, document, things, found, list(parcel.arrived.all()), list(steps))


def shown_of(actor: Actor, found: Checked) -> list[Compared]:
    """Return how a file that was checked and not kept differs from what stands here."""
    return compared(found.partner, things_in(found.document), own=country_of(actor))


def parcel_steps() -> list[ParcelStep]:
    """Return the newest entries of the log, refused files among them."""
    return list(ParcelStep.objects.select_related("partner", "parcel", "by").defer("parcel__content")[:MOST_STEPS])


def where_from(kind: str, keys: Sequence[str]) -> dict[str, Arrived]:
    """Return by key what came in a parcel, and still stands by it: with its parcel, whose partner sent it."""
    found = Arrived.objects.filter(kind=kind, key__in=keys, parcel__state=Parcel.State.TAKEN)
    return {one.key: one for one in found.select_related("parcel__partner").defer("parcel__content").order_by("pk")}
