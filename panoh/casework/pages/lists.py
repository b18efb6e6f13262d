"""Pages: Arrivals, import, a list row by row, confirm it, discard it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.clock import now
from panoh.access.entrances import Request, ask, page, see
from panoh.access.models import JobProgress
from panoh.access.queries import job
from panoh.access.refusals import NotRight, NotThere
from panoh.casework import actions
from panoh.casework.catalogue import catalogue
from panoh.casework.forms_lists import DecisionForm, ImportForm, MendForm
from panoh.casework.jobs import begin_confirming, begin_linking
from panoh.casework.models import ArrivalList, ArrivalRow
from panoh.casework.queries.lists import (
    TABS,
    ListCounts,
    RowLine,
    counts_of,
    how_read,
    lists_page,
    row_for,
    row_line,
    rows_page,
)
from panoh.casework.queries.people import tracing_requests_open
from panoh.casework.queries.reach import list_for
from panoh.casework.refusals import SameFile

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
STILL_AFTER = timedelta(seconds=60)
TOO_LARGE = "panoh.upload-too-large"


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@page("arrivals/", name="lists", needs="list.see")
def lists(request: Request) -> HttpResponse:
    """Show the lists that were read, the newest first."""
    shown = {"page": lists_page(request.GET.get("page")), "tracing": tracing_requests_open().count()}
    return render(request, "casework/lists.html", shown)


@page("arrivals/import/", name="list-import", needs="list.read", methods=BOTH)
def import_list(request: Request) -> HttpResponse:
    """Read a sender's file as a draft."""

    def then(form: ImportForm) -> HttpResponse:
        file, given = form.cleaned_data["file"], form.cleaned_data
        try:
            read = actions.read_list(
                request.actor,
                content=file.read(),
                file_name=file.name,
                sender=given["sender"].strip(),
                kind=given["kind"] or None,
                can_wait=True,
            )
        except SameFile as same:
            code = same.details["list"]
            where = reverse("list", args=[code])
            form.add_error(
                None, format_html('{} <a href="{}">{}</a>', same, where, _("See list %(code)s") % {"code": code})
            )
            return render(request, "form.html", {"form": form, **words}, status=same.status)
        if how_read(read).waits_because:
            return see(request, "list-columns", read.code, said=_("The file is kept. Nobody is registered yet."))
        return see(request, "list", read.code, said=_("The list was read. Nobody is registered yet."))

    stopped = int(request.META.get("CONTENT_LENGTH") or 1) if request.META.get(TOO_LARGE) else 0
    form = ImportForm(_sent(request), request.FILES or None, too_large=stopped)
    words: dict[str, Any] = {
        "title": _("Import a list"), "submit": _("Read the list"), "cancel": reverse("lists"),
        "under": _("It is read and shown first. Nobody is registered before you confirm."),
        "busy": _("The list is being read; a long one takes up to a minute…"),
        "back": reverse("lists"), "back_label": _("Arrivals"),
    }  # fmt: skip
    return ask(request, form, then, **words)


@page("arrivals/<str:code>/", name="list", needs="list.see")
def dry_run(request: Request, code: str) -> HttpResponse:
    """Show a list as it was understood, row by row, those that ask first."""
    found = list_for(request.actor, code)
    counts, read = counts_of(found), how_read(found)
    tab = request.GET.get("show", "all")
    tab = tab if tab in TABS else "all"
    rows = rows_page(request.actor, found, read, tab=tab, number=request.GET.get("page"))
    tabs = [
        {"code": word, "label": label, "count": counts.tabs[word], "is_here": word == tab}
        for word, label in TABS.items()
        if counts.tabs[word] or word in {"all", "asks", tab}
    ]
    shown = {
        "list": found,
        "counts": counts,
        "read": read,
        "tabs": tabs,
        "page": rows,
        **_open_steps(request, found, counts, is_read=not read.waits_because),
    }
    return render(request, "casework/list.html", shown)


def _open_steps(request: Request, found: ArrivalList, counts: ListCounts, *, is_read: bool) -> dict[str, bool]:
    state, may = found.state, request.actor.may
    is_draft, is_kept = state == ArrivalList.State.DRAFT, state != ArrivalList.State.DISCARDED and not found.purged_at
    is_passenger = found.kind == ArrivalList.Kind.PASSENGER
    return {
        "can_confirm": is_kept and counts.will_register > 0 and may("list.confirm"),
        "can_read_anew": found.can_be_read_anew and may("list.decide"),
        "can_decide": is_kept and may("list.decide"),
        "can_link": is_kept and is_read and may("list.decide"),
        "can_discard": is_draft and may("list.decide"),
        "can_receive": state == ArrivalList.State.CONFIRMED and is_passenger and may("reception.run"),
    }


