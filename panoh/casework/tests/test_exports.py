"""What leaves on a file: little, for somebody named, let by a second colleague, locked, marked and on record."""

from __future__ import annotations

import io
from datetime import timedelta

import pyrage
import pytest
import pyzipper
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from openpyxl import load_workbook

from panoh.access import actions as access
from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.access.tests.changing import give_role
from panoh.access.tokens import acting_for
from panoh.casework import actions, jobs
from panoh.casework.exporting.columns import COLUMNS
from panoh.casework.models import Export, Family
from panoh.casework.queries.exports import export_for, export_shown, exports_page, families_named
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_requests import (
    CoordinatorDecides,
    DecidedAlready,
    FamilyNotYours,
    FetchedByTheAsker,
    KeptFromThem,
    NoFamily,
    NotReady,
    NotYourOwn,
    PassphraseFirst,
    PassphraseShown,
    TooManyFamilies,
    TooManyPeople,
    WhyMissing,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, client_of
from panoh.vault.queries import open_file, open_parts

pytestmark = pytest.mark.django_db
PLAIN = ("family", "person", "stage", "birth_year", "needs_health", "help_legal")
NAMES = (*PLAIN, "name")


def ask(home: Home, *columns: str, **given: object) -> Export:
    asked = {"purpose": "referral", "because": "For the clinic.", "file_format": "csv", **given}
    return actions.ask_export(home.me, [home.family], columns=columns or PLAIN, **asked)  # type: ignore[arg-type]


def again(export: Export) -> Export:
    return Export.objects.select_related("asked_by", "recipient").get(pk=export.pk)


def made(home: Home, *columns: str, **given: object) -> Export:
    """Return a request that was asked for, agreed to and made."""
    export = ask(home, *columns, **given)
    actions.approve_export(home.boss, export)
    jobs.make_export_in_background(export_code=export.code, staff_id=home.worker.pk)
    return again(export)


def unzipped(content: bytes, passphrase: str) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(content)) as zipped:
        zipped.setpassword(passphrase.encode())
        return {name: zipped.read(name) for name in zipped.namelist()}


# --- the whole way -----------------------------------------------------------------------------------------------


def test_a_file_is_asked_for_let_by_a_colleague_locked_and_fetched(home: Home) -> None:
    home.need(domain="health")
    actions.give_assistance(home.boss, home.case, service=SERVICE, quantity=2, unit="session")
    mine, coordinator = client_of(home.me), client_of(home.boss)
    form = {
        "families": home.family.code.lower(), "columns": ["person", "name", "needs_health", "help_legal"],
        "purpose": "referral", "recipient": "me", "file_format": "xlsx", "because": "For the conference of Monday.",
    }  # fmt: skip
    address = mine.post("/exports/new/", form)["Location"]
    export = Export.objects.get()
    assert "For the conference of Monday." in mine.get(address).content.decode()
    waiting = coordinator.get("/exports/").content.decode()
    assert export.code in waiting
    shown = coordinator.get(address).content.decode()
    assert "For the conference of Monday." in shown
    assert "names, birth and documents" in shown
    with transaction.atomic():
        assert coordinator.post(f"{address}decide/", {"decision": "approve"}).status_code == 302
    jobs.make_export_in_background(export_code=export.code, staff_id=home.worker.pk)
    locked = mine.post(f"{address}passphrase/").content.decode()
    passphrase = locked.split('<p class="code"><strong>')[1].split("<")[0]
    assert passphrase not in mine.get(address).content.decode(), "shown once"
    answer = mine.post(f"{address}fetch/")
    assert answer["Content-Disposition"] == f'attachment; filename="{export.code}.zip"'
    ((name, content),) = unzipped(answer.content, passphrase).items()
    assert name == f"{export.code}.xlsx"
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert export.code in rows[0][0]
    assert "Hand it on to nobody" in rows[0][0]
    assert rows[1][:2] == ["Person", "Name"]
    told = {row[1]: row for row in rows[2:]}
    assert told.keys() == {"Gavharova Nodira", "Gavharov Temur"}
    assert "urgent" in str(told["Gavharova Nodira"][2:])


def test_the_passphrase_is_nowhere_in_the_database(home: Home) -> None:
    passphrase = actions.lock_export(home.me, made(home))
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"select count(*) from {table} t where t::text like %s", [f"%{passphrase}%"])
            assert cursor.fetchone()[0] == 0, table


