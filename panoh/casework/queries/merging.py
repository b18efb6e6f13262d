"""Which files are one person, and what joining or parting two of them does, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Membership, Merge, Need, Person, PlanItem, Suggestion, Task
from panoh.casework.queries.reach import within

__all__ = [
    "Left", "files_joined_to", "goes_on_as", "identities_of", "left_open", "merge_for", "two_of", "what_happened",
    "what_joining_does", "what_undoing_does",
]  # fmt: skip


def goes_on_as(person: Person) -> Person:
    """Return the person whose file this one leads to, through any number of merges; itself if it leads nowhere."""
    while merge := Merge.objects.filter(merged=person, state=Merge.State.JOINED).select_related("kept").first():
        person = merge.kept
    return person


def files_joined_to(person: Person) -> list[Merge]:
    """Return the merges by which other files lead to this one, directly or through others, the nearest first."""
    found: list[Merge] = []
    ahead = [person.pk]
    while ahead:
        joined = Merge.objects.filter(kept__in=ahead, state=Merge.State.JOINED)
        nearest = list(joined.select_related("merged", "proposed_by", "agreed_by").order_by("joined_at", "pk"))
        found += nearest
        ahead = [merge.merged_id for merge in nearest]
    return found


def identities_of(person: Person) -> list[UUID]:
    """Return the sealed identities that are this one person: its own and those of every file that leads to it.

    Who is forgotten, is forgotten in all of them.
    """
    return [person.identity_id, *(merge.merged.identity_id for merge in files_joined_to(person))]


def two_of(suggestion: Suggestion) -> tuple[Person, Person]:
    """Return the two people of a suggestion as their files stand now: the same twice, once they are one.

    Raises:
        NotThere: it is about a tracing request.
    """
    if suggestion.other is None:
        raise NotThere
    return goes_on_as(suggestion.person), goes_on_as(suggestion.other)


def merge_for(actor: Actor, code: str) -> Merge:
    """Return the merge of this code, both of whose files lie in reach; else NotThere."""
    people = ("kept__identity", "merged__identity", "membership__family", "case", "suggestion__person")
    staff = ("proposed_by", "agreed_by", "ended_by")
    found = Merge.objects.filter(code=code).select_related(*people, *staff).first()
    if found is None or not actor.reaches(found):
        raise NotThere
    return found


# --- in sentences ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """What is open in a case: needs, steps of the plan, tasks."""

    needs: int
    steps: int
    tasks: int

    @property
    def is_something(self) -> bool:
        """Tell whether anything is open."""
        return bool(self.needs or self.steps or self.tasks)

    def __str__(self) -> str:
        told = (
            (self.needs, ngettext("%(n)s open need", "%(n)s open needs", self.needs)),
            (self.steps, ngettext("%(n)s step of the plan", "%(n)s steps of the plan", self.steps)),
            (self.tasks, ngettext("%(n)s task", "%(n)s tasks", self.tasks)),
        )
        return ", ".join(words % {"n": n} for n, words in told if n)


def left_open(case: Case) -> Left:
    """Return what is open in a case."""
    return Left(
        Need.objects.filter(case=case, state=Need.State.OPEN).count(),
        PlanItem.objects.filter(need__case=case, outcome="").count(),
        Task.objects.filter(case=case, done_on=None).count(),
    )


def what_joining_does(kept: Person, merged: Person) -> list[str]:
    """Return what joining the file of one person to another's does, sentence by sentence."""
    codes = {"kept": kept.code, "merged": merged.code}
    told = [
        _("%(kept)s goes on. Whoever opens %(merged)s comes to %(kept)s.") % codes,
        _("Both keep their history: names, documents, cases and the way of %(merged)s show in the file of %(kept)s.")
        % codes,
    ]
    told += _about_cases(_open_case(kept), _open_case(merged))
    living = Membership.objects.filter(person=merged, until=None).select_related("family").first()
    if living:
        told += _about_family(living, merged)
    told.append(_("It can be undone; then both stand as before."))
    return told


def _open_case(person: Person) -> Case | None:
    return Case.objects.filter(person=person, closed_on=None).select_related("family__worker").first()


