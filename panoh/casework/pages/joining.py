"""Pages: the review queue, one pair side by side, joining two files, agreeing, undoing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotRight, NotThere
from panoh.casework import actions, queries
from panoh.casework.actions import SuggestedPair
from panoh.casework.forms_joining import KeepForm, PairDecisionForm, SamePersonForm
from panoh.casework.models import Case, Merge, Person, Suggestion
from panoh.casework.queries.joining import (
    TABS,
    after,
    counts_of_pairs,
    first_pair,
    pair_for,
    pair_shown,
    pairs_page,
)
from panoh.casework.queries.merging import two_of, waiting_for, what_happened, what_joining_does, what_undoing_does

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
KEYS_OFF = "?keys=off"


@page("duplicates/", name="duplicates", needs="duplicate.decide")
def queue(request: Request) -> HttpResponse:
    """Show the pairs that may be one person, those to decide first; nobody's identity is opened."""
    tab = request.GET.get("show", "open")
    tab = tab if tab in TABS else "open"
    counts = counts_of_pairs(request.actor)
    shown = {
        "tabs": [
            {"code": code, "label": label, "count": counts[code], "is_here": code == tab}
            for code, label in TABS.items()
        ],
        "tab": tab,
        "counts": counts,
        "page": pairs_page(request.actor, tab=tab, number=request.GET.get("page")),
        "first": first_pair(request.actor),
        "waiting": waiting_for(request.actor),
    }
    return render(request, "casework/duplicates.html", shown)


@page("duplicates/<str:code>/", name="pair", needs="duplicate.decide")
def pair(request: Request, code: str) -> HttpResponse:
    """Show two records side by side; both are opened, and the audit says so."""
    found = pair_for(request.actor, code)
    shown = {
        "pair": pair_shown(request.actor, found),
        "counts": counts_of_pairs(request.actor),
        "keys": _keys(request),
        "decisions": Suggestion.State,
    }
    return render(request, "casework/pair.html", shown)


def _keys(request: Request) -> str:
    """Return what keeps the keys switched off from pair to pair; nothing while they are on."""
    return KEYS_OFF if request.GET.get("keys") == "off" else ""


@page("duplicates/<str:code>/decide/", name="pair-decide", needs="duplicate.decide", methods=POST)
def decide(request: Request, code: str) -> HttpResponse:
    """Decide on a pair; the next one comes by itself."""
    found = pair_for(request.actor, code)
    form = PairDecisionForm(request.POST)
    if not form.is_valid():
        raise NotRight
    given = form.cleaned_data
    decided = actions.decide_pair(request.actor, found, decision=given["decision"], was=given["was"])
    is_same = decided.state == Suggestion.State.SAME
    if is_same and found.other_id and request.actor.may("person.merge"):
        return see(request, "pair-join", code, said=_("Decided: the same person. Now say which file goes on."))
    said = _("Decided: %(state)s.") % {"state": decided.get_state_display()}
    if is_same and found.request:
        said = _("Decided: the same person. The worker has a task; the relative learns nothing yet.")
    return _next(request, found, said)


def _next(request: Request, found: Suggestion, said: str) -> HttpResponse:
    code = after(request.actor, found) or first_pair(request.actor)
    if code is None:
        return see(request, "duplicates", said=said)
    answer = see(request, "pair", code, said=said)
    return HttpResponseRedirect(answer.url + _keys(request))


@page("duplicates/<str:code>/join/", name="pair-join", needs="person.merge", methods=BOTH)
def join(request: Request, code: str) -> HttpResponse:
    """Say what joining two files does, either way round, and join them or propose it."""
    found = pair_for(request.actor, code)
    two = _two(found)

    def then(form: KeepForm) -> HttpResponse:
        keep = next(person for person in two if person.code == form.cleaned_data["keep"])
        merge = actions.propose_merge(request.actor, found, keep=keep)
        if merge.state == Merge.State.JOINED:
            said = _("%(merged)s leads to %(kept)s now.") % {"merged": merge.merged.code, "kept": merge.kept.code}
        else:
            said = _("Proposed. It takes effect once a second colleague agrees.")
        return _next(request, found, said)

    opened = pair_shown(request.actor, found)
    if opened.is_one or opened.merge:
        return see(request, "pair", code)
    names = dict.fromkeys((two[0].code,), opened.one.name) | {two[1].code: opened.other.name}
    goes_on = _goes_on(two)
    form = KeepForm(
        [(one.code, f"{names[one.code]} ({one.code})") for one in goes_on],
        request.POST or None,
        initial={"keep": goes_on[0].code},
    )
    ways = [
        {"kept": one, "name": names[one.code], "will": what_joining_does(one, two[1] if one == two[0] else two[0])}
        for one in goes_on
    ]
    two_colleagues = Case.objects.filter(person__in=two, closed_on=None).count() == 2
    submit = _("Propose to a second colleague") if two_colleagues else _("Join the two files")
    return ask(
        request, form, then, template="casework/pair_join.html", pair=opened, ways=ways, submit=submit,
        two_colleagues=two_colleagues, cancel=reverse("pair", args=[code]),
    )  # fmt: skip


