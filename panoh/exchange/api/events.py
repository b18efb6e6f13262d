"""Events over HTTP."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any, Literal

from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import AfterValidator

from panoh.access.api import Code, Needs, Number
from panoh.access.entrances import Request
from panoh.access.wordings import Wording
from panoh.exchange import actions
from panoh.exchange.api.wordings import Link, MaybeWorded, Short, State, Text, Worded
from panoh.exchange.models import Event, EventBody, Output, Participation
from panoh.exchange.queries import event_for, event_shown, events, part_of, registrations
from panoh.plan.queries import body_for

router = Router(tags=["Exchange: events"])

Kind = Literal["conference", "forum", "working_group", "study_visit", "meeting"]
Mode = Literal["in_person", "online", "both"]
Rules = Literal["on_record", "chatham_house", "closed"]
EventState = Literal["proposed", "planned", "held", "cancelled"]
Part = Literal["organiser", "co_organiser", "host", "donor"]
OutputKind = Literal["programme", "statement", "document", "outcome", "recording"]
Qualifier = Literal["exact", "min", "about"]
Act = Literal[
    "assert", "assess", "report", "expect", "commit", "urge", "propose", "support", "object", "abstain",
]  # fmt: skip
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,24}$")]
# The hour of a programme is that of the place: no seconds and no zone, as on the page.
Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), AfterValidator(time.fromisoformat)]

CHOICES = {"mode": Event.Mode, "rules": Event.Rules, "state": Event.State, "qualifier": Participation.Qualifier,
           "part": EventBody.Part}  # fmt: skip


class EventIn(Schema):
    """title: by language, the one it was written in first."""

    title: Worded
    kind: Kind
    mode: Mode = "in_person"
    rules: Rules = "on_record"
    state: EventState = "planned"
    starts: date | None = None
    ends: date | None = None
    place: Short = ""
    beside: Code | None = None
    meeting_link: Link = ""


class ExchangeEventOut(Schema):
    code: str
    title: dict[str, str]
    kind: Kind
    mode: Mode
    rules: Rules
    state: EventState
    starts: date | None
    ends: date | None
    place: str
    beside: str | None = Field(None, alias="beside.code")
    meeting_link: str

    @staticmethod
    def resolve_kind(event: Event) -> str:
        return Event.Kind(event.kind).name.lower()

    @staticmethod
    def resolve_mode(event: Event) -> str:
        return Event.Mode(event.mode).name.lower()

    @staticmethod
    def resolve_rules(event: Event) -> str:
        return Event.Rules(event.rules).name.lower()

    @staticmethod
    def resolve_state(event: Event) -> str:
        return Event.State(event.state).name.lower()


class EventBodyIn(Schema):
    body: Slug
    part: Part


class SessionIn(Schema):
    title: Worded
    agenda: MaybeWorded = Field(default_factory=dict)
    day: date | None = None
    starts: Hour | None = None
    ends: Hour | None = None
    chair: Short = ""


class ParticipantsIn(Schema):
    """headcount: left out when nobody reported it, which is not 0."""

    country: State = ""
    body: Short = ""
    headcount: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    qualifier: Qualifier = "exact"
    source: Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]


class RegistrationIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
    title: Short = ""
    body: Short = ""
    country: State = ""


class OutputIn(Schema):
    kind: OutputKind
    title: Worded
    link: Annotated[Link, Field(min_length=1)]


class EventDecisionIn(Schema):
    text: Worded
    addressed_to: Short = ""
    due: date | None = None


class StatementIn(Schema):
    act: Act
    text: Annotated[Text, Field(min_length=1, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
    speaker: Short = ""
    body: Slug | None = None
    country: State = ""
    quote: Text = ""


class EventBodyOut(Schema):
    number: int = Field(..., alias="pk")
    body: str = Field(..., alias="body.code")
    part: Part

    @staticmethod
    def resolve_part(one: EventBody) -> str:
        return EventBody.Part(one.part).name.lower()


class SessionOut(Schema):
    number: int = Field(..., alias="pk")
    title: dict[str, str]
    agenda: dict[str, str]
    day: date | None
    starts: time | None
    ends: time | None
    chair: str


class ParticipantsOut(Schema):
    number: int = Field(..., alias="pk")
    country: str
    body: str
    headcount: int | None
    qualifier: Qualifier
    source: str

    @staticmethod
    def resolve_qualifier(one: Participation) -> str:
        return Participation.Qualifier(one.qualifier).name.lower()


class RegistrationOut(Schema):
    number: int = Field(..., alias="pk")
    name: str
    title: str
    body: str
    country: str


class OutputOut(Schema):
    number: int = Field(..., alias="pk")
    kind: OutputKind
    title: dict[str, str]
    link: str
    language: str

    @staticmethod
    def resolve_kind(one: Output) -> str:
        return Output.Kind(one.kind).name.lower()


class DecisionOut(Schema):
    number: int = Field(..., alias="pk")
    text: dict[str, str]
    addressed_to: str
    due: date | None


class StatementOut(Schema):
    number: int = Field(..., alias="pk")
    code: str
    act: Act
    text: str
    speaker: str
    body: str | None = Field(None, alias="body.code")
    country: str
    quote: str


class EventWholeOut(Schema):
    event: ExchangeEventOut
    bodies: list[EventBodyOut]
    sessions: list[SessionOut]
    participants: list[ParticipantsOut]
    outputs: list[OutputOut]
    decisions: list[DecisionOut]
    statements: list[StatementOut]


class EventsAsked(Schema):
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


class EventMadeOut(Schema):
    number: int = Field(..., alias="pk")


@router.get("/exchange/events", auth=Needs("exchange.see"), response=list[ExchangeEventOut])
def all_events(request: Request, asked: Query[EventsAsked]) -> object:
    """Return events, the newest first, 100 a page."""
    return events().select_related("beside")[(asked.page - 1) * 100 : asked.page * 100]


@router.post("/exchange/events", auth=Needs("event.edit"), response={201: ExchangeEventOut})
def add_event(request: Request, given: EventIn) -> Status[Event]:
    """Enter an event."""
    return Status(201, actions.add_event(request.actor, **_fields(given)))


@router.get("/exchange/events/{code}", auth=Needs("exchange.see"), response=EventWholeOut)
def one_event(request: Request, code: Path[Code]) -> object:
    """Return an event with what belongs to it."""
    return event_shown(request.actor, event_for(code))


@router.put("/exchange/events/{code}", auth=Needs("event.edit"), response=ExchangeEventOut)
def edit_event(request: Request, code: Path[Code], given: EventIn) -> Event:
    """Change an event; one that is not on record any more forgets who said what."""
    return actions.edit_event(request.actor, event_for(code), **_fields(given))


@router.get("/exchange/events/{code}/registrations", auth=Needs("event.edit"), response=list[RegistrationOut])
def registered(request: Request, code: Path[Code]) -> object:
    """Return who is registered; names of officials, destroyed 90 days after the event."""
    return registrations(event_for(code))


def _fields(given: Schema) -> dict[str, Any]:
    """Return an input as a step takes it: choices as numbers, texts as wordings, codes as records."""
    fields = given.dict()
    for name, value in fields.items():
        if isinstance(value, dict):
            fields[name] = Wording(value)
        elif name in CHOICES:
            fields[name] = CHOICES[name][value.upper()]
    if "kind" in fields:
        fields["kind"] = (Event.Kind if isinstance(given, EventIn) else Output.Kind)[fields["kind"].upper()]
    if fields.get("body") and isinstance(given, EventBodyIn | StatementIn):
        fields["body"] = body_for(fields["body"])
    if fields.get("beside"):
        fields["beside"] = event_for(fields["beside"])
    if isinstance(given, OutputIn):
        fields["language"] = next(iter(given.title))
    return fields


def _part_operations(part: str, shape: type[Schema]) -> None:
    """Register the operations that add and change one kind of part of an event."""

    def add(request: Request, code: Path[Code], given: Any) -> Status[Any]:
        return Status(201, actions.add_part(request.actor, event_for(code), part, **_fields(given)))

    def change(request: Request, code: Path[Code], number: Path[Number], given: Any) -> Any:
        event = event_for(code)
        part_of(event, part, number)
        return actions.change_part(request.actor, event, part, number, **_fields(given))

    def remove(request: Request, code: Path[Code], number: Path[Number]) -> Status[None]:
        actions.remove_part(request.actor, event_for(code), part, number)
        return Status(204, None)

    for operation in (add, change):
        operation.__annotations__ = {**operation.__annotations__, "given": shape}
    add.__doc__, change.__doc__ = f"Add to the {part} of an event.", f"Change one of the {part} of an event."
    remove.__doc__ = f"Take one of the {part} out that was entered by mistake."
    path = f"/exchange/events/{{code}}/{part}"
    router.post(path, auth=Needs("event.edit"), response={201: EventMadeOut}, operation_id=f"add_{part}")(add)
    one = f"{path}/{{number}}"
    router.put(one, auth=Needs("event.edit"), response=EventMadeOut, operation_id=f"change_{part}")(change)
    router.delete(one, auth=Needs("event.edit"), response={204: None}, operation_id=f"remove_{part}")(remove)


SHAPES: dict[str, type[Schema]] = {
    "bodies": EventBodyIn, "sessions": SessionIn, "participants": ParticipantsIn, "registrations": RegistrationIn,
    "outputs": OutputIn, "decisions": EventDecisionIn, "statements": StatementIn,
}  # fmt: skip
for name, shape in SHAPES.items():
    _part_operations(name, shape)
