"""Page: unusual viewing, for a second person to look at."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, page, see
from panoh.access.refusals import Unknown
from panoh.casework import actions
from panoh.casework.models import Alarm
from panoh.casework.queries import watching


@page("viewing/", name="viewing", needs="glass.review", methods=("GET", "POST"))
def viewing(request: Request) -> HttpResponse:
    """Show what the rules saw, by member of staff and count, and take what somebody finds about one."""
    if request.method == "POST":
        alarm, finding = watching.alarm_for(request.actor, request.POST.get("alarm", "")), request.POST.get("finding")
        if finding not in {str(value) for value in Alarm.Finding.values}:
            raise Unknown(word=finding or "", what=_("findings"))
        actions.review_alarm(request.actor, alarm, finding=int(finding))
        return see(request, "viewing", said=_("Your review is recorded."))
    shown = {"alarms": watching.alarms(request.actor), "findings": Alarm.Finding.choices}
    return render(request, "casework/viewing.html", shown)