def _about_cases(goes_on: Case | None, closes: Case | None) -> list[str]:
    if goes_on is None:
        return []
    stage = catalogue().stage_numbered(goes_on.stage).label
    told = [_("Case %(case)s goes on at “%(stage)s”.") % {"case": goes_on.code, "stage": stage}]
    if closes is None:
        return told
    reason = catalogue().label("closing_reasons", "merged")
    told.append(_("Case %(case)s closes: “%(reason)s”.") % {"case": closes.code, "reason": reason})
    left = left_open(closes)
    if left.is_something:
        who = goes_on.family.worker or _("whoever leads the family")
        said = _("In it stay open: %(left)s. A task asks %(who)s to take over what still holds.")
        told.append(said % {"left": left, "who": who})
    told.append(_("Both cases are open, so a second colleague, supervisor or coordinator, must agree first."))
    return told


def _about_family(living: Membership, merged: Person) -> list[str]:
    codes = {"merged": merged.code, "family": living.family.code}
    told = [_("%(merged)s leaves the family %(family)s today.") % codes]
    if not Membership.objects.filter(family=living.family, until=None).exclude(person=merged).exists():
        told.append(_("Nobody is left in the family %(family)s then; its file stays.") % codes)
    return told


def what_happened(merge: Merge) -> list[str]:
    """Return how a merge came about and what it changed."""
    told = [_said(_("Proposed by %(who)s on %(day)s."), merge.proposed_by, merge.proposed_at)]
    if merge.agreed_by:
        told.append(_said(_("%(who)s agreed."), merge.agreed_by))
    if merge.joined_at:
        codes = {"kept": merge.kept.code, "merged": merge.merged.code, "day": date_format(merge.joined_at)}
        told.append(_("One person since %(day)s: %(merged)s leads to %(kept)s.") % codes)
    if merge.case:
        told.append(_("Case %(case)s was closed by it.") % {"case": merge.case.code})
    if merge.membership:
        said = _("%(merged)s left the family %(family)s by it.")
        told.append(said % {"merged": merge.merged.code, "family": merge.membership.family.code})
    if merge.state == Merge.State.DECLINED:
        told.append(_said(_("Declined by %(who)s on %(day)s; nothing was changed."), merge.ended_by, merge.ended_at))
    if merge.state == Merge.State.UNDONE:
        told.append(_said(_("Undone by %(who)s on %(day)s."), merge.ended_by, merge.ended_at))
    return told


def _said(sentence: str, who: object, at: object = None) -> str:
    return sentence % {"who": who, "day": date_format(at) if at else ""}  # type: ignore[arg-type]  # a moment


def what_undoing_does(merge: Merge) -> list[str]:
    """Return what undoing a merge does, sentence by sentence."""
    codes = {"kept": merge.kept.code, "merged": merge.merged.code}
    told = [_("%(merged)s and %(kept)s are two people again, each with its own file.") % codes]
    if merge.membership:
        said = _("%(merged)s lives in the family %(family)s again, as if never gone.")
        told.append(said % {**codes, "family": merge.membership.family.code})
    if merge.case and merge.case_stage is not None:
        stage = catalogue().stage_numbered(merge.case_stage).label
        said = _("Case %(case)s opens again at “%(stage)s”, with all that was open in it.")
        told.append(said % {"case": merge.case.code, "stage": stage})
    if merge.task and not merge.task.done_on:
        told.append(_("The task to take over is done with."))
    told.append(_("The pair goes back to the queue, to be decided anew."))
    return told


# --- reach -------------------------------------------------------------------------------------------------------


def both_within(actor: Actor) -> Q:
    """Return the condition that both people of a suggestion live in families in reach; for a request, all or none."""
    if actor.role.scope == "all":
        return Q()
    living = Membership.objects.filter(within(actor, "family"), until=None)
    return Q(Exists(living.filter(person=OuterRef("person"))), Exists(living.filter(person=OuterRef("other"))))


def waiting_for(actor: Actor) -> Sequence[Merge]:
    """Return the merges that wait for a second colleague, and which of them the actor may agree to."""
    found = Merge.objects.filter(state=Merge.State.PROPOSED).select_related("kept", "merged", "proposed_by")
    if actor.role.scope != "all":
        living = Membership.objects.filter(within(actor, "family"), until=None)
        found = found.filter(
            Exists(living.filter(person=OuterRef("kept"))), Exists(living.filter(person=OuterRef("merged")))
        )
    return list(found.order_by("proposed_at", "pk"))
