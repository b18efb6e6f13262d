"""Errors at the outer edge: a reference for the reader, a trace without values for the log."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import ItemsView
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.debug import SafeExceptionReporterFilter

from panoh.access.refusals import BadRequest, DatabaseAway, FormExpired, NotAllowed, NotThere, Refusal


class CodesOnly(SafeExceptionReporterFilter):
    """Hide every form value and every local variable from error reports, for any may hold a name."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Return True: hidden everywhere, always."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return no value at all."""
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        """Return no variable at all."""
        return {}.items()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return _say(request, BadRequest())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not allowed."""
    return _say(request, NotAllowed())


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address where nothing is: the same as for a record that is hidden."""
    return _say(request, NotThere())


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old."""
    return _say(request, FormExpired())


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when something went wrong here: a reference for the administrator, nothing of the error itself."""
    if isinstance(sys.exc_info()[1], OperationalError):
        refusal = DatabaseAway()
        return HttpResponse(render_to_string("broken.html", {"says": refusal}), status=refusal.status)
    reference = secrets.token_hex(4)
    logging.getLogger("panoh").error("reference %s", reference)
    return HttpResponse(
        render_to_string("broken.html", {"reference": reference}), status=HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _say(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)
