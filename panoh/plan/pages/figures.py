"""Pages: what the public record says of operations, and where it disagrees."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotThere
from panoh.plan import actions
from panoh.plan.forms_figures import FigureForm, OperationForm, StrikeOutForm
from panoh.plan.queries import figure_for, operation_for, operation_shown, public_record

BOTH: Any = ("GET", "POST")


@page("published-figures/", name="public-record", needs="joint.see")
def record(request: Request) -> HttpResponse:
    """Show what was published of each operation, country by country, and where it disagrees."""
    return render(request, "plan/record.html", {"countries": public_record()})


@page("published-figures/operations/new/", name="operation-new", needs="figure.record", methods=BOTH)
def name_operation(request: Request) -> HttpResponse:
    """Name an operation that figures are published of."""

    def then(form: OperationForm) -> HttpResponse:
        made = actions.add_operation(request.actor, **form.named())
        return see(request, "operation", made.code, said=_("Named. Record what was published of it."))

    back = {"back": reverse("public-record"), "back_label": _("Published figures"), "cancel": reverse("public-record")}
    return ask(request, OperationForm(request.POST or None), then, title=_("Name an operation"), **back)


@page("published-figures/<slug:code>/", name="operation", needs="joint.see")
def one_operation(request: Request, code: str) -> HttpResponse:
    """Show every figure of an operation with its source."""
    return render(request, "plan/operation.html", {"shown": operation_shown(operation_for(code))})


@page("published-figures/<slug:code>/new/", name="figure-new", needs="figure.record", methods=BOTH)
def record_one(request: Request, code: str) -> HttpResponse:
    """Record a figure as it was published."""
    operation = operation_for(code)

    def then(form: FigureForm) -> HttpResponse:
        actions.record_figure(request.actor, operation, form.published())
        return see(request, "operation", code, said=_("Recorded, beside whatever else was published."))

    back: dict[str, Any] = {"back": reverse("operation", args=(code,)), "back_label": operation}
    title = _("Record a published figure")
    return ask(request, FigureForm(request.POST or None), then, title=title, cancel=back["back"], **back)


@page("published-figures/<slug:code>/<int:number>/strike-out/", name="figure-strike-out", needs="figure.record", methods=BOTH)  # noqa: E501  # fmt: skip
def strike_out(request: Request, code: str, number: int) -> HttpResponse:
    """Strike out a figure that was entered wrongly."""
    figure = figure_for(number)
    if figure.operation.code != code:
        raise NotThere

    def then(form: StrikeOutForm) -> HttpResponse:
        actions.strike_out_figure(request.actor, figure, because=form.cleaned_data["because"])
        return see(request, "operation", code, said=_("Struck out: it counts no more and stays to be read."))

    back: dict[str, Any] = {"back": reverse("operation", args=(code,)), "back_label": figure.operation}
    return ask(
        request, StrikeOutForm(request.POST or None), then, title=_("Strike out a figure"), submit=_("Strike it out"),
        under=f"{figure.get_measure_display()}: {figure.value}", danger=True, cancel=back["back"], **back,
    )  # fmt: skip
