"""Steps that protect a file, so that it is not seen from the region, and that end it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from panoh.access.entrances import Actor, action
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.care import write_note
from panoh.casework.actions.cases import hand_over, held
from panoh.casework.models import Family
from panoh.casework.refusals import NotProtected, ProtectedAlready

__all__ = ["end_protection", "protect_family"]


@action("family.protect")
def protect_family(actor: Actor, family: Family, *, reason: str) -> Family:
    """Let nobody see a file who only looks after the region; why stands in it as a note.

    What is open and was theirs goes to the lead worker.

    Raises:
        ProtectedAlready, NoteEmpty (no reason).
        NotAllowed: the file is only open to the actor by a grant.
    """
    found = _led(actor, family)
    if found.is_protected:
        raise ProtectedAlready(family=family.code)
    write_note(actor, found, text=reason.strip() and _("Protected: %(reason)s") % {"reason": reason})
    _set(found, Family.Sensitivity.PROTECTED)
    hand_over(found)
    return found


@action("family.protect")
def end_protection(actor: Actor, family: Family, *, reason: str) -> Family:
    """Let a file be seen from the region again; why stands in it as a note.

    Raises:
        NotProtected, NoteEmpty (no reason).
        NotAllowed: the file is only open to the actor by a grant.
    """
    found = _led(actor, family)
    if not found.is_protected:
        raise NotProtected(family=family.code)
    write_note(actor, found, text=reason.strip() and _("No longer protected: %(reason)s") % {"reason": reason})
    _set(found, Family.Sensitivity.ORDINARY)
    return found


def _led(actor: Actor, family: Family) -> Family:
    if not actor.leads(family.pk):
        raise NotAllowed
    return held(family)


def _set(family: Family, sensitivity: int) -> None:
    family.sensitivity = sensitivity
    family.save(update_fields=["sensitivity"])
