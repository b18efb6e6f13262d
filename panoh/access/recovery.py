"""Recovery by two people: one proposes, another agrees, and the person gets in with what each of them handed over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from panoh.access.actions import NotYourself, choose_password
from panoh.access.codes import ALPHABET
from panoh.access.entrances import Actor, action
from panoh.access.models import Recovery, Staff
from panoh.access.refusals import NotNow, NotRight, NotThere
from panoh.access.second_factor import remove_factors
from panoh.access.sessions import end_sessions, note

__all__ = [
    "Half", "agree_to_recovery", "open_recoveries", "open_recovery", "propose_recovery", "recover", "recover_alone",
    "recovering", "stop_recovery",
]  # fmt: skip

PROPOSED_LASTS = timedelta(hours=72)
AGREED_LASTS = timedelta(minutes=15)
MOST_TRIES = 10
_LETTERS = 12  # 60 bits in each half
_GROUP = 4


class RecoveryOpen(NotNow):
    code = "access.recovery-open"
    says = _("A recovery of this account is under way. Stop it first, or let somebody agree to it.")


class RecoveryAbsent(NotNow):
    code = "access.recovery-absent"
    says = _("No recovery of this account waits for somebody to agree.")


class RecoveryByTwo(NotNow):
    code = "access.recovery-by-two"
    says = _("Whoever proposed a recovery does not agree to it as well. Ask another colleague.")


class RecoveryWrong(NotRight):
    code = "access.recovery-wrong"
    says = _("This does not open the account: user name or code is wrong, or 15 minutes are over.")


class OthersCan(NotNow):
    code = "access.others-can"
    says = _("Two colleagues can do this on the page Settings: %(names)s. The command is for when they cannot.")


@dataclass(frozen=True)
class Half:
    """One half of a code, told once, and the account it belongs to."""

    code: str
    text: str


def open_recovery(staff: Staff) -> Recovery | None:
    """Return the recovery of an account that goes on; one that nobody took further in time does not."""
    found = Recovery.objects.filter(staff=staff, closed_at=None).select_related("proposed_by", "agreed_by").first()
    if found is None or not _is_over(found):
        return found
    _close(found)
    return None


def recovering(username: str) -> Staff:
    """Return somebody whose recovery goes on.

    Raises:
        NotThere: none does.
    """
    staff = Staff.objects.filter(username=username, is_active=True).first()
    if staff is None or open_recovery(staff) is None:
        raise NotThere
    return staff


def open_recoveries() -> list[Recovery]:
    """Return the recoveries that go on, the oldest first."""
    found = Recovery.objects.filter(closed_at=None).select_related("staff", "proposed_by", "agreed_by")
    return [one for one in found.order_by("proposed_at") if not _is_over(one)]


@action("settings.edit")
def propose_recovery(actor: Actor, staff: Staff, *, reason: int) -> Half:
    """Propose that somebody gets in anew, and return the half that the proposer hands over.

    Raises:
        NotYourself: nobody recovers their own account.
        RecoveryOpen: one goes on already.
    """
    if staff.pk == actor.staff_id:
        raise NotYourself
    half, _made = _propose(staff, reason, by=actor.staff_id)
    note(actor.staff, "account.recovery-proposed", about=staff)
    return half


@action("account.recover")
def agree_to_recovery(actor: Actor, staff: Staff) -> Half:
    """Agree to what a colleague proposed, and return the half that the second one hands over; it holds 15 minutes.

    Raises:
        NotYourself: nobody recovers their own account.
        RecoveryAbsent: nothing was proposed, or somebody agreed already.
        RecoveryByTwo: the actor proposed it.
    """
    if staff.pk == actor.me:
        raise NotYourself
    recovery = open_recovery(staff)
    if recovery is None or recovery.agreed_at is not None:
        raise RecoveryAbsent
    if recovery.proposed_by_id == actor.me:
        raise RecoveryByTwo
    half = _agree(recovery, by=actor.me)
    note(actor.staff, "account.recovery-agreed", about=staff)
    return half


@action("account.recover")
def stop_recovery(actor: Actor, staff: Staff) -> Staff:
    """Stop a recovery that goes on; whoever it is about may do so as well.

    Raises:
        RecoveryAbsent: none goes on.
    """
    recovery = open_recovery(staff)
    if recovery is None:
        raise RecoveryAbsent
    _close(recovery)
    note(actor.staff, "account.recovery-stopped", about=staff)
    return staff


def recover_alone(staff: Staff, reason: int = Recovery.Reason.BOTH_LOST) -> tuple[Half, Half]:
    """Return both halves to the operator of the machine, where no two colleagues are left who could do it.

    Raises:
        OthersCan: there are two of them.
        RecoveryOpen: a recovery goes on already.
    """
    others = [one for one in Staff.objects.filter(is_active=True).exclude(pk=staff.pk) if _can_agree(one)]
    if len(others) > 1:
        raise OthersCan(names=", ".join(one.display_name for one in others))
    with transaction.atomic():
        first, made = _propose(staff, reason, by=None)
        second = _agree(made, by=None)
        note(None, "account.recovery-agreed", about=staff, operator=True)
    return first, second


def recover(username: str, *, first_half: str, second_half: str, password: str) -> Staff:
    """Set a new password with both halves; the old factors and sessions end, and the next sign-in sets up a factor.

    Raises:
        RecoveryWrong: whatever does not fit, in one sentence.
        PasswordWeak.
    """
    staff = Staff.objects.filter(username=username, is_active=True).first()
    recovery = open_recovery(staff) if staff else None
    if not staff or not recovery or not _try(recovery, first_half, second_half):
        note(staff, "account.recovered", denied=True)
        raise RecoveryWrong
    with transaction.atomic():
        choose_password(staff, password)
        remove_factors(staff)
        end_sessions(staff)
        _close(recovery)
        note(staff, "account.recovered")
    return staff


def _try(recovery: Recovery, first_half: str, second_half: str) -> bool:
    """Tell whether both halves fit, after counting the try, so that many at once are no more than ten."""
    counted = Recovery.objects.filter(pk=recovery.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    fits = [_fits(recovery.first_half, first_half), _fits(recovery.second_half, second_half)]
    return bool(counted and recovery.agreed_at and all(fits))


def _propose(staff: Staff, reason: int, *, by: int | None) -> tuple[Half, Recovery]:
    if open_recovery(staff):
        raise RecoveryOpen
    text = _drawn()
    made = Recovery.objects.create(staff=staff, reason=reason, proposed_by_id=by, first_half=_digest(text))
    return Half(staff.code, text), made


def _agree(recovery: Recovery, *, by: int | None) -> Half:
    text = _drawn()
    recovery.agreed_by_id, recovery.agreed_at, recovery.second_half = by, timezone.now(), _digest(text)
    recovery.save(update_fields=["agreed_by", "agreed_at", "second_half"])
    return Half(recovery.staff.code, text)


def _close(recovery: Recovery) -> None:
    Recovery.objects.filter(pk=recovery.pk, closed_at=None).update(closed_at=timezone.now())


def _is_over(recovery: Recovery) -> bool:
    now = timezone.now()
    if recovery.agreed_at is not None:
        return recovery.agreed_at < now - AGREED_LASTS
    return recovery.proposed_at < now - PROPOSED_LASTS


def _can_agree(staff: Staff) -> bool:
    return Actor.of(staff).may("account.recover")


def _drawn() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(_LETTERS))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP))


def _digest(text: str) -> bytes:
    """Return what is kept of a half, which without the secret cannot be tried out."""
    read = text.upper().translate(str.maketrans("OIL", "011", " -\t"))
    return salted_hmac("panoh.recovery", read, algorithm="sha256").digest()


def _fits(kept: bytes | memoryview, given: str) -> bool:
    return compare_digest(bytes(kept), _digest(given))
