"""Addresses of sign-in: allauth's views in our own look, and ours."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from panoh.web import account_pages as ours
from panoh.web import government
from panoh.web.second_factor import RemoveKey

AGAIN = "account/again.html"
APP, KEY = "second-factor/app/", "second-factor/key/"

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", base.AuthenticateView.as_view(template_name="account/factor.html"), name="mfa_authenticate"),
    path("by/<str:provider_id>/", government.login, name="openid_connect_login"),
    path("by/<str:provider_id>/callback/", government.callback, name="openid_connect_callback"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("recover/", ours.come_back, name="account-recover"),
    path("lock/", ours.lock, name="account-lock"),
    path("unlock/", ours.unlock, name="account-unlock"),
    path("seen/", ours.seen, name="account-seen"),
    path("again/", account.ReauthenticateView.as_view(template_name=AGAIN), name="account_reauthenticate"),
    path("again/code/", base.ReauthenticateView.as_view(template_name=AGAIN), name="mfa_reauthenticate"),
    path(
        "again/key/",
        webauthn.ReauthenticateWebAuthnView.as_view(template_name="account/again_key.html"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-factor/", ours.factor_first, name="factor-first"),
    path("second-factor/list/", ours.account, name="mfa_index"),
    path("second-factor/keys/", ours.account, name="mfa_list_webauthn"),
    path(APP, totp.ActivateTOTPView.as_view(template_name="account/app.html"), name="mfa_activate_totp"),
    path(
        APP + "remove/",
        totp.DeactivateTOTPView.as_view(template_name="account/remove.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        KEY,
        webauthn.AddWebAuthnView.as_view(template_name="account/key.html"),
        name="mfa_add_webauthn",
    ),
    path(
        KEY + "<int:pk>/remove/",
        RemoveKey.as_view(template_name="account/remove.html"),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/codes/",
        codes.ViewRecoveryCodesView.as_view(template_name="account/codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        codes.GenerateRecoveryCodesView.as_view(template_name="account/codes_new.html"),
        name="mfa_generate_recovery_codes",
    ),
]
