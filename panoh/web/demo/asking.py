"""The demonstration's service directory, and what is asked of its offices."""

from __future__ import annotations

from datetime import timedelta

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.casework import actions
from panoh.casework.actions import Answer, Told
from panoh.casework.models import Case, Offer, PlanItem, Via

TALKS = "PSY-38"
# Which office offers what, how it is asked, how many places are free.
OFFERS = (
    ("DOC-10", Agency.Kind.CIVIL_REGISTRY, Via.SLIP, None),
    ("DOC-11", Agency.Kind.CIVIL_REGISTRY, Via.SLIP, None),
    ("HEA-41", Agency.Kind.CLINIC, Via.ACCOUNT, 12),
    ("EDU-51", Agency.Kind.SCHOOL, Via.SLIP, 30),
    ("PSY-35", Agency.Kind.NGO, Via.ACCOUNT, 4),
    (TALKS, Agency.Kind.NGO, Via.ACCOUNT, 6),
    (TALKS, Agency.Kind.CLINIC, Via.ACCOUNT, 2),
    ("PSY-37", Agency.Kind.COMMITTEE, Via.LINK, None),
    ("LIV-56", Agency.Kind.NGO, Via.ACCOUNT, 0),
)


def fill_the_directory(boss: Actor) -> None:
    """Enter what each office of the demonstration offers."""
    for service, kind, via, places in OFFERS:
        agency = Agency.objects.get(kind=kind)
        told = Told(via=via, places_free=places, reached="71 200 00 00, 9–13", opening="Mon–Fri 9–17")
        actions.offer_service(boss, agency, service=service, told=told)


def ask_for_talks(me: Actor, case: Case, step: PlanItem) -> None:
    """Ask the first office for talks, once the person agreed."""
    kinds = [Agency.Kind.NGO, Agency.Kind.CLINIC]
    classes = [FieldClass.IDENTITY, FieldClass.PSYCHOSOCIAL]
    with moved(0):  # around the real today, whatever day the step is taken on
        real = today()
    said = Answer(kinds=kinds, agencies=[], classes=classes, language="uz", until=real + timedelta(90))
    actions.record_consent(me, case.person, purpose="services", said=said)
    offer = Offer.objects.filter(service=TALKS).order_by("pk")[0]
    words = "Mornings suit her best."
    actions.send_referral(
        me, case, offer=offer, classes=[FieldClass.IDENTITY], words=words, step=step, answer_by=real + timedelta(4)
    )
