"""Every address of the application: the pages that registered themselves, sign-in, and the API."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

import panoh.access.pages
import panoh.exchange.pages
import panoh.plan.pages
import panoh.web.pages
import panoh.web.recovery_pages
import panoh.web.role_pages  # importing a room's pages registers them
from panoh.access.entrances import entrances
from panoh.web import errors
from panoh.web.api import api

if not settings.PANOH_REGION:
    import panoh.casework.pages
    import panoh.web.answer_pages
    from panoh.web.asking_pages import ask_by_code

urlpatterns = [
    path("account/", include("panoh.web.account_urls")),
    path("api/v1/", api.urls),
    *(path(entrance.path, entrance.view, name=entrance.name) for entrance in entrances()),
]
if not settings.PANOH_REGION:
    urlpatterns += [
        path("answer/", panoh.web.answer_pages.answer, name="outside-answer"),
        path("answer/<str:code>/", panoh.web.answer_pages.answer_by, name="outside-answer-by"),
        path("ask/", ask_by_code, name="ask-by-code"),
        path("calendar/<str:secret>.ics", panoh.casework.pages.notices.feed, name="calendar-feed"),
    ]
else:
    urlpatterns.append(path("", RedirectView.as_view(pattern_name=settings.LOGIN_REDIRECT_URL), name="home"))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_there
handler500 = errors.broken
