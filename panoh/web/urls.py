"""Every address of the application: the pages that registered themselves, sign-in, and the API."""

from __future__ import annotations

from django.urls import include, path

import panoh.access.pages
import panoh.casework.pages
import panoh.exchange.pages
import panoh.plan.pages
import panoh.web.pages
import panoh.web.recovery_pages
import panoh.web.role_pages  # noqa: F401  # importing a room's pages registers them
from panoh.access.entrances import entrances
from panoh.web import errors
from panoh.web.api import api

urlpatterns = [
    path("account/", include("panoh.web.account_urls")),
    path("api/v1/", api.urls),
    *(path(entrance.path, entrance.view, name=entrance.name) for entrance in entrances()),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_there
handler500 = errors.broken