def _two(found: Suggestion) -> tuple[Person, Person]:
    if found.state != Suggestion.State.SAME:
        raise NotThere
    return two_of(found)


def _goes_on(two: tuple[Person, Person]) -> list[Person]:
    """Return who may go on, the further case first: only who has the open case, if just one has."""
    cases = {case.person_id: case for case in Case.objects.filter(person__in=two, closed_on=None)}
    able = [one for one in two if one.pk in cases] or list(two)
    return sorted(able, key=lambda one: (-cases[one.pk].stage if one.pk in cases else 0, one.pk))


# --- a merge -----------------------------------------------------------------------------------------------------


@page("merges/<str:code>/", name="merge", needs="person.merge")
def merge(request: Request, code: str) -> HttpResponse:
    """Show how two files came to be one, and what is still open about it."""
    found = queries.merge_for(request.actor, code)
    is_waiting = found.state == Merge.State.PROPOSED
    shown = {
        "merge": found,
        "happened": what_happened(found),
        "will": what_joining_does(found.kept, found.merged) if is_waiting else [],
        "is_mine": found.proposed_by_id == request.actor.staff_id,
        "tone": {Merge.State.PROPOSED: "ask", Merge.State.JOINED: "good"}.get(Merge.State(found.state), "plain"),
    }
    return render(request, "casework/merge.html", shown)


@page("merges/<str:code>/agree/", name="merge-agree", needs="person.merge", methods=POST)
def agree(request: Request, code: str) -> HttpResponse:
    """Agree as the second colleague."""
    actions.agree_to_merge(request.actor, queries.merge_for(request.actor, code))
    return see(request, "merge", code, said=_("You agreed: the two files are one person's now."))


@page("merges/<str:code>/decline/", name="merge-decline", needs="person.merge", methods=POST)
def decline(request: Request, code: str) -> HttpResponse:
    """Do not join, or take a proposal back."""
    actions.decline_merge(request.actor, queries.merge_for(request.actor, code))
    return see(request, "merge", code, said=_("Not joined. Nothing was changed."))


@page("merges/<str:code>/undo/", name="merge-undo", needs="person.merge", methods=BOTH)
def undo(request: Request, code: str) -> HttpResponse:
    """Ask whether two files are to be parted again, and part them."""
    found = queries.merge_for(request.actor, code)
    if request.method == "POST":
        actions.undo_merge(request.actor, found)
        return see(request, "merge", code, said=_("They are two people again."))
    shown = {
        "title": _("Undo the joining"),
        "says": _("Were they two people after all?"),
        "will": what_undoing_does(found),
        "submit": _("Undo the joining"),
        "cancel": reverse("merge", args=[code]),
        "danger": True,
    }
    return render(request, "confirm.html", shown)


# --- by hand -----------------------------------------------------------------------------------------------------


@page("people/<str:code>/same/", name="person-same", needs="duplicate.suggest", methods=BOTH)
def suggest(request: Request, code: str) -> HttpResponse:
    """Say that another record may be the same person."""
    found = queries.person_for(request.actor, code)

    def then(form: SamePersonForm) -> HttpResponse:
        other = form.cleaned_data["other"]
        if other.startswith("P"):
            other = queries.person_for(request.actor, other).code
        actions.suggest_pairs(request.actor, [SuggestedPair(found.code, other)])
        return see(request, "person", found.code, said=_("The pair is in the review queue."))

    says = _("A supervisor or coordinator looks at both and decides. Until then both files go on as they are.")
    return ask(
        request, SamePersonForm(request.POST or None), then, title=_("May be the same person as…"), says=says,
        submit=_("Put into the queue"), cancel=reverse("person", args=[found.code]), under=found.code,
    )  # fmt: skip
