"""The API: every room's operations under one address, refusals as JSON with the same sentences as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from panoh.access.api import Needs
from panoh.access.api import router as access
from panoh.access.api_roles import router as roles
from panoh.access.meanwhile import ChangedMeanwhile, told
from panoh.access.refusals import BadRequest, NotRight, Refusal, SignInFirst
from panoh.casework.api import router as casework
from panoh.exchange.api import router as exchange
from panoh.plan.api import router as plan

api = NinjaAPI(
    title="Panoh",
    version="1",
    description="The same steps and reads as the pages, for whoever signed in; a change needs the CSRF token too.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
api.add_router("", access)
api.add_router("", roles)
api.add_router("", casework)
api.add_router("", plan)
api.add_router("", exchange)


PLACES = {"body", "query", "path", "form", "file", "given", "asked"}


class Problem(Schema):
    """A refusal: a code for the program, a sentence for the reader, and which field of the input it is about."""

    code: str
    message: str
    fields: dict[str, str] = Field(default_factory=dict)


class ChangeMade(Schema):
    """Who changed a record meanwhile, by user name, and when."""

    by: str | None
    at: datetime


class ProblemMeanwhile(Problem):
    """Somebody changed the record since it was read: what stands there now, and whose change it was."""

    now: dict[str, Any]
    changes: list[ChangeMade]


@api.get("/openapi.json", auth=Needs("today.see"), include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """Describe the API, OpenAPI 3.1."""
    return api.create_response(request, api.get_openapi_schema(), status=200)


def _say(request: HttpRequest, refusal: Refusal, **fields: str) -> HttpResponse:
    problem = Problem(code=refusal.code, message=str(refusal), fields=fields)
    return api.create_response(request, problem, status=refusal.status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with the refusal's code, sentence and status."""
    return _say(request, refusal)


@api.exception_handler(ChangedMeanwhile)
def changed(request: HttpRequest, refusal: ChangedMeanwhile) -> HttpResponse:
    """Answer with what stands there now, for whoever asked to bring the two together and send it again."""
    now = {name: told(value) for name, value in refusal.now.items()}
    changes = [ChangeMade(by=told(change.by), at=change.at) for change in refusal.changes]
    problem = ProblemMeanwhile(code=refusal.code, message=str(refusal), now=now, changes=changes)
    return api.create_response(request, problem, status=refusal.status)


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer somebody who did not sign in."""
    return _say(request, SignInFirst())


@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is no JSON."""
    return _say(request, BadRequest())


@api.exception_handler(ValidationError)
def not_right(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer an input of the wrong shape: which field, and what is wrong with it; never the value itself."""
    return _say(request, NotRight(), **{_where(found["loc"]): found["msg"] for found in error.errors})


def _where(place: Sequence[Any]) -> str:
    return ".".join(str(part) for part in place if part not in PLACES)
