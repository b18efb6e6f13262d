"""What every page, action and job needs: one permission, one transaction, one audit entry, one edge for refusals."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from psycopg.errors import InsufficientPrivilege

from panoh.access import audit
from panoh.access.actor import Actor, Reach, WithinReach
from panoh.access.meanwhile import ChangedMeanwhile, EditForm
from panoh.access.models import WorkSession
from panoh.access.refusals import NotAllowed, NotRight, NotThere, PurposeMissing, Refusal
from panoh.access.sendings import FIELD, once
from panoh.access.tokens import acting_for

__all__ = ["Actor", "Reach", "Request", "WithinReach", "action", "ask", "entrances", "page", "see"]


P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=forms.BaseForm)


class Request(HttpRequest):
    """A request whose sender has signed in."""

    actor: Actor
    work_session: WorkSession


# --- steps -------------------------------------------------------------------------------------------------------


def _record_among(args: tuple[Any, ...]) -> WithinReach | None:
    return args[0] if args and inspect.getattr_static(args[0], "reach", None) is not None else None


def _about(args: tuple[Any, ...]) -> Any:
    """Return the record a step is about, one that has a code and no reach too."""
    return args[0] if args and isinstance(getattr(args[0], "code", None), str) else None


def _refuse(actor: Actor, permission: str, record: Any) -> None:
    audit.write(actor, permission, about=getattr(record, "code", ""), denied=True)


def _is_fenced(error: DatabaseError) -> bool:
    """Tell whether the fence refused a change: in so many words, or as a row that could not be changed."""
    return isinstance(error.__cause__, InsufficientPrivilege) or (type(error) is DatabaseError and not error.__cause__)


def action(
    permission: str,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a business step of a function: check the permission and the reach, open a transaction, write the audit.

    The record the step is about comes first after the actor; when it has a `reach`, the actor must reach it. What it
    says of its `purpose`, and a step of the `identities` in it, stands in the audit too.

    Raises:
        NotThere: the record lies outside the actor's reach (the same answer as for an absent one).
        NotAllowed: the role does not hold the permission.
    """

    def decorate(step: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(step)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            with acting_for(actor.staff_id):
                record, about = _record_among(args), _about(args)
                if record is not None and not actor.reaches(record):
                    _refuse(actor, permission, about)
                    raise NotThere
                if not actor.may(permission) or (record is not None and not actor.reaches(record, changing=True)):
                    _refuse(actor, permission, about)
                    raise NotAllowed
                try:
                    with transaction.atomic():
                        result = step(actor, *args, **kwargs)
                        told = about or result
                        audit.write(
                            actor, permission, about=getattr(told, "code", ""), purpose=getattr(told, "purpose", ""),
                            identities=getattr(told, "identities", ()),
                        )  # fmt: skip
                except NotAllowed:
                    _refuse(actor, permission, about)  # again, for the first entry went with the transaction
                    raise
                except DatabaseError as error:
                    if not _is_fenced(error):
                        raise
                    _refuse(actor, permission, about)  # the fence stood where our own rule let it pass
                    raise NotAllowed from error
                return result

        run.permission = permission  # type: ignore[attr-defined]  # read by the guard tests
        return run  # type: ignore[return-value]  # functools.wraps hides that the actor may only be given by place

    return decorate


# --- pages -------------------------------------------------------------------------------------------------------

Method = Literal["GET", "POST"]


@dataclass(frozen=True)
class Entrance:
    """One address of the application: the matrix test tries each with every role."""

    path: str
    name: str
    view: Callable[..., HttpResponse]
    needs: str
    methods: tuple[Method, ...]


_ENTRANCES: dict[str, Entrance] = {}


def entrances() -> list[Entrance]:
    """Return every page that was registered with `@page`."""
    return list(_ENTRANCES.values())


def page(
    path: str, *, name: str, needs: str, methods: tuple[Method, ...] = ("GET",)
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Register a page under an address: signed in, permitted, never cached, refusals shown as sentences."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def enter(request: Request, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            response = _answer(request, view, needs, kwargs)
            add_never_cache_headers(response)
            return response

        if _ENTRANCES.setdefault(name, entrance := Entrance(path, name, enter, needs, methods)) is not entrance:
            raise RuntimeError(f"Two pages are named {name}; the first would be gone.")
        return enter

    return decorate


def _answer(request: Request, view: Callable[..., HttpResponse], needs: str, kwargs: dict[str, Any]) -> HttpResponse:
    try:
        if not request.actor.may(needs):
            audit.write(request.actor, needs, denied=True)
            raise NotAllowed
        if any("\0" in str(word) for word in kwargs.values()):  # no record has it, and the database takes none
            raise NotThere
        return _once(request, view, kwargs)
    except PurposeMissing as missing:  # no refusal to a reader, but a question at the door
        return render(request, "purpose.html", {"code": missing.details["about"], "back": request.get_full_path()})
    except Refusal as refusal:
        return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


def _once(request: Request, view: Callable[..., HttpResponse], kwargs: dict[str, Any]) -> HttpResponse:
    """Answer a form; sent twice, with the same token and the same words in it, it is done once."""
    if request.method != "POST" or request.FILES:
        return view(request, **kwargs)
    words = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    (token,) = words.pop(FIELD, [""])[:1]
    refused: list[Refusal] = []

    def answer() -> HttpResponse:
        try:
            return view(request, **kwargs)
        except Refusal as refusal:
            refused.append(refusal)
            return HttpResponse(status=refusal.status)

    content = json.dumps(words, sort_keys=True).encode()
    response = once(request, request.actor, token, content, answer)
    if refused:
        raise refused[0]
    return response


def see(request: Request, where: str, *args: Any, said: object = "", **kwargs: Any) -> HttpResponseRedirect:
    """Send the reader on to a page after a step, with a sentence about what was done."""
    if said:
        messages.success(request, str(said))
    return HttpResponseRedirect(reverse(where, args=args, kwargs=kwargs))


def ask(
    request: Request, form: F, then: Callable[[F], HttpResponse], *, template: str = "form.html", **context: Any
) -> HttpResponse:
    """Show a form, and when it is sent and right, answer with `then(form)`.

    A refusal of the step comes back as a sentence on the form, with all that was entered; what somebody else changed
    meanwhile comes beside it.
    """
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return then(form)
            except NotThere:
                raise
            except Refusal as refusal:
                if isinstance(refusal, ChangedMeanwhile) and isinstance(form, EditForm):
                    form.meet(refusal)
                else:
                    form.add_error(None, str(refusal))
                status = refusal.status
        else:
            status = NotRight.status
    return render(request, template, {"form": form, **context}, status=status)
