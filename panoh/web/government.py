"""Sign-in by the government's provider of identities (OpenID Connect), for accounts where its claim was entered."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from panoh.access.government import PROVIDER
from panoh.access.refusals import Refusal
from panoh.access.sessions import note


class NoAccount(Refusal):
    """The provider knows the person and we do not, or its answer cannot be trusted: both answer alike."""

    code = "web.no-account"
    says = _("This government identity opens no account here. Sign in with your password, or ask your coordinator.")
    status = 403


class Government(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Opens accounts that exist and nothing else: no sign-up, no joining, no matching by e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return False: there is no self-registration."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whoever has no account, or one that ended; an account cannot be joined to an identity from here."""
        if not sociallogin.is_existing or not sociallogin.user.is_active or sociallogin.state.get("process") != "login":
            note(sociallogin.user if sociallogin.is_existing else None, "account.sign-in", denied=True)
            raise ImmediateHttpResponse(refuse(request))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **given: Any) -> None:
        """Answer with our own sentence."""
        note(None, "account.sign-in", denied=True)
        raise ImmediateHttpResponse(refuse(request))


class Provider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Checks the signature of every token, and keeps nothing that the provider tells about the person."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=settings.PANOH_OIDC["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> SocialLogin:
        """Return whom the provider names, with whether it vouches for a second factor, and nothing else of them."""
        login = super().complete_login(request, app, token, **given)
        login.is_vouched = _is_vouched(login.account.extra_data.get("id_token") or {})
        login.account.extra_data = {}
        login.email_addresses = []
        return login


def _is_vouched(claims: dict[str, Any]) -> bool:
    """Tell whether the claim that was agreed on (acr or amr) says that two factors were shown."""
    if not settings.PANOH_OIDC["factor"]:
        return False
    name, wanted = settings.PANOH_OIDC["factor"]
    told = claims.get(name)
    return wanted in told if isinstance(told, list) else told == wanted


def refuse(request: HttpRequest) -> HttpResponse:
    """Return one and the same answer, whatever it was."""
    return render(request, "refusal.html", {"refusal": NoAccount()}, status=NoAccount.status)


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send whoever wants to sign in to the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take back whom the provider sends."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if not settings.PANOH_OIDC or provider_id != PROVIDER:
        raise Http404
    answer: HttpResponse = view.adapter_view(Provider(request, PROVIDER))(request)
    return answer
