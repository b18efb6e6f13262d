"""What the tests of the fence share: a country with three families, and all rows that a bearer is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from psycopg.errors import InsufficientPrivilege

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency, Staff
from panoh.casework import actions
from panoh.casework.actions import Answer, Told, View, With
from panoh.casework.models import FamilyChange, Grant, Offer, PaperHeld, Via
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home

# How to come from a row to the family it belongs to; None: it belongs to the desk where lists are read.
WAYS = {
    "casework_family": "id",
    "casework_person": "home_id",
    "casework_membership": "family_id",
    "casework_case": "family_id",
    "casework_stagechange": "(select family_id from casework_case c where c.id = case_id)",
    "casework_assessment": "(select family_id from casework_case c where c.id = case_id)",
    "casework_need": "(select family_id from casework_case c where c.id = case_id)",
    "casework_planitem": "(select family_id from casework_case c join casework_need n on n.case_id = c.id"
    " where n.id = need_id)",
    "casework_assistance": "(select family_id from casework_case c where c.id = case_id)",
    "casework_visit": "family_id",
    "casework_note": "family_id",
    "casework_task": "family_id",
    "casework_grant": "family_id",
    "casework_assesseddomain": "(select family_id from casework_case c join casework_assessment a on a.case_id = c.id"
    " where a.id = assessment_id)",
    "casework_planversion": "(select family_id from casework_case c where c.id = case_id)",
    "casework_planline": "(select family_id from casework_case c join casework_need n on n.case_id = c.id"
    " where n.id = need_id)",
    "casework_plansignature": "(select family_id from casework_case c join casework_planversion v on v.case_id = c.id"
    " where v.id = version_id)",
    "casework_approval": "(select family_id from casework_case c where c.id = case_id)",
    "casework_determination": "(select family_id from casework_case c where c.id = case_id)",
    "casework_arrangement": "(select family_id from casework_case c join casework_determination d on d.case_id = c.id"
    " where d.id = determination_id)",
    "casework_panelmember": "(select family_id from casework_case c join casework_determination d on d.case_id = c.id"
    " where d.id = determination_id)",
    "casework_transfer": "family_id",
    "casework_conference": "family_id",
    "casework_conferencepoint": "(select family_id from casework_conference c where c.id = conference_id)",
    "casework_participant": "(select family_id from casework_conference c where c.id = conference_id)",
    "casework_lookagain": "family_id",
    "casework_fadeout": "family_id",
    "casework_safecontact": "coalesce(family_id, (select home_id from casework_person p where p.id = person_id))",
    "casework_fieldchange": "coalesce(family_id, (select home_id from casework_person p where p.id = person_id),"
    " (select family_id from casework_visit v where v.id = visit_id))",
    "casework_relationship": "(select home_id from casework_person p where p.id = subject_id)",
    "casework_consent": "(select home_id from casework_person p where p.id = person_id)",
    "casework_interview": "(select home_id from casework_person p where p.id = person_id)",
    "casework_referral": "(select family_id from casework_case c where c.id = case_id)",
    "casework_servicerefusal": "(select family_id from casework_case c where c.id = case_id)",
    "casework_slip": "(select family_id from casework_case c join casework_referral r on r.case_id = c.id"
    " where r.id = referral_id)",
    "casework_placement": "(select home_id from casework_person p where p.id = person_id)",
    "casework_caredecision": "(select home_id from casework_person p where p.id = person_id)",
    "casework_placementreview": "(select home_id from casework_person p join casework_placement l on l.person_id = p.id"
    " where l.id = placement_id)",
    "casework_guardianship": "(select home_id from casework_person p where p.id = person_id)",
    **dict.fromkeys(
        (
            "casework_hypothesis",
            "casework_kinshiptest",
            "casework_journey",
            "casework_handover",
            "casework_whereabouts",
            "casework_familychange",
        ),
        "(select home_id from casework_person p where p.id = person_id)",
    ),
    "casework_legalfile": "(select home_id from casework_person p where p.id = person_id)",
    **dict.fromkeys(
        ("casework_legalstep", "casework_paperheld", "casework_paperpicture"),
        "(select home_id from casework_person p join casework_legalfile l on l.person_id = p.id where l.id = file_id)",
    ),
    "vault_datakey": "(select f.id from casework_family f where f.papers_id = vault_datakey.id union select p.home_id"
    " from casework_person p join vault_identity i on i.id = p.identity_id where i.key_id = vault_datakey.id"
    " union select family_id from casework_transfer t where t.key_id = vault_datakey.id)",
    "vault_identity": "(select home_id from casework_person p where p.identity_id = vault_identity.id)",
    "vault_sealedpart": "(select f.id from casework_family f where f.papers_id = key_id union select p.home_id"
    " from casework_person p join vault_identity i on i.id = p.identity_id where i.key_id = vault_sealedpart.key_id"
    " union select family_id from casework_transfer t where t.key_id = vault_sealedpart.key_id)",
}
DESK = {
    "casework_arrivallist", "casework_arrivalrow", "casework_columnmemory", "casework_reception",
    "casework_receptionentry", "casework_tracingrequest",
}  # fmt: skip
OTHERS = {
    "access_auditentry",
    "access_jobprogress",
    "access_rolechange",
    "casework_absence",
    "casework_calendarfeed",
    "casework_notice",
    "casework_noticewish",
    "casework_export",
    "casework_lawfulrequest",
    "casework_lawfulreview",
    "casework_alarm",
    "casework_emergency",
    "casework_consentterms",
    "casework_offer",
    "casework_programme",
    "casework_withhold",
    "casework_forgetting",
    "casework_merge",
    "casework_suggestion",
    "casework_askcode",
    "casework_complaint",
    "casework_complaintabout",
    "casework_correction",
    "casework_disposal",
    "casework_dooranswer",
    "casework_disposalitem",
    "casework_handoverabroad",
    "casework_retentionhold",
    "casework_rightsrequest",
    "casework_tracingquestion",
}
Rows = dict[str, set[tuple[int, object]]]


def everything() -> Rows:
    """Return, of each fenced table, the family and the key of every row the bearer of the token is shown."""
    seen: Rows = {}
    with connection.cursor() as cursor:
        for table, way in WAYS.items():
            cursor.execute(f"select {way}, id from {table}")
            seen[table] = set(cursor.fetchall())
    return seen


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def kept(rows: Rows, families: set[int]) -> Rows:
    return {table: {row for row in found if row[0] in families} for table, found in rows.items()}


def filed(boss: Actor, at: str, worker: Actor | None = None) -> Home:
    """Return a family with something in each table."""
    home = make.home(boss, at=at)
    need = home.need(domain="health")
    actions.plan_step(boss, need, service=SERVICE)
    actions.assess(boss, home.case, on=today(), found={"learning": 3}, own_view="I am well.")
    actions.give_assistance(boss, home.case, service=SERVICE, quantity=1, unit="session")
    actions.plan_visit(boss, home.family, kind="follow_up", on=today())
    actions.write_note(boss, home.family, text="A note.")
    actions.set_task(boss, home.family, kind="call", due=today(), words="About school.")
    actions.state_relationship(boss, home.mother, kind="parent", other=home.child)
    _ask_others(boss, home)
    in_care(home)
    with_papers(home)
    on_the_way(home)
    parted(home)
    actions.set_safe_contact(boss, home.mother, words={"how": "Ring twice."})
    give(home, make.hire("caseworker", "East"))
    return home


def _ask_others(boss: Actor, home: Home) -> None:
    """Leave something in each table of consents and referrals."""
    school = make.agency("School", Agency.Kind.SCHOOL)
    said = Answer(kinds=[], agencies=[school], classes=[FieldClass.LEGAL], language="uz", until=today())
    actions.record_consent(boss, home.mother, purpose="services", said=said)
    actions.record_interview(boss, home.mother, topic="adult_feelings", stands=2)
    actions.record_refusal(boss, home.case, service=SERVICE, agency=school, because="age")
    offer = Offer.objects.filter(agency=school).first() or actions.offer_service(
        boss, school, service=SERVICE, told=Told(via=Via.SLIP)
    )
    actions.make_slip(boss, actions.send_referral(boss, home.case, offer=offer))


def on_the_way(home: Home) -> None:
    """Let the child be somebody as somebody says, tested, on a flight and handed over."""
    here = home.family.agency
    actions.add_hypothesis(home.me, home.child, source="relative", sureness=3, name="Temur")
    actions.record_kinship_test(home.me, home.child, other=home.mother, outcome=1, laboratory=here, on=today())
    actions.book_flight(home.me, home.child, flight="HY 1", on=today())
    actions.hand_over_person(home.me, home.child, from_agency=here, to=With(home.mother))
    actions.say_whereabouts(home.me, home.child, kind="away", since=today())


def parted(home: Home) -> None:
    """Let the child have come from another family; to part one for it would leave a family that is nobody's here."""
    FamilyChange.objects.create(
        person=home.child, kind=2, before="F-0000-0000", after=home.family.code, on=today(), because="other",
        by=home.worker,
    )  # fmt: skip


