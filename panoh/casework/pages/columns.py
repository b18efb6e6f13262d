"""Page: what the columns of a list mean, put right; a draft is read anew with it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions
from panoh.casework.forms_columns import ColumnsForm, ReadAnewForm
from panoh.casework.models import ArrivalList
from panoh.casework.queries.columns import columns_seen, decisions_on
from panoh.casework.queries.lists import HowRead, how_read
from panoh.casework.queries.reach import list_for

BOTH: Any = ("GET", "POST")


@page("arrivals/<str:code>/columns/", name="list-columns", needs="list.decide", methods=BOTH)
def columns(request: Request, code: str) -> HttpResponse:
    """Say what the columns of a list mean: a draft is read anew, and the sender's next lists are read with it."""
    found = list_for(request.actor, code)
    read = how_read(found)
    return _read_anew(request, found, read) if found.can_be_read_anew else _for_next_lists(request, found, read)


def _read_anew(request: Request, found: ArrivalList, read: HowRead) -> HttpResponse:
    def then(form: ReadAnewForm) -> HttpResponse:
        done = actions.read_anew(request.actor, found, columns=form.said(), kind=form.cleaned_data["kind"])
        return see(request, "list", found.code, said=_said(done))

    sent = request.POST if request.method == "POST" else None
    form = ReadAnewForm(columns_seen(request.actor, found, read), sent, initial={"kind": read.kind_said})
    kind = {"kind": found.get_kind_display(), "why": read.kind_reason}
    form.fields["kind"].help_text = _("Now it is read as %(kind)s: %(why)s.") % kind
    return ask(
        request,
        form,
        then,
        title=_("What the columns mean"),
        under=found.sender,
        says=_why(found, read),
        tone="ask" if read.waits_because else "plain",
        body="casework/columns_fields.html",
        wide=True,
        submit=_("Read the list with these columns"),
        busy=_("The list is being read; a long one takes up to a minute…"),
        **_back(found),
    )


def _why(found: ArrivalList, read: HowRead) -> str:
    told = [read.waits_because, _("Choose what each column holds; what Panoh could tell is chosen already.")]
    if not read.waits_because:
        told = [_("The list is read anew with what you choose here."),
                _("What its headings mean is remembered for the next lists of this sender.")]  # fmt: skip
    if n := decisions_on(found):
        told.append(ngettext("%(n)s row is decided: if it reads otherwise then, it is asked about again.",
                             "%(n)s rows are decided: those that read otherwise then are asked about again.", n)
                    % {"n": n})  # fmt: skip
    return " ".join(told)


def _said(done: actions.ReadAnew) -> str:
    told = [ngettext("The list was read anew: %(n)s row.", "The list was read anew: %(n)s rows.", done.rows)
            % {"n": done.rows}]  # fmt: skip
    if n := done.changed:
        told.append(ngettext("%(n)s row reads otherwise than before.", "%(n)s rows read otherwise than before.", n)
                    % {"n": n})  # fmt: skip
    else:
        told.append(_("No row reads otherwise than before."))
    if n := done.to_decide_again:
        told.append(ngettext("%(n)s decision has to be taken again.", "%(n)s decisions have to be taken again.", n)
                    % {"n": n})  # fmt: skip
    return " ".join(told)


def _for_next_lists(request: Request, found: ArrivalList, read: HowRead) -> HttpResponse:
    def then(form: ColumnsForm) -> HttpResponse:
        changed = form.changed()
        with transaction.atomic():
            for heading, field in changed:
                actions.remember_column(request.actor, found, heading=heading, field=field)
        if not changed:
            return see(request, "list", found.code, said=_("No column was changed."))
        said = _("Remembered for the next lists of this sender. This list stays as it was read.")
        return see(request, "list", found.code, said=said)

    says = _("What you put right here is used when the next list of this sender is read.")
    if found.state == ArrivalList.State.DRAFT:
        again = _("To read this list anew with it, discard it and import the file again under the same sender.")
    else:
        again = _("This list is no draft any more and stays as it was read.")
    headed = [column for column in read.columns if column.heading.strip()]
    form = ColumnsForm(headed, request.POST if request.method == "POST" else None)
    title = _("What the columns mean")
    return ask(request, form, then, title=title, says=f"{says} {again}", under=found.sender, **_back(found))


def _back(found: ArrivalList) -> dict[str, Any]:
    address = reverse("list", args=[found.code])
    return {"cancel": address, "back": address, "back_label": _("List %(code)s") % {"code": found.code}}
