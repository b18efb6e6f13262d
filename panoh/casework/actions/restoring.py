"""Steps that put a text right, and that put back one that stood there before."""

from __future__ import annotations

import json

from panoh.access.entrances import Actor, action
from panoh.casework.actions.contacts import SAFE_CONTACT, set_safe_contact, set_safe_contact_of_family
from panoh.casework.actions.history import keep_text
from panoh.casework.models import Family, FieldChange, Need, Person, Visit
from panoh.casework.refusals_work import NotAText, TextEmpty, TextGone, VisitNotMade
from panoh.vault import actions as vault
from panoh.vault.queries import open_parts

__all__ = ["correct_report", "restore_text", "reword_need"]

WORDS, REPORT = "words", "report"


@action("need.record")
def reword_need(actor: Actor, need: Need, *, words: str) -> Need:
    """Put the words of a need right; those before stay in the history.

    Raises:
        TextEmpty. Forgotten: the person's key is destroyed.
    """
    need = Need.objects.select_for_update(of=("self",)).select_related("case__person", "case__family").get(pk=need.pk)
    kept = vault.keep_words(need.case.person.identity_id, words, field_class=need.field_class)
    if kept is None:
        raise TextEmpty
    keep_text(actor, need, WORDS, need.words_id)
    need.words_id = kept
    need.save(update_fields=["words"])
    return need


@action("visit.record")
def correct_report(actor: Actor, visit: Visit, *, report: str) -> Visit:
    """Put the report of a visit that was made right; the one before stays in the history.

    Raises:
        TextEmpty, VisitNotMade.
    """
    visit = Visit.objects.select_for_update(of=("self",)).select_related("family").get(pk=visit.pk)
    if visit.made_on is None:
        raise VisitNotMade
    kept = vault.keep_text(visit.family.papers_id, report)
    if kept is None:
        raise TextEmpty
    keep_text(actor, visit, REPORT, visit.report_id)
    visit.report_id = kept
    visit.save(update_fields=["report"])
    return visit


def restore_text(actor: Actor, change: FieldChange) -> None:
    """Put back the text that a change replaced, as a change of its own: what stands there now stays in the history.

    Raises:
        NotAText: it was no text that changed. TextGone: it was forgotten, or is not the actor's to read.
        NotAllowed: the actor's role does not change this record.
    """
    if change.words_id is None:
        raise NotAText
    text = open_parts([change.words_id]).get(change.words_id)
    if text is None:
        raise TextGone
    record = change.record
    if isinstance(record, Need):
        reword_need(actor, record, words=text)
    elif isinstance(record, Visit):
        correct_report(actor, record, report=text)
    elif isinstance(record, Person) and change.field == SAFE_CONTACT:
        set_safe_contact(actor, record, words=json.loads(text))
    elif isinstance(record, Family) and change.field == SAFE_CONTACT:
        set_safe_contact_of_family(actor, record, words=json.loads(text))
    else:
        raise NotAText
