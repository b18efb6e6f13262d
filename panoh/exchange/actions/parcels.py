"""Parcels: signed and sent, received, taken in as the partner's own, and taken back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet

from panoh.access.clock import now
from panoh.access.entrances import Actor, action
from panoh.access.instance_keys import own_key
from panoh.access.refusals import Refusal
from panoh.exchange.models import Arrived, Parcel, ParcelStep, Partner
from panoh.exchange.parcels.comparing import Compared, compared, names_known, standing_of
from panoh.exchange.parcels.documents import Document, Thing, contents_of, digest_of, read_document, things_in, written
from panoh.exchange.parcels.files import packed, unpacked
from panoh.exchange.parcels.keys import sign
from panoh.exchange.parcels.kinds import KINDS
from panoh.exchange.queries.parcels import checked, what_would_leave
from panoh.exchange.refusals_parcels import (
    ChangedSince,
    DoesNotFit,
    EarlierWaits,
    LaterTaken,
    NothingToSend,
    ParcelOver,
    PartnerNotTrusted,
    StandsOn,
)
from panoh.plan.queries import country_of

__all__ = ["decline_parcel", "fetch_parcel", "receive_parcel", "send_parcel", "take_back_parcel", "take_in_parcel"]

State, What = Parcel.State, ParcelStep.What


# --- sending -----------------------------------------------------------------------------------------------------


@action("parcel.send")
def send_parcel(
    actor: Actor, partner: Partner, *, leaving_out: Collection[str] = (), everything: bool = False
) -> Parcel:
    """Sign what the actor's country, or the region, has to say to a partner that was not told so yet.

    leaving_out: names of what stays here; everything: also what the partner was told in these words.

    Raises:
        PartnerNotTrusted: nobody confirmed it, or it has ended.
        NothingToSend.
    """
    partner = _trusted(partner)
    things = what_would_leave(actor, partner, everything=everything)
    things = [thing for thing in things if thing.name not in leaving_out]
    if not things:
        raise NothingToSend
    last = partner.parcels.filter(direction=Parcel.Direction.OUT).order_by("-number").first()
    document = Document(
        sender=own_key(), recipient=partner.key, number=last.number + 1 if last else 1,
        before=last.digest if last else "", made_at=now(), contents=contents_of(things),
    )  # fmt: skip
    content = written(document)
    parcel = Parcel.objects.create(
        partner=partner, direction=Parcel.Direction.OUT, number=document.number, digest=digest_of(content),
        content=content.decode(), signature=sign(content), state=State.SENT, by_id=actor.me,
    )  # fmt: skip
    _log(actor, parcel, What.SIGNED)
    return parcel


@action("parcel.send")
def fetch_parcel(actor: Actor, parcel: Parcel) -> bytes:
    """Return the file of a parcel that was sent, locked to the partner where it has a key of age.

    Raises:
        ParcelOver: it is one that came.
    """
    if parcel.direction != Parcel.Direction.OUT:
        raise ParcelOver
    _log(actor, parcel, What.FETCHED)
    return packed(parcel.content.encode(), parcel.signature, lock_to=parcel.partner.age_key)


# --- receiving ---------------------------------------------------------------------------------------------------


def receive_parcel(actor: Actor, file: bytes) -> Parcel:
    """Keep a file that came as a parcel that waits for a decision; one that is refused stands in the log.

    Raises:
        What `checked` raises.
    """
    try:
        return _receive(actor, file)
    except Refusal as refusal:
        if actor.may("parcel.receive"):
            _refused(actor, digest=digest_of(file), why=str(refusal))
        raise


@action("parcel.receive")
def _receive(actor: Actor, file: bytes) -> Parcel:
    found = checked(unpacked(file), lock=True)
    parcel = Parcel.objects.create(
        partner=found.partner, direction=Parcel.Direction.IN, number=found.document.number, digest=found.digest,
        content=found.content.decode(), signature=found.signature, state=State.WAITING, by_id=actor.me,
    )  # fmt: skip
    _log(actor, parcel, What.ARRIVED)
    return parcel


@action("parcel.receive")
def _refused(actor: Actor, *, digest: str, why: str) -> None:
    ParcelStep.objects.create(what=What.REFUSED, digest=digest, why=why[:300], by_id=actor.me)


@action("parcel.receive")
def decline_parcel(actor: Actor, parcel: Parcel) -> Parcel:
    """Take nothing of a parcel in.

    Raises:
        ParcelOver: it does not wait.
    """
    parcel = _locked(parcel, State.WAITING)
    _become(actor, parcel, State.DECLINED)
    _log(actor, parcel, What.DECLINED)
    return parcel


@action("parcel.receive")
def take_in_parcel(actor: Actor, parcel: Parcel, *, over: Collection[str] = ()) -> Parcel:
    """Put what is new and changed here, as the partner's own. over: names of conflicts in which theirs is to stand.

    Raises:
        ParcelOver: it does not wait.
        PartnerNotTrusted: the partner has ended.
        EarlierWaits: parcels are taken in in their order.
        DoesNotFit: the database refused one of the things.
    """
    parcel = _locked(parcel, State.WAITING)
    _trusted(parcel.partner)
    if earlier := _others(parcel).filter(number__lt=parcel.number, state=State.WAITING).first():
        raise EarlierWaits(number=earlier.number, name=parcel.partner.name)
    things = things_in(read_document(parcel.content.encode()))
    found = compared(parcel.partner, things, own=country_of(actor))
    _become(actor, parcel, State.TAKING)
    for one in found:
        if one.verdict in ("new", "changed") or (one.can_be_taken and one.thing.name in over and one.verdict != "same"):
            _put(actor, parcel, one)
    _become(actor, parcel, State.TAKEN)
    _log(actor, parcel, What.TAKEN)
    return parcel


def _put(actor: Actor, parcel: Parcel, one: Compared) -> None:
    kind = one.thing.kind
    known = names_known([one.thing])
    item = kind.fit(one.thing.item, known)
    if kind.lacks(item, known, one.here):  # what it stands on was left out
        return
    try:
        with transaction.atomic():
            if kind.put(actor, item) is False:
                return
    except (IntegrityError, DataError) as error:
        raise DoesNotFit(words=one.thing.words) from error
    Arrived.objects.create(
        parcel=parcel, kind=kind.name, key=one.thing.key, told=item.model_dump(mode="json"),
        before=one.here.model_dump(mode="json") if one.here else None,
    )  # fmt: skip


@action("parcel.receive")
def take_back_parcel(actor: Actor, parcel: Parcel) -> Parcel:
    """Undo what a parcel put here, all of it or nothing.

    Raises:
        ParcelOver: it is not taken in.
        LaterTaken: parcels are taken back in their order, the newest first.
        ChangedSince: something of it was changed here since.
        StandsOn: something that was entered since stands on it.
        EditionStays: a plan does not go back to an earlier edition.
    """
    parcel = _locked(parcel, State.TAKEN)
    if later := _others(parcel).filter(number__gt=parcel.number, state=State.TAKEN).first():
        raise LaterTaken(number=later.number, name=parcel.partner.name)
    _become(actor, parcel, State.TAKING_BACK)
    for one in parcel.arrived.order_by("-pk"):
        _take_back(actor, one)
    _become(actor, parcel, State.TAKEN_BACK)
    _log(actor, parcel, What.TAKEN_BACK)
    return parcel


def _take_back(actor: Actor, one: Arrived) -> None:
    kind = KINDS[one.kind]
    thing = Thing(kind, kind.schema.model_validate(one.told))
    if standing_of([thing]).get(thing.name) != thing.item:
        raise ChangedSince(words=thing.words)
    before = kind.schema.model_validate(one.before) if one.before else None
    try:
        with transaction.atomic():
            kind.take_back(actor, thing.item, before)
    except (ProtectedError, IntegrityError) as error:
        raise StandsOn(words=thing.words) from error


def _trusted(partner: Partner) -> Partner:
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if not partner.is_trusted:
        raise PartnerNotTrusted(name=partner.name)
    return partner


def _locked(parcel: Parcel, *states: Parcel.State) -> Parcel:
    parcel = Parcel.objects.select_for_update(of=("self",)).select_related("partner").get(pk=parcel.pk)
    if parcel.state not in states:
        raise ParcelOver
    return parcel


def _others(parcel: Parcel) -> QuerySet[Parcel]:
    return Parcel.objects.filter(partner=parcel.partner, direction=Parcel.Direction.IN)


def _become(actor: Actor, parcel: Parcel, state: Parcel.State) -> None:
    parcel.state, parcel.by_id = state, actor.me
    parcel.save(update_fields=("state", "by"))


def _log(actor: Actor, parcel: Parcel, what: ParcelStep.What) -> None:
    ParcelStep.objects.create(partner=parcel.partner, parcel=parcel, what=what, digest=parcel.digest, by_id=actor.me)
