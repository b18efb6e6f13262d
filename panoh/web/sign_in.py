"""Sign-in by allauth: accounts are made by a coordinator, never by whoever comes along."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.web.templatetags.panoh import first_page


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closed to sign-up; nothing is sent by mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no self-registration."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page that whoever signed in may open."""
        return first_page(Actor.of(request.user)) if isinstance(request.user, Staff) else reverse("today")
