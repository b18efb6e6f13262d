"""What every operation of the API needs: who asks and one permission; and who works here, over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf
from pydantic import StringConstraints

from panoh.access import account, actions, audit, government, queries, recovery
from panoh.access.clock import today
from panoh.access.entrances import Request
from panoh.access.models import Agency, District, Recovery, Staff
from panoh.access.refusals import FormExpired, NotAllowed

__all__ = ["Code", "Line", "LookPageOut", "Needs", "Number", "PartAsked", "Text", "Word", "router"]

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,24}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,60}$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=10_000)]
NO_OTHER_KEYS: Any = {"additionalProperties": False}  # of what is described by the pattern of its keys
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=120, strip_whitespace=True)]


class Needs(APIKeyCookie):
    """Let an operation be asked by whoever signed in and holds one permission; a change needs the CSRF token too."""

    param_name = "session"

    def __init__(self, permission: str) -> None:
        self.permission = permission
        super().__init__(csrf=True)

    def _get_key(self, request: HttpRequest) -> str:
        if check_csrf(request):
            raise FormExpired
        return ""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return the actor, or None for nobody.

        Raises:
            NotAllowed: the role does not hold the permission.
        """
        if not request.user.is_authenticated:
            return None
        actor = request.actor  # type: ignore[attr-defined]  # the middleware set it
        if not actor.may(self.permission):
            audit.write(actor, self.permission, denied=True)
            raise NotAllowed
        return actor


AgencyKind = Literal[
    "ministry", "social_service", "reception_centre", "school", "clinic", "committee", "ngo", "international",
    "civil_registry",
]  # fmt: skip


class DistrictOut(Schema):
    code: str
    label: str
    region: str
    country: str


class AgencyOut(Schema):
    code: str
    name: str
    kind: AgencyKind
    district: str | None = Field(None, alias="district.code")

    @staticmethod
    def resolve_kind(agency: Agency) -> str:
        return Agency.Kind(agency.kind).name.lower()


class StaffOut(Schema):
    username: str
    display_name: str
    agency: str = Field(..., alias="agency.code")
    role: str = Field(..., alias="role_now")


class AgencyIn(Schema):
    name: Line
    kind: AgencyKind
    district: Code | None = None


class StaffIn(Schema):
    username: Annotated[str, StringConstraints(pattern=r"^[a-z0-9._-]{2,60}$")]
    display_name: Line
    agency: Code
    role: Word
    password: Text


class PasswordIn(Schema):
    password: Text


class IdentityIn(Schema):
    identity: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=190)]


class RecoveryIn(Schema):
    reason: Literal["factor_lost", "both_lost", "somebody_knows"]


class HalfOut(Schema):
    half: str = Field(..., alias="text")


router = Router(tags=["Who works here"])


@router.get("/districts", auth=Needs("today.see"), response=list[DistrictOut])
def districts(request: Request) -> list[District]:
    """List every district of the country's public geography."""
    return queries.districts()


@router.get("/agencies", auth=Needs("today.see"), response=list[AgencyOut])
def agencies(request: Request) -> list[Agency]:
    """List the agencies that work with us."""
    return queries.agencies()


@router.post("/agencies", auth=Needs("settings.edit"), response={201: AgencyOut})
def add_agency(request: Request, given: AgencyIn) -> Status[Agency]:
    """Register an agency."""
    district = queries.district(given.district) if given.district else None
    return Status(
        201, actions.add_agency(request.actor, name=given.name, kind=Agency.Kind[given.kind.upper()], district=district)
    )


@router.get("/staff", auth=Needs("today.see"), response=list[StaffOut])
def staff(request: Request) -> QuerySet[Staff]:
    """List the colleagues to whom the asker may hand work."""
    return queries.staff_of(request.actor)


@router.post("/staff", auth=Needs("settings.edit"), response={201: StaffOut})
def add_staff(request: Request, given: StaffIn) -> Status[Staff]:
    """Open an account for a colleague."""
    agency = queries.agency(given.agency)
    return Status(201, actions.add_staff(request.actor, **{**given.dict(), "agency": agency}))


