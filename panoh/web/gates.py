"""What a session must do before it opens anything: be unlocked, get a password of its own, show a second factor."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse

from panoh.access.models import Staff, WorkSession
from panoh.access.passwords import PasswordFirst
from panoh.access.refusals import Refusal
from panoh.access.second_factor import SecondFactorFirst, has_second_factor, is_demanded_of
from panoh.access.sessions import Locked

ALWAYS = frozenset({"account_logout"})
AGAIN = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
ENROLMENT = frozenset({"factor-first", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})


@dataclass(frozen=True)
class Gate:
    """What is asked first, the page that asks it, and the pages that answer meanwhile."""

    refusal: Refusal
    page: str
    open: frozenset[str]

    def answer(self, request: HttpRequest) -> HttpResponse | None:
        """Return a refusal, the way to the page that asks, or None for a page that answers meanwhile."""
        if request.path.startswith("/api/"):
            told = {"code": self.refusal.code, "message": str(self.refusal), "fields": {}}
            return JsonResponse(told, status=self.refusal.status)
        if _name(request) in self.open | ALWAYS:
            return None
        where = reverse(self.page)
        if request.headers.get("HX-Request") == "true":  # a part of a page: the whole of it goes there
            return HttpResponse(status=204, headers={"HX-Redirect": where})
        if request.method == "GET":
            where += "?" + urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(where)


def gate_of(request: HttpRequest, session: WorkSession, staff: Staff) -> Gate | None:
    """Return what this session must do first, if anything."""
    if session.locked_at is not None:
        return Gate(Locked(), "account-unlock", frozenset({"account-unlock", "account-lock"}))
    if staff.password_given_at is not None:
        return Gate(PasswordFirst(), "account_change_password", frozenset({"account_change_password"}))
    if not is_demanded_of(staff) or any(one["method"] == "mfa" for one in get_authentication_records(request, staff)):
        return None
    if has_second_factor(staff):
        return Gate(SecondFactorFirst(), "mfa_reauthenticate", AGAIN)
    return Gate(SecondFactorFirst(), "factor-first", ENROLMENT)


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""
