"""Sign-in by allauth: accounts are made by a coordinator, never by whoever comes along."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closed to sign-up; nothing is sent by mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no self-registration."""
        return False