@router.post("/staff/{username}/password", auth=Needs("settings.edit"), response={204: None})
def give_password(request: Request, username: Path[Word], given: PasswordIn) -> Status[None]:
    """Give a colleague a new first password."""
    staff = queries.staff_for(request.actor, username)
    actions.give_password(request.actor, staff, password=given.password)
    return Status(204, None)


@router.post("/staff/{username}/sign-out", auth=Needs("settings.edit"), response={204: None})
def sign_out(request: Request, username: Path[Word]) -> Status[None]:
    """Sign a colleague out everywhere."""
    actions.end_sessions_of(request.actor, queries.staff_for(request.actor, username))
    return Status(204, None)


@router.put("/staff/{username}/identity", auth=Needs("settings.edit"), response={204: None})
def set_identity(request: Request, username: Path[Word], given: IdentityIn) -> Status[None]:
    """Enter by which government identity an account opens; an empty one takes the way away."""
    government.set_government_id(
        request.actor, queries.staff_for(request.actor, username), identity=given.identity.strip()
    )
    return Status(204, None)


@router.post("/staff/{username}/recovery", auth=Needs("settings.edit"), response={201: HalfOut})
def propose_recovery(request: Request, username: Path[Word], given: RecoveryIn) -> Status[recovery.Half]:
    """Propose that a colleague gets in anew; the answer is the half of the code that the proposer hands over."""
    staff = queries.staff_for(request.actor, username)
    reason = Recovery.Reason[given.reason.upper()]
    return Status(201, recovery.propose_recovery(request.actor, staff, reason=reason))


@router.post("/recoveries/{username}/agree", auth=Needs("account.recover"), response=HalfOut)
def agree_to_recovery(request: Request, username: Path[Word]) -> recovery.Half:
    """Agree to a recovery; the answer is the second half, which holds 15 minutes."""
    return recovery.agree_to_recovery(request.actor, recovery.recovering(username))


@router.post("/recoveries/{username}/stop", auth=Needs("account.recover"), response={204: None})
def stop_recovery(request: Request, username: Path[Word]) -> Status[None]:
    """Stop a recovery."""
    recovery.stop_recovery(request.actor, recovery.recovering(username))
    return Status(204, None)


# --- the audit ---------------------------------------------------------------------------------------------------


class PartAsked(Schema):
    """Which part of a list: older than `after`, or newer than `before`, as the part before gave them."""

    after: int = Field(0, ge=0, lt=10**18)
    before: int = Field(0, ge=0, lt=10**18)


class LookOut(Schema):
    at: datetime
    who: str
    role: str
    agency: str
    what: str
    why: str
    about: str
    is_denied: bool
    names: int


class LookPageOut(Schema):
    looks: list[LookOut]
    newer: int | None
    older: int | None


class AuditAsked(PartAsked):
    code: Code | None = None
    staff: Word | None = None
    step: Annotated[str, StringConstraints(pattern=r"^[a-z.-]{1,48}$")] | None = None
    purpose: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,32}$")] | None = None
    denied: bool = False
    since: date | None = None
    until: date | None = None


class FigureOut(Schema):
    label: str
    value: int
    refused: int = Field(..., alias="part")


class ReportOut(Schema):
    month: date
    totals: list[FigureOut]
    by_role: list[FigureOut]
    by_purpose: list[FigureOut]
    by_agency: list[FigureOut]
    steps: list[FigureOut]


class MonthAsked(Schema):
    month: date | None = None


@router.get("/audit", auth=Needs("audit.search"), response=LookPageOut)
def search_audit(request: Request, asked: Query[AuditAsked]) -> account.Page:
    """Give the entries of the audit that fit, the newest first, 25 at a time; the search is an entry itself."""
    given = {name: value for name, value in asked.dict().items() if value}
    part = {name: given.pop(name, 0) for name in ("after", "before")}
    if "staff" in given:
        given["staff"] = account.staff_called(given["staff"])
    return account.search(request.actor, account.Asked(**given), **part)


@router.get("/audit/report", auth=Needs("audit.report"), response=ReportOut)
def report(request: Request, asked: Query[MonthAsked]) -> account.Report:
    """Give the figures of the month in which a day lies, the present one if none is given."""
    return account.report(request.actor, asked.month or today())