def test_a_file_for_an_agency_with_a_key_opens_with_its_secret_alone(home: Home) -> None:
    clinic, secret = make.agency("Clinic"), pyrage.x25519.Identity.generate()
    access.give_age_key(home.boss, clinic, key=str(secret.to_public()))
    export = made(home, recipient=clinic)
    with pytest.raises(PassphraseShown):
        actions.lock_export(home.me, export)
    file = actions.fetch_export(home.me, export)
    assert file.name == f"{export.code}.csv.age"
    assert home.mother.code.encode() not in file.content
    opened = pyrage.decrypt(file.content, [secret]).decode("utf-8-sig")
    assert home.mother.code in opened
    assert "Clinic" in opened.splitlines()[0]


def test_a_file_is_had_three_times_and_then_it_is_gone(home: Home) -> None:
    export = made(home)
    with pytest.raises(PassphraseFirst):
        actions.fetch_export(home.me, export)
    actions.lock_export(home.me, export)
    part = again(export).file_id
    for _time in range(3):
        assert actions.fetch_export(home.me, export).content
    with pytest.raises(NotReady):
        actions.fetch_export(home.me, export)
    assert open_file(part) is None


def test_after_seven_days_the_file_and_its_key_are_destroyed_and_the_request_stays(home: Home) -> None:
    export = made(home)
    part, because = export.file_id, export.because_id
    with moved(8):
        with pytest.raises(NotReady):
            actions.lock_export(home.me, export)
        jobs.purge_exports(0)
    with acting_for(None):
        assert open_file(part) is None
        assert open_parts([because]) == {}
        assert bytes(Export.objects.get(pk=export.pk).key.wrapped) == b""
    assert again(export).families == [home.family.code]
    assert again(export).gone_on
    assert "over" in client_of(home.me).get("/exports/").content.decode()


def test_a_request_that_nobody_decided_on_lapses(home: Home) -> None:
    export = ask(home)
    with moved(8):
        with pytest.raises(DecidedAlready):
            actions.approve_export(home.boss, export)
        assert exports_page(home.boss).waiting == []


# --- who decides -------------------------------------------------------------------------------------------------


def test_nobody_decides_on_their_own_request(home: Home) -> None:
    export = actions.ask_export(home.boss, [home.family], columns=PLAIN, purpose="referral", because="Why.")
    for decide in (actions.approve_export, actions.decline_export):
        with pytest.raises(NotYourOwn):
            decide(home.boss, export)
    denied = AuditEntry.objects.filter(step="export.approve", about=export.code, outcome=AuditEntry.Outcome.DENIED)
    assert denied.count() == 2
    with acting_for(home.boss.staff_id), pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(state=2, decided_by=export.asked_by, decided_at="2026-01-01 00:00Z")


def test_a_supervisor_lets_codes_leave_and_no_name(home: Home) -> None:
    supervisor = make.actor("supervisor", "South")
    with pytest.raises(CoordinatorDecides):
        actions.approve_export(supervisor, ask(home, *NAMES))
    with pytest.raises(CoordinatorDecides):
        actions.approve_export(supervisor, ask(home, "documents"))
    actions.approve_export(supervisor, ask(home))
    with pytest.raises(NotAllowed):
        actions.approve_export(make.actor("caseworker", "South"), ask(home))


def test_who_decides_reads_why_and_what_and_never_the_file(home: Home) -> None:
    supervisor = make.actor("supervisor", "South")
    export = ask(home)
    with acting_for(supervisor.staff_id):
        shown = export_shown(supervisor, export_for(supervisor, export.code))
        assert shown.may_decide
        assert shown.because == "For the clinic."
    actions.approve_export(supervisor, export)
    jobs.make_export_in_background(export_code=export.code, staff_id=home.worker.pk)
    part = again(export).file_id
    with acting_for(supervisor.staff_id):
        assert open_file(part) is None
        assert export_shown(supervisor, export_for(supervisor, export.code)).because == "", "no longer than it takes"
    with pytest.raises(FetchedByTheAsker):
        actions.fetch_export(supervisor, export)
    with acting_for(home.worker.pk):
        assert open_file(part) is not None


def test_declined_is_declined(home: Home) -> None:
    export = ask(home)
    actions.decline_export(home.boss, export)
    with pytest.raises(DecidedAlready):
        actions.approve_export(home.boss, export)
    jobs.make_export_in_background(export_code=export.code, staff_id=home.worker.pk)
    assert again(export).state == Export.State.DECLINED


def test_another_worker_does_not_know_of_the_request(home: Home) -> None:
    export, other = ask(home), make.actor("caseworker", "North")
    assert client_of(other).get(f"/exports/{export.code}/").status_code == 404
    with acting_for(other.staff_id):
        assert not Export.objects.exists()
    with pytest.raises(NotThere):
        export_for(other, export.code)


# --- what can be asked for ---------------------------------------------------------------------------------------