def with_papers(home: Home) -> None:
    """Let the child have a paper on its way, with a picture and somebody who holds it."""
    file = actions.open_legal_file(home.me, home.family, person=home.child, kind="birth_late")
    actions.hold_paper(home.me, file, holder=PaperHeld.Holder.FAMILY)
    actions.add_picture(home.me, file, content=b"%PDF-1.4")


def in_care(home: Home) -> None:
    """Let the child live somewhere, with a look at it, and its carer be away."""
    view = View("Here.")
    placement = actions.propose_placement(
        home.me, home.family, child=home.child, kind="parents", place=With(home.mother), view=view
    )
    actions.approve_placement(home.boss, placement)
    actions.begin_placement(home.me, placement, on=today())
    actions.review_placement(home.me, placement, on=today(), view=view)
    actions.say_carer_absent(home.me, home.family)
    actions.record_guardianship(
        home.me, home.family, child=home.child, form=1, place=With(home.mother), authority=home.family.agency,
        number="12/3", decided_on=today(),
    )  # fmt: skip


def decided(boss: Actor, home: Home) -> None:
    """Give a family something in each table of plans, decisions and follow-up."""
    child = actions.open_case(boss, home.family, home.child, stage="rehabilitation", on=today())
    words = {"learning": {"strengths": "She reads."}}
    actions.assess(boss, child, on=today(), found={"learning": 3}, own_view="I like school.", words=words)
    version = actions.write_plan(boss, child, review_on=today() + timedelta(30))
    actions.sign_plan(boss, version, signing="parent", person=home.mother, language="uz", on=today())
    actions.ask_to_close(boss, child, reason="mistake", circumstance="unknown", note="All is said.")
    sought = actions.begin_determination(boss, child, kind=2, sought="lasting_home", words={})
    actions.add_option(boss, sought, kind="parent", speaks_for="Love.", speaks_against="Little room.")
    actions.seat_on_panel(boss, sought, staff=make.hire("coordinator", "Coordination"))
    called = [actions.Invited("teacher")]
    actions.call_conference(boss, home.family, on=today(), why="School.", domains=["learning"], invited=called)
    actions.look_again(boss, home.family, kind="school_missed", noticed_on=today())
    end = today() + timedelta(60)
    actions.plan_fade_out(boss, home.family, ends_on=end, agreed_with=home.mother)
    actions.ask_transfer(
        boss, home.family, to_agency=make.agency("Far"), reason="family_moved", notes="School first.", basis=make.BY_LAW
    )


def give(home: Home, helper: Staff, *classes: int, days: int = 7, changes: bool = False) -> None:
    Grant.objects.create(
        family=home.family, staff=helper, purpose="service_delivery", classes=[FieldClass.FILE, *classes],
        until=today() + timedelta(days), given_by=home.worker, changes=changes,
    )  # fmt: skip


@dataclass
class Country:
    boss: Actor
    own: Home
    colleagues: Home
    foreign: Home

    def all(self) -> set[int]:
        return {home.family.pk for home in (self.own, self.colleagues, self.foreign)}


def refused(statement: str, *given: object) -> None:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege), refusal.value