@page("arrivals/<str:code>/rows/<int:number>/", name="list-row", needs="list.decide", methods=BOTH)
def row(request: Request, code: str, number: int) -> HttpResponse:
    """Show a row beside what was understood of it, and mend it."""
    found = list_for(request.actor, code)
    kept = row_for(found, number)
    line = row_line(request.actor, found, kept)

    def then(form: MendForm) -> HttpResponse:
        actions.mend_row(request.actor, found, row=kept, facts=form.facts(), seen=form.cleaned_data["seen"])
        return _to_asking(request, found, _("Row %(row)s is mended.") % {"row": number})

    form = MendForm(line.facts, _sent(request))
    is_open = found.state != ArrivalList.State.DISCARDED and not found.purged_at and not line.is_registered
    return ask(
        request, form, then, template="casework/list_row.html", list=found, line=line, is_open=is_open,
        decisions=_decisions(line) if is_open else [], cancel=_asking(found),
    )  # fmt: skip


def _decisions(line: RowLine) -> list[dict[str, Any]]:
    out = {
        "decision": ArrivalRow.Decision.LEFT_OUT,
        "label": _("Leave it out: register nobody from this row"),
        "reasons": catalogue().choices("left_out_reasons"),
    }
    if line.row.state == ArrivalRow.State.UNREADABLE:
        return [out]
    taken = _ways_to_take(line)
    for other in line.others:
        same = _("Same person as row %(row)s: register that row only") % {"row": other}
        taken.append({"decision": ArrivalRow.Decision.SAME, "other": other, "label": same})
    if line.others:
        taken.append({"decision": ArrivalRow.Decision.ANOTHER, "label": _("Another person: register both")})
    return [*taken, out]


def _ways_to_take(line: RowLine) -> list[dict[str, Any]]:
    birth = line.facts["birth"]
    if birth["doubt"] != "year_only" or "year_only" not in line.row.remarks:
        return [{"decision": ArrivalRow.Decision.AS_READ, "label": _("Take it as it stands")}]
    year = {"year": birth["year"]}
    return [
        {"decision": ArrivalRow.Decision.AS_READ, "label": _("Keep 1 January %(year)s") % year},
        {"decision": ArrivalRow.Decision.ONLY_YEAR, "label": _("Only the year %(year)s") % year},
    ]