def test_there_is_no_export_of_all(home: Home) -> None:
    many = [make.home(home.boss, worker=home.worker).family for _ in range(26)]
    with pytest.raises(TooManyFamilies):
        actions.ask_export(home.me, many, columns=PLAIN, purpose="referral", because="Why.")
    with pytest.raises(NoFamily):
        actions.ask_export(home.me, [], columns=PLAIN, purpose="referral", because="Why.")
    export = actions.ask_export(home.me, many[:25], columns=PLAIN, purpose="referral", because="Why.")
    codes = [family.code for family in many]
    for words in ("*", "all", "", " ".join(codes)):
        form = {"families": words, "columns": ["family"], "purpose": "referral", "recipient": "me",
                "file_format": "csv", "because": "Why."}  # fmt: skip
        assert client_of(home.me).post("/exports/new/", form).status_code == 422
    assert Export.objects.get() == export
    with acting_for(home.worker.pk), pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.create(
            families=codes, columns=["family"], purpose="referral", file_format="csv", key=export.key,
            because=export.because, asked_by_id=home.worker.pk, until=today(),
        )  # fmt: skip


def test_a_file_holds_few_people(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.casework.actions.exports.MOST_PEOPLE", 1)
    with pytest.raises(TooManyPeople):
        ask(home)


def test_what_is_wrong_with_a_request_is_said(home: Home) -> None:
    with pytest.raises(Unknown):
        ask(home, "ideas")
    for purpose in ("", "investigation", "monitoring"):
        with pytest.raises(Unknown):
            ask(home, purpose=purpose)
    with pytest.raises(WhyMissing):
        ask(home, because=" ")
    with pytest.raises(NothingChosen):
        actions.ask_export(home.me, [home.family], columns=[], purpose="referral", because="Why.")
    assert not Export.objects.exists()


def test_a_family_out_of_reach_answers_like_an_absent_one_and_the_try_is_on_record(home: Home) -> None:
    foreign = make.home(home.boss, at="South").family
    for code in (foreign.code, "F-0000-0000"):
        with acting_for(home.worker.pk), pytest.raises(FamilyNotYours):
            families_named(home.me, [home.family.code, code])
    with pytest.raises(FamilyNotYours):
        actions.ask_export(home.me, [foreign], columns=PLAIN, purpose="referral", because="Why.")
    assert AuditEntry.objects.filter(step="export.ask", about=foreign.code, outcome=2).exists()


def test_what_a_family_wants_kept_from_somebody_is_not_sent_to_them(home: Home) -> None:
    clinic = make.agency("Clinic")
    actions.withhold(home.me, home.family, whom=make.hire("caseworker", "Clinic"), classes=[3], because="asked")
    ask(home, recipient=clinic)
    with pytest.raises(KeptFromThem):
        ask(home, "needs_care", recipient=clinic)
    export = ask(home, recipient=clinic)
    actions.approve_export(home.boss, export)
    actions.withhold(home.me, home.family, whom=clinic, classes=[FieldClass.FILE], because="asked")
    jobs.make_export_in_background(export_code=export.code, staff_id=home.worker.pk)
    assert again(export).state == Export.State.NOT_MADE


def test_no_column_tells_where_somebody_can_be_found() -> None:
    kinds = {column.kind for column in COLUMNS.values()}
    assert FieldClass.LOCATION not in kinds
    assert not {kind for kind in kinds if kind >= FieldClass.SEALED_HEALTH}


# --- rights at the time it is made -------------------------------------------------------------------------------


def test_a_right_lost_meanwhile_yields_nothing(home: Home) -> None:
    for lose in (_given_to_another, _account_ended, _role_changed):
        with transaction.atomic():
            export = ask(home, *NAMES)
            actions.approve_export(home.boss, export)
            lose(home)
            jobs.make_export_in_background(export_code=export.code, staff_id=home.worker.pk)
            lost = again(export)
            assert (lost.state, lost.file_id) == (Export.State.NOT_MADE, None), lose
            transaction.set_rollback(True)


def _given_to_another(home: Home) -> None:
    Family.objects.filter(pk=home.family.pk).update(worker=make.hire("caseworker", "North"))


def _account_ended(home: Home) -> None:
    access.retire_staff(home.boss, home.worker)


def _role_changed(home: Home) -> None:
    give_role(home.worker, "statistician")


def test_a_right_lost_after_it_was_made_yields_nothing_either(home: Home) -> None:
    export = made(home)
    actions.lock_export(home.me, export)
    _given_to_another(home)
    with pytest.raises(FamilyNotYours):
        actions.fetch_export(home.me, export)


def test_of_a_file_opened_in_part_the_rest_stays_closed(home: Home) -> None:
    helper = make.hire("caseworker", "South")
    home.need(domain="health")
    actions.give_grant(
        home.me,
        home.family,
        to=helper,
        classes=[FieldClass.LEGAL],
        purpose="referral",
        until=today() + timedelta(3),
        basis=make.BY_LAW,
    )
    export = actions.ask_export(
        Actor.of(helper), [home.family], columns=["person", "name", "needs_health"], purpose="referral",
        because="Why.", file_format="csv",
    )  # fmt: skip
    actions.approve_export(home.boss, export)
    jobs.make_export_in_background(export_code=export.code, staff_id=helper.pk)
    with acting_for(helper.pk):
        text = open_file(again(export).file_id).decode()
    assert home.mother.code in text
    assert "Gavharova" not in text
    assert "urgent" not in text


# --- on record ---------------------------------------------------------------------------------------------------


def test_each_step_is_on_record_with_purpose_and_whose_rows_it_was(home: Home) -> None:
    export = made(home, *NAMES)
    actions.lock_export(home.me, export)
    actions.fetch_export(home.me, export)
    entries = AuditEntry.objects.filter(about=export.code)
    assert set(entries.values_list("purpose", flat=True)) == {"referral"}
    assert list(entries.order_by("pk").values_list("step", flat=True)) == [
        "export.ask", "export.approve", "identity.open", "export.make", "export.make", "export.fetch",
    ]  # fmt: skip
    whose = {home.mother.identity_id, home.child.identity_id}
    for step in ("export.ask", "identity.open", "export.fetch"):
        assert set(entries.get(step=step).identities) == whose
    looked = client_of(home.me).get(f"/people/{home.mother.code}/looked/").content.decode()
    assert "fetched an export" in looked


def test_the_database_keeps_what_was_asked_and_who_decided(home: Home) -> None:
    export, supervisor = ask(home), make.hire("supervisor", "South")
    changes = {
        home.worker.pk: ("families = array['F-0000-0000']", "columns = array['name']", f"asked_by_id = {supervisor.pk}",
                         f"state = 2, decided_by_id = {supervisor.pk}, decided_at = now()"),
        supervisor.pk: ("purpose = 'audit'", f"state = 2, decided_by_id = {home.boss.me}, decided_at = now()"),
    }  # fmt: skip
    for who, tried in changes.items():
        for change in tried:
            with acting_for(who), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"update casework_export set {change} where id = %s", [export.pk])
    with acting_for(supervisor.pk), pytest.raises(DatabaseError), transaction.atomic():
        Export.objects.create(
            families=["F-0000-0000"], columns=["name"], purpose="audit", file_format="csv", key=export.key,
            because=export.because, asked_by_id=home.worker.pk, until=today(),
        )  # fmt: skip


