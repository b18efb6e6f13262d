"""The open door: with the code of a receipt somebody asks about a file, or complains, without a name or an account."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from panoh.access.entrances import ask
from panoh.casework import actions
from panoh.casework.forms_rights import AskForm, CodeForm, ReadForm


@sensitive_post_parameters("code", "words", "number")
@never_cache
def ask_by_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; once it is one, say what can be asked, and take it, or show an answer to who has its number."""
    if request.method == "POST" and (limited := ratelimit.consume_or_429(request, action="ask")):
        return limited  # type: ignore[no-any-return]  # allauth ships no types

    def taken(form: AskForm) -> HttpResponse:
        return render(request, "casework/asked.html", {"taken": actions.ask_by_code(**form.cleaned_data)})

    def read(form: ReadForm) -> HttpResponse:
        return render(request, "casework/answered.html", {"read": actions.read_answer(**form.cleaned_data)})

    def known(form: CodeForm) -> HttpResponse:
        code = form.cleaned_data["code"]
        actions.who_asks(code)
        shown = {"form": AskForm(initial={"code": code}), "read": ReadForm(initial={"code": code}), "submit": _("Send")}
        return render(request, "casework/ask.html", shown)

    if "number" in request.POST:
        return ask(request, ReadForm(request.POST), read, template="casework/ask.html", submit=_("Read the answer"))  # type: ignore[arg-type]
    if "what" in request.POST or "words" in request.POST:
        return ask(request, AskForm(request.POST), taken, template="casework/ask.html", submit=_("Send"))  # type: ignore[arg-type]
    return ask(request, CodeForm(request.POST or None), known, template="casework/ask.html", submit=_("Go on"))  # type: ignore[arg-type]
