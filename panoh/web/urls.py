"""Every address of the application: the pages that registered themselves, sign-in, and the API."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import path

import panoh.access.pages
import panoh.casework.pages
import panoh.web.pages  # noqa: F401  # importing a room's pages registers them
from panoh.access.entrances import entrances
from panoh.web import errors
from panoh.web.api import api

urlpatterns = [
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("api/v1/", api.urls),
    *(path(entrance.path, entrance.view, name=entrance.name) for entrance in entrances()),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_there
handler500 = errors.broken
