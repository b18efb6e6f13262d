"""Pages: events, what belongs to them, and what is printed for the table."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access.entrances import Request, ask, page, see
from panoh.exchange import actions
from panoh.exchange.forms import InLanguage
from panoh.exchange.forms_events import FORMS, EventForm, StatementForm
from panoh.exchange.models import Event
from panoh.exchange.queries import event_for, event_shown, events, part_of, registrations

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
A_PAGE = 25

# Part: its page when it is added, and when it is changed.
TITLES = {
    "bodies": (gettext_lazy("Add a body"), gettext_lazy("Change a body's part")),
    "sessions": (gettext_lazy("Add a session"), gettext_lazy("Change a session")),
    "participants": (gettext_lazy("Add a count of participants"), gettext_lazy("Change a count of participants")),
    "registrations": (gettext_lazy("Register an official"), gettext_lazy("Change a registration")),
    "outputs": (gettext_lazy("Add a paper or recording"), gettext_lazy("Change a paper or recording")),
    "decisions": (gettext_lazy("Add a decision"), gettext_lazy("Change a decision")),
    "statements": (gettext_lazy("Add a statement"), gettext_lazy("Change a statement")),
}


@page("exchange/events/", name="events", needs="exchange.see")
def all_events(request: Request) -> HttpResponse:
    """List every event, the newest first."""
    part = Paginator(events(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/events.html", {"page": part})


@page("exchange/events/new/", name="event-new", needs="event.edit", methods=BOTH)
def new_event(request: Request) -> HttpResponse:
    """Enter an event."""

    def then(form: EventForm) -> HttpResponse:
        made = actions.add_event(request.actor, **form.given())
        return see(request, "event", made.code, said=_("The event is entered."))

    back = {"back": reverse("events"), "back_label": _("Events"), "cancel": reverse("events")}
    return ask(
        request, EventForm(request.POST or None), then, title=_("New event"), submit=_("Enter the event"), **back
    )


@page("exchange/events/<str:code>/", name="event", needs="exchange.see")
def one_event(request: Request, code: str) -> HttpResponse:
    """Show an event with all that belongs to it."""
    return render(request, "exchange/event.html", {"shown": event_shown(request.actor, event_for(code))})


@page("exchange/events/<str:code>/edit/", name="event-edit", needs="event.edit", methods=BOTH)
def edit(request: Request, code: str) -> HttpResponse:
    """Change an event, or word it in another language."""
    event = event_for(code)

    def then(form: EventForm) -> HttpResponse:
        actions.edit_event(request.actor, event, **form.given())
        return see(request, "event", code, said=_("The event is changed."))

    form = EventForm(request.POST or None, record=event, language=_language(request))
    return ask(request, form, then, template="exchange/worded_form.html", title=_("Change the event"), **_back(event))


@page("exchange/events/<str:code>/registrations/", name="event-registrations", needs="event.edit")
def registered(request: Request, code: str) -> HttpResponse:
    """Show who is registered; names of officials, for those who prepare the event."""
    event = event_for(code)
    return render(request, "exchange/registrations.html", {"event": event, "registered": registrations(event)})


@page("exchange/events/<str:code>/programme/", name="event-programme", needs="exchange.see")
def programme(request: Request, code: str) -> HttpResponse:
    """Show the programme alone, for paper."""
    return render(request, "exchange/programme.html", {"shown": event_shown(request.actor, event_for(code))})


def _part_pages(part: str) -> None:
    """Register the pages that add, change and take out one kind of part."""
    adding, changing = TITLES[part]

    def add(request: Request, code: str) -> HttpResponse:
        event = event_for(code)

        def then(form: Form) -> HttpResponse:
            actions.add_part(request.actor, event, part, **_given(form))
            return see(request, "event-registrations" if part == "registrations" else "event", code, said=_("Entered."))

        return ask(request, _form(request, event, part), then, title=adding, submit=_("Enter"), **_back(event, part))

    def change(request: Request, code: str, number: int) -> HttpResponse:
        event = event_for(code)
        record = part_of(event, part, number)

        def then(form: Form) -> HttpResponse:
            actions.change_part(request.actor, event, part, number, **_given(form))
            return see(request, "event-registrations" if part == "registrations" else "event", code, said=_("Changed."))

        form = _form(request, event, part, record)
        more = {"remove": reverse(f"event-{part}-remove", args=[code, number]), **_back(event, part)}
        return ask(request, form, then, template="exchange/worded_form.html", title=changing, **more)

    def remove(request: Request, code: str, number: int) -> HttpResponse:
        actions.remove_part(request.actor, event_for(code), part, number)
        where = "event-registrations" if part == "registrations" else "event"
        return see(request, where, code, said=_("Taken out."))

    add.__doc__, change.__doc__ = "Add a part to an event.", "Change a part of an event."
    root = f"exchange/events/<str:code>/{part}/"
    page(f"{root}new/", name=f"event-{part}-new", needs="event.edit", methods=BOTH)(add)
    page(f"{root}<int:number>/", name=f"event-{part}-edit", needs="event.edit", methods=BOTH)(change)
    page(f"{root}<int:number>/remove/", name=f"event-{part}-remove", needs="event.edit", methods=POST)(remove)


for name in TITLES:
    _part_pages(name)


def _form(request: Request, event: Event, part: str, record: Any = None) -> Form:
    made, data = FORMS[part], request.POST or None
    if issubclass(made, InLanguage):
        return made(data, record=record, language=_language(request))
    initial = {name: getattr(record, name) for name in made.base_fields} if record else None
    if made is StatementForm:
        return StatementForm(data, initial=initial, closed=event.rules != Event.Rules.ON_RECORD)
    return made(data, initial=initial)


def _given(form: Form) -> dict[str, Any]:
    return form.given() if isinstance(form, InLanguage) else form.cleaned_data


def _language(request: Request) -> str:
    return request.GET.get("language", "")[:2]


def _back(event: Event, part: str = "") -> dict[str, Any]:
    url = reverse("event-registrations" if part == "registrations" else "event", args=[event.code])
    return {"back": url, "back_label": str(event.title), "cancel": url}