@page("arrivals/<str:code>/rows/<int:number>/decide/", name="list-decide", needs="list.decide", methods=POST)
def decide(request: Request, code: str, number: int) -> HttpResponse:
    """Take a row as it stands, as the same as another, as another person, or leave it out."""
    found = list_for(request.actor, code)
    kept = row_for(found, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise NotRight
    other = form.cleaned_data["other"]
    same_as = row_for(found, other) if other else None
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    actions.decide_row(request.actor, found, row=kept, decision=decision, same_as=same_as, reason=reason)
    return _to_asking(request, found, _("Row %(row)s is decided.") % {"row": number})


def _asking(found: ArrivalList) -> str:
    return reverse("list", args=[found.code]) + "?show=asks"


def _to_asking(request: Request, found: ArrivalList, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(_asking(found))


def _back(found: ArrivalList) -> dict[str, Any]:
    address = reverse("list", args=[found.code])
    return {"cancel": address, "back": address, "back_label": _("List %(code)s") % {"code": found.code}}


@page("arrivals/<str:code>/confirm/", name="list-confirm", needs="list.confirm", methods=BOTH)
def confirm(request: Request, code: str) -> HttpResponse:
    """Ask whether everybody on a list is to be registered, and begin it."""
    found = list_for(request.actor, code)
    if request.method == "POST":
        return redirect("list-progress", found.code, begin_confirming(request.actor, found))
    counts = counts_of(found)
    shown = {
        "title": _("Confirm list %(code)s") % {"code": found.code},
        "says": _will_register(found, counts.will_register),
        "will": _will(found, counts),
        "submit": _("Register them"),
        "busy": _("Beginning…"),
        **_back(found),
    }
    return render(request, "confirm.html", shown)


def _will_register(found: ArrivalList, number: int) -> str:
    if found.kind == ArrivalList.Kind.RELATIVES:
        said = ngettext("%(n)s tracing request will be opened.", "%(n)s tracing requests will be opened.", number)
    else:
        said = ngettext("%(n)s person will be registered.", "%(n)s people will be registered.", number)
    return said % {"n": number}


def _will(found: ArrivalList, counts: ListCounts) -> list[str]:
    told = [_("It happens in one step: all of them, or nobody if something goes wrong.")]
    if found.kind == ArrivalList.Kind.RELATIVES:
        told.append(_("The people sought did not arrive: no person and no case is made."))
    asks = counts.tabs["asks"] - counts.held
    numbers = (
        (asks, ngettext("%(n)s row asks something that can be settled later; where needed a task is set.",
                        "%(n)s rows ask something that can be settled later; where needed tasks are set.", asks)),
        (counts.held, ngettext("%(n)s row waits for a decision and registers nobody until then.",
                               "%(n)s rows wait for a decision and register nobody until then.", counts.held)),
        (counts.tabs["broken"], ngettext("%(n)s row cannot be read and registers nobody.",
                                         "%(n)s rows cannot be read and register nobody.", counts.tabs["broken"])),
        (counts.tabs["aside"], ngettext("%(n)s row was left out.", "%(n)s rows were left out.", counts.tabs["aside"])),
    )  # fmt: skip
    return told + [said % {"n": number} for number, said in numbers if number > 0]


@page("arrivals/<str:code>/progress/<str:job_code>/", name="list-progress", needs="list.confirm")
def progress(request: Request, code: str, job_code: str) -> HttpResponse:
    """Show how far the registering has come; htmx asks for the card alone."""
    found, work = list_for(request.actor, code), job(request.actor, job_code)
    if work.about != found.code:
        raise NotThere
    return _progress(request, found, work, _("Registering list %(code)s"), again="list-confirm")


def _progress(request: Request, found: ArrivalList, work: JobProgress, title: str, *, again: str) -> HttpResponse:
    title = title % {"code": found.code}
    shown = {"list": found, "title": title, "url": request.path, **_how_far(found, work, again)}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "components/progress.html" if is_part else "casework/list_progress.html", shown)


@page("arrivals/<str:code>/link/", name="list-link", needs="list.decide", methods=BOTH)
def link(request: Request, code: str) -> HttpResponse:
    """Ask whether a list is to be joined with the register, and begin it."""
    found = list_for(request.actor, code)
    if request.method == "POST":
        return redirect("list-link-progress", found.code, begin_linking(request.actor, found))
    shown = {
        "title": _("Look for people of list %(code)s who are known already") % {"code": code},
        "says": _("Every row is compared with those who are registered and with those whom relatives look for."),
        "will": [
            _("Pairs that may be one person wait for a decision. Nobody is joined by it, and no help stops."),
            _("Relatives learn nothing before a person decides."),
            _("It can be done again at any time; no pair is suggested twice."),
        ],
        "submit": _("Look for them"),
        "busy": _("Beginning…"),
        **_back(found),
    }
    return render(request, "confirm.html", shown)


@page("arrivals/<str:code>/link/<str:job_code>/", name="list-link-progress", needs="list.decide")
def link_progress(request: Request, code: str, job_code: str) -> HttpResponse:
    """Show how far the comparing has come; htmx asks for the card alone."""
    found, work = list_for(request.actor, code), job(request.actor, job_code)
    if work.about != found.code:
        raise NotThere
    return _progress(request, found, work, _("Comparing list %(code)s with the register"), again="list-link")


def _how_far(found: ArrivalList, work: JobProgress, again: str) -> dict[str, Any]:
    address = reverse("list", args=[found.code])
    told = {"done": work.done, "total": work.total, "ended": True, "next": address, "next_label": _("See the list")}
    if work.state == JobProgress.State.DONE:
        return {**told, "says": work.says}
    if work.state == JobProgress.State.REFUSED:
        return {**told, "says": work.says, "ended_badly": True}
    if now() - work.changed_at > STILL_AFTER:
        says = _("Nothing has moved for more than a minute. If it was interrupted, nothing of it was kept.")
        anew = {"next": reverse(again, args=[found.code]), "next_label": _("Try again")}
        return {**told, **anew, "says": says, "ended_badly": True}
    return {**told, "ended": False}


@page("arrivals/<str:code>/discard/", name="list-discard", needs="list.decide", methods=BOTH)
def discard(request: Request, code: str) -> HttpResponse:
    """Ask whether a draft is to be put away, and do it."""
    found = list_for(request.actor, code)
    if request.method == "POST":
        actions.discard_list(request.actor, found)
        return see(request, "lists", said=_("List %(code)s is discarded.") % {"code": code})
    shown = {
        "title": _("Discard list %(code)s") % {"code": code},
        "says": _("This list will be put away. Nobody is registered from it."),
        "will": [_("Decisions taken on its rows are lost."), _("The same file can be imported again.")],
        "submit": _("Discard the list"),
        "danger": True,
        **_back(found),
    }
    return render(request, "confirm.html", shown)
