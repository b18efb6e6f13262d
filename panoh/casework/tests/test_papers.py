"""Legal identity: a paper is led from step to step, somebody has it, its pictures are sealed, and all are counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry
from panoh.access.refusals import Unknown
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.actions.placements import With
from panoh.casework.catalogue import catalogue
from panoh.casework.models import LegalFile, LegalStep, PaperHeld
from panoh.casework.queries.family import family_file
from panoh.casework.queries.papers import legal_file_shown, paper_counts, papers_of
from panoh.casework.refusals import BeforeTheLastStep, NotOfThisFamily
from panoh.casework.refusals_care import HolderUnfit, PictureTooLarge, PictureUnfit, ValidUnfit
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, days_ago
from panoh.casework.tests.fenced import give
from panoh.vault.models import SealedPart

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0 a birth record of Gavharov Temur"
HOLDER = PaperHeld.Holder


def begun(home: Home, kind: str = "birth_late") -> LegalFile:
    return actions.open_legal_file(home.me, home.family, person=home.child, kind=kind)


def test_the_file_says_what_was_missing_on_arrival_until_that_paper_is_there(home: Home) -> None:
    missing, to = ["birth_certificate", "citizenship"], With(person=home.mother)
    actions.hand_over_person(home.boss, home.child, from_agency=home.family.agency, to=to, missing=missing)
    assert lacking(home) == [["Birth certificate", "Confirmation of citizenship"]]
    file = begun(home)
    for step, left in (("refused", 2), ("issued", 1)):
        actions.lead_legal_file(home.me, file, step=step)
        assert len(lacking(home)[0]) == left
    assert lacking(home) == [["Confirmation of citizenship"]]


def lacking(home: Home) -> list[list[str]]:
    with acting_for(home.me.staff_id):
        return [lacks for _name, _has, lacks in family_file(home.me, home.family).documents]


def test_a_paper_is_led_from_step_to_step_and_its_next_step_comes_to_today(home: Home) -> None:
    file = begun(home)
    assert (file.step, file.due) == ("gathering", today() + timedelta(30))
    file = actions.lead_legal_file(home.me, file, step="court", words="Judge asks for a witness.")
    with moved(61):
        assert "Late registration of a birth" in {item.what for item in queries.todo(home.me).late}
    file = actions.lead_legal_file(home.me, file, step="issued")
    assert (file.due, file.closed_on) == (None, today())
    shown = legal_file_shown(home.me, home.family, file)
    assert [words for _step, _label, words in shown.steps] == ["", "Judge asks for a witness.", ""]


def test_after_a_refusal_the_work_goes_on_and_the_refusal_stays(home: Home) -> None:
    file = actions.lead_legal_file(home.me, begun(home, "benefits"), step="refused", words="No flat of her own.")
    assert file.closed_on == today()
    file = actions.lead_legal_file(home.me, file, step="appeal")
    assert (file.closed_on, file.due) == (None, today() + timedelta(60))
    assert list(file.steps.order_by("pk").values_list("step", flat=True)) == ["gathering", "refused", "appeal"]


@pytest.mark.parametrize("kind", [kind.code for kind in catalogue().legal_kinds])
def test_every_kind_of_paper_can_be_got_and_every_step_left(home: Home, kind: str) -> None:
    ends = {step.code: step.ends for step in catalogue().legal_steps}
    steps = catalogue().legal_kind(kind).steps
    assert {"there", "refused"} <= {ends[step] for step in steps}
    file = begun(home, kind)
    for step in steps[1:]:
        file = actions.lead_legal_file(home.me, file, step=step)
        assert (file.due is None) is bool(ends[step])


def test_a_step_is_of_its_kind_not_before_the_last_and_a_paper_of_somebody_of_the_family(home: Home) -> None:
    file = begun(home)
    with pytest.raises(Unknown, match="Late registration"):
        actions.lead_legal_file(home.me, file, step="granted")
    with pytest.raises(BeforeTheLastStep):
        actions.lead_legal_file(home.me, file, step="court", on=days_ago(1))
    with pytest.raises(NotOfThisFamily):
        actions.open_legal_file(home.me, home.family, person=make.home(home.boss).child, kind="passport")
    with pytest.raises(Unknown):
        begun(home, "?")


def test_where_the_paper_is_and_was_is_a_chain(home: Home) -> None:
    file, registry = begun(home), make.agency("Registry", 9)
    for refused in ({"holder": HOLDER.AGENCY}, {"holder": HOLDER.FAMILY, "agency": registry}):
        with pytest.raises(HolderUnfit):
            actions.hold_paper(home.me, file, **refused)
    actions.hold_paper(home.me, file, holder=HOLDER.FAMILY, on=days_ago(3))
    actions.hold_paper(home.me, file, holder=HOLDER.AGENCY, agency=registry)
    (line,) = papers_of(home.me, home.family).lines
    assert line.held == "Registry"
    assert [one.holder for one in legal_file_shown(home.me, home.family, file).held] == [3, 1]


def test_what_stands_on_a_document_is_sealed_and_its_days_fit(home: Home) -> None:
    file = begun(home, "travel_document")
    with pytest.raises(ValidUnfit):
        actions.record_document(home.me, file, issued_on=today(), valid_until=days_ago(1))
    file = actions.record_document(
        home.me, file, number="LP 77", issued_on=today(), valid_until=today() + timedelta(30)
    )
    assert legal_file_shown(home.me, home.family, file).number == "LP 77"
    assert b"LP 77" not in bytes(SealedPart.objects.get(pk=file.number_id).sealed)


# --- pictures ------------------------------------------------------------------------------------------------------


def test_a_picture_is_known_by_what_it_begins_with_and_kept_sealed(home: Home) -> None:
    file = begun(home)
    for content, refused in (
        (b"<svg onload=alert(1)>", PictureUnfit), (b"", PictureUnfit), (JPEG + b" " * 5 * 1024 * 1024, PictureTooLarge),
    ):  # fmt: skip
        with pytest.raises(refused):
            actions.add_picture(home.me, file, content=content)
    picture = actions.add_picture(home.me, file, content=JPEG)
    part = SealedPart.objects.get(pk=picture.content_id)
    assert (picture.media_type, part.field_class) == ("image/jpeg", FieldClass.LEGAL)
    assert b"Temur" not in bytes(part.sealed)
    answer = make.client_of(home.me).get(f"/families/{home.family.code}/papers/{file.pk}/pictures/{picture.pk}/")
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (JPEG, "image/jpeg", "nosniff")
    assert "Temur" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(step="paper.see", about=home.child.code).count() == 1


def test_a_picture_is_shown_to_who_reads_papers_and_to_nobody_else(home: Home) -> None:
    file = begun(home)
    picture = actions.add_picture(home.me, file, content=JPEG)
    for role, kind, status in (("lawyer", FieldClass.LEGAL, 200), ("health_worker", FieldClass.HEALTH, 404)):
        helper = make.hire(role, "East")
        give(home, helper, FieldClass.IDENTITY, kind)
        page = f"/families/{home.family.code}/papers/{file.pk}/pictures/{picture.pk}/"
        assert make.client_of(Actor.of(helper)).get(page).status_code == status


def test_a_picture_is_forgotten_with_the_person(home: Home) -> None:
    picture = actions.add_picture(home.me, begun(home), content=JPEG)
    actions.forget_person(home.boss, home.child, reason="asked", confirmed=home.child.code)
    assert bytes(SealedPart.objects.get(pk=picture.content_id).sealed) == b""


# --- counts, pages -------------------------------------------------------------------------------------------------


def test_papers_are_counted_by_step_in_the_families_one_reaches(home: Home) -> None:
    begun(home)
    actions.lead_legal_file(home.me, begun(home, "passport"), step="issued")
    begun(make.home(home.boss, at="South"))
    chief = make.actor("supervisor", "North")
    with moved(31):
        counts = paper_counts(chief)
    assert [(bar.label, bar.value, bar.part) for bar in counts.by_step] == [("Papers are gathered", 1, 1)]
    assert counts.there == 1
    assert paper_counts(home.boss).by_kind[0].value == 2
    assert "Papers are gathered" in make.client_of(chief).get("/papers/").content.decode()


def test_a_step_that_was_taken_stays_as_it_was(home: Home) -> None:
    begun(home)
    with acting_for(home.worker.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update casework_legalstep set step = 'issued'")
    assert LegalStep.objects.get().step == "gathering"


def test_the_same_over_pages_and_the_api(home: Home) -> None:
    web, at = make.client_of(home.me), f"/families/{home.family.code}/papers/"
    web.post(f"{at}new/", {"person": home.child.code, "kind": "passport", "on": today()})
    file = LegalFile.objects.get()
    assert web.post(f"{at}{file.pk}/step/", {"step": "applied", "on": today()}).status_code == 302
    sent = web.post(f"{at}{file.pk}/pictures/new/", {"file": SimpleUploadedFile("name of a child.jpg", JPEG)})
    assert sent.status_code == 302, sent.content
    told = web.get(f"/api/v1{at}{file.pk}".rstrip("/")).json()
    assert (told["step"], len(told["pictures"]), [one["step"] for one in told["steps"]]) == (
        "applied", 1, ["applied", "gathering"],
    )  # fmt: skip
    shown = web.get(f"{at}{file.pk}/").content.decode()
    assert "Application handed in" in shown
    assert "name of a child" not in shown
