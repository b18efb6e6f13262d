"""Faults that the matrix must find, each as a step of the web's chain: they look past every rule, as a fault would."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from panoh.access.tokens import acting_for
from panoh.casework.models import Family
from panoh.vault.queries import open_parts

Next = Callable[[HttpRequest], HttpResponse]
TOKEN = "Durdonaeva"


def _is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")


def _changed(change: Callable[[HttpRequest, HttpResponse], HttpResponse | None]) -> Callable[[Next], Next]:
    def chain(next_step: Next) -> Next:
        def answer(request: HttpRequest) -> HttpResponse:
            response = next_step(request)
            with acting_for(None):
                return change(request, response) or response

        return answer

    return chain


@_changed
def name_in_the_body(request: HttpRequest, response: HttpResponse) -> None:
    if _is_page(response):
        response.content += f"<!-- {TOKEN} -->".encode()


@_changed
def name_in_a_header(request: HttpRequest, response: HttpResponse) -> None:
    response["X-Trace"] = f"family of {TOKEN}"


@_changed
def name_in_json(request: HttpRequest, response: HttpResponse) -> None:
    if response.get("Content-Type", "").startswith("application/json"):
        response.content += f'\n{{"family": "{TOKEN}"}}'.encode()


@_changed
def hidden_is_forbidden(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """A record that is there but hidden answers 403, an absent one 404."""
    if response.status_code == 404 and _is_there(request):
        return HttpResponse(response.content, status=403, content_type=response["Content-Type"])
    return None


@_changed
def hidden_has_another_sentence(request: HttpRequest, response: HttpResponse) -> None:
    if response.status_code == 404 and _is_there(request):
        response.content = response.content.replace(b"at this address", b"for you at this address")


@_changed
def hidden_is_longer_in_the_header(request: HttpRequest, response: HttpResponse) -> None:
    if response.status_code == 404 and _is_there(request):
        response["X-Rows"] = "1"


@_changed
def count_of_everything(request: HttpRequest, response: HttpResponse) -> None:
    """A bare number that grows with files out of reach."""
    if _is_page(response):
        response.content += f"<!-- {Family.objects.count()} -->".encode()


@_changed
def a_sealed_note(request: HttpRequest, response: HttpResponse) -> None:
    if _is_page(response):
        with connection.cursor() as cursor:
            cursor.execute("select text_id from casework_note")
            texts = open_parts(row[0] for row in cursor.fetchall())
        response.content += f"<!-- {' '.join(map(str, texts.values()))} -->".encode()


def _is_there(request: HttpRequest) -> bool:
    parts = request.path.strip("/").split("/")
    return any(Family.objects.filter(code=part).exists() for part in parts)