# --- keys of agencies --------------------------------------------------------------------------------------------


def test_a_key_that_is_none_or_is_the_secret_one_is_refused(home: Home) -> None:
    clinic, secret = make.agency("Clinic"), pyrage.x25519.Identity.generate()
    for key in ("age1", "age1qqqq", str(secret), "ssh-ed25519 AAAA", f"{secret.to_public()}x"):
        with pytest.raises(access.KeyUnfit):
            access.give_age_key(home.boss, clinic, key=key)
    address = f"/settings/agencies/{clinic.code}/key/"
    assert client_of(home.boss).post(address, {"age_key": "age1qqqq"}).status_code == 422
    assert client_of(home.boss).post(address, {"age_key": str(secret.to_public())}).status_code == 302
    assert client_of(home.me).post(address, {"age_key": ""}).status_code == 403


def test_the_same_is_done_over_the_api(home: Home) -> None:
    mine, boss = client_of(home.me), client_of(home.boss)

    def send(client: object, where: str, given: dict[str, object], status: int) -> object:
        answer = client.post(f"/api/v1{where}", given, content_type="application/json")  # type: ignore[attr-defined]
        assert answer.status_code == status, answer.content
        return answer

    asked = {"families": [home.family.code], "columns": ["person"], "purpose": "referral", "because": "Why."}
    code = send(mine, "/exports", asked, 201).json()["code"]
    send(mine, "/exports", {**asked, "families": ["F-0000-0000"]}, 422)
    send(mine, f"/exports/{code}/decision", {"decision": "approve"}, 403)
    assert [one["code"] for one in boss.get("/api/v1/exports").json()["waiting"]] == [code]
    send(boss, f"/exports/{code}/decision", {"decision": "approve"}, 204)
    send(mine, f"/exports/{code}/fetch", {}, 409)
    jobs.make_export_in_background(export_code=code, staff_id=home.worker.pk)
    passphrase = send(mine, f"/exports/{code}/passphrase", {}, 200).json()["passphrase"]
    assert unzipped(send(mine, f"/exports/{code}/fetch", {}, 200).content, passphrase).keys() == {f"{code}.xlsx"}
    assert mine.get(f"/api/v1/exports/{code}").json()["fetched"] == 1
