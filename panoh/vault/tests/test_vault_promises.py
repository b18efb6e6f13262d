"""What the vault keeps, gives out and destroys, on the real database; and how it treats its keyring."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry, Staff
from panoh.access.refusals import NotAllowed
from panoh.vault import actions, sealing
from panoh.vault.broker import ENVIRONMENT
from panoh.vault.facts import Address, BirthDate, Contact, Document, Group, IdentityFacts, Name, NameKind, Origin
from panoh.vault.keyring import (
    keyring,
    make_keyring,
    new_key,
    read_keyring,
    replace_keyring,
    write_keyring,
)
from panoh.vault.models import DataKey, Identity, SealedPart
from panoh.vault.queries import names_of, open_identities, open_identity, open_parts
from panoh.vault.refusals import (
    Forgotten,
    KeyringChanged,
    KeyringMissing,
    KeyringNotRenewed,
    KeyringUnsafe,
    KeyringWrong,
    SealBroken,
)

PURPOSE = "service_delivery"
MOTHER = IdentityFacts(
    names=(Name("Gavharova Nodira", source="L-1"), Name("Гавхарова Нодира", NameKind.OTHER_SPELLING)),
    birth=BirthDate(1990, 3, 4, "day", "04.03.1990"),
    documents=(Document("passport", "ZZ 0000012"),),
    contacts=(Contact("phone", "+998 00 111 22 33", "evenings"),),
    addresses=(Address("Zumrad 4"),),
    origins=(Origin("L-1", 2, "ФИО", "Гавхарова Нодира"),),
)
CHILD = IdentityFacts(names=(Name("Gavharov Temur"),), birth=BirthDate(2015, precision="year"))


@pytest.fixture
def worker(db: None) -> Actor:
    agency = Agency.objects.create(code="V1", name="Vault tests", kind=2)
    staff = Staff.objects.create_user("keeper", display_name="Keeper", agency=agency, role="caseworker")
    return Actor.of(staff)


def kept(*people: IdentityFacts) -> list[UUID]:
    return actions.keep_identities(people or (MOTHER,))


def read(actor: Actor, identity: UUID) -> IdentityFacts:
    return open_identity(actor, identity, purpose=PURPOSE)


def audited(step: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(step=step))


# --- keep and open -----------------------------------------------------------------------------------------------


def test_people_kept_together_each_come_back_as_themselves(worker: Actor) -> None:
    mother, child, nobody = kept(MOTHER, CHILD, IdentityFacts())
    assert read(worker, mother) == MOTHER
    assert read(worker, child) == CHILD
    assert read(worker, nobody) == IdentityFacts()


def test_each_person_has_a_key_of_their_own(worker: Actor) -> None:
    identities = Identity.objects.filter(pk__in=kept(MOTHER, CHILD, MOTHER)).select_related("key")
    ring = keyring()
    assert len({sealing.unwrap(ring, one.key.master, one.key.wrapped) for one in identities}) == 3


def test_an_unknown_identity_opens_to_nothing(worker: Actor) -> None:
    assert read(worker, uuid4()) == IdentityFacts()


def test_a_field_group_is_kept_once_for_each_person(worker: Actor) -> None:
    kept()
    part = SealedPart.objects.get(group=Group.NAMES)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedPart.objects.create(key_id=part.key_id, group=Group.NAMES, sealed=b"")


def test_a_value_altered_in_the_table_is_refused_and_not_shown(worker: Actor) -> None:
    (identity,) = kept()
    part = SealedPart.objects.get(group=Group.BIRTH)
    part.sealed = bytes(part.sealed)[:-1] + bytes([bytes(part.sealed)[-1] ^ 1])
    part.save()
    with pytest.raises(SealBroken):
        read(worker, identity)


@pytest.mark.django_db
def test_texts_and_rows_come_back_and_an_empty_text_is_not_kept() -> None:
    key = actions.make_key("list")
    row, other = actions.keep_parts(key, Group.LIST_ROW, [{"cells": {"0": "Гавхарова"}}, ["\0", None, 1]])
    text = actions.keep_text(key, "She asks for a school.")
    assert actions.keep_text(key, " \n") is None
    assert open_parts([row, other, text, None]) == {
        row: {"cells": {"0": "Гавхарова"}},
        other: ["\0", None, 1],
        text: "She asks for a school.",
    }


@pytest.mark.django_db
def test_a_part_written_anew_holds_the_new_value_only() -> None:
    (part,) = actions.keep_parts(actions.make_key("list"), Group.LIST_ROW, ["Gavharova"])
    before = bytes(SealedPart.objects.get(pk=part).sealed)
    actions.rewrite_part(part, "Gavhariy")
    assert open_parts([part]) == {part: "Gavhariy"}
    assert bytes(SealedPart.objects.get(pk=part).sealed) != before


# --- amend -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [group for group in Group if group <= Group.ORIGIN])
def test_amending_one_group_leaves_every_other_as_it_was(worker: Actor, group: Group) -> None:
    (identity,) = kept()
    touched = [group, *([Group.FINDING] if group in actions.FOUND_BY else [])]
    before = dict(SealedPart.objects.exclude(group__in=touched).values_list("pk", "sealed"))
    actions.amend(worker, identity, CHILD, [group])
    after = dict(SealedPart.objects.exclude(group__in=touched).values_list("pk", "sealed"))
    assert {pk: bytes(sealed) for pk, sealed in after.items()} == {pk: bytes(sealed) for pk, sealed in before.items()}


def test_what_is_amended_is_read_and_what_it_replaces_is_gone(worker: Actor) -> None:
    (identity,) = kept()
    actions.amend(worker, identity, CHILD, [Group.NAMES, Group.CONTACTS])
    now = read(worker, identity)
    assert (now.names, now.contacts) == (CHILD.names, ())
    assert (now.birth, now.documents) == (MOTHER.birth, MOTHER.documents)


def test_an_amendment_is_in_the_audit_with_whose_and_without_what(worker: Actor) -> None:
    (identity,) = kept()
    actions.amend(worker, identity, CHILD, [Group.NAMES])
    (entry,) = audited("identity.amend")
    assert (entry.staff_id, entry.identities, entry.about, entry.purpose) == (worker.staff_id, [identity], "", "")


# --- who opened what ---------------------------------------------------------------------------------------------


def test_names_of_many_are_one_audit_entry_with_everybody_in_it_and_no_name(worker: Actor) -> None:
    identities = kept(MOTHER, CHILD, IdentityFacts())
    found = names_of(worker, iter(identities), purpose=PURPOSE, about="F-0000-0000")
    assert found == {identities[0]: "Gavharova Nodira", identities[1]: "Gavharov Temur"}
    (entry,) = AuditEntry.objects.all()
    assert (entry.step, entry.purpose, entry.about) == ("identity.open", PURPOSE, "F-0000-0000")
    assert (entry.staff_id, entry.role, entry.outcome) == (worker.staff_id, "caseworker", AuditEntry.Outcome.DONE)
    assert entry.identities == identities


def test_the_audit_never_holds_a_value(worker: Actor) -> None:
    identities = kept(MOTHER, CHILD)
    names_of(worker, identities, purpose=PURPOSE)
    read(worker, identities[0])
    actions.amend(worker, identities[0], MOTHER, [Group.NAMES])
    actions.forget(worker, identities[1])
    with connection.cursor() as cursor:
        cursor.execute("select t::text from access_auditentry t")
        text = "\n".join(row[0] for row in cursor.fetchall()).casefold()
    assert len(text.splitlines()) == 4
    for value in ("gavhar", "гавхар", "nodira", "temur", "111 22 33", "0000012", "zumrad", "1990"):
        assert value not in text
        assert value.encode().hex() not in text


def test_who_asks_for_nobody_opens_nothing_and_leaves_no_entry(worker: Actor) -> None:
    assert names_of(worker, [], purpose=PURPOSE) == {}
    assert not AuditEntry.objects.exists()


def test_names_alone_open_no_other_group(worker: Actor) -> None:
    (identity,) = kept()
    SealedPart.objects.exclude(group=Group.NAMES).update(sealed=b"does not open")
    assert names_of(worker, [identity], purpose=PURPOSE) == {identity: "Gavharova Nodira"}


def test_opening_many_takes_the_same_two_queries_as_opening_one(worker: Actor, django_assert_num_queries) -> None:
    identities = kept(*[MOTHER] * 20)
    for some in (identities[:1], identities):
        with django_assert_num_queries(2):
            assert len(open_identities(worker, some, purpose=PURPOSE)) == len(some)


def test_a_role_that_may_not_open_identities_opens_none(worker: Actor) -> None:
    identities = kept()
    operator = Actor.operator()
    assert not operator.may("identity.open")
    with pytest.raises(NotAllowed):
        names_of(operator, identities, purpose=PURPOSE)


# --- forget ------------------------------------------------------------------------------------------------------


def test_a_forgotten_person_has_no_key_and_no_sealed_value_any_more(worker: Actor) -> None:
    mother, child = kept(MOTHER, CHILD)
    key = Identity.objects.get(pk=mother).key_id
    actions.forget(worker, mother)
    assert bytes(DataKey.objects.get(pk=key).wrapped) == b""
    assert {bytes(part) for part in SealedPart.objects.filter(key_id=key).values_list("sealed", flat=True)} == {b""}
    assert read(worker, mother) == IdentityFacts()
    assert names_of(worker, [mother, child], purpose=PURPOSE) == {child: "Gavharov Temur"}


def test_sealed_values_dumped_before_do_not_open_again_when_put_back_without_their_key(worker: Actor) -> None:
    (identity,) = kept()
    dumped = list(SealedPart.objects.all())
    actions.forget(worker, identity)
    SealedPart.objects.bulk_update(dumped, ["sealed"])
    with pytest.raises(SealBroken):
        read(worker, identity)


def test_only_a_backup_with_the_wrapped_key_and_the_keyring_can_bring_a_forgotten_person_back(worker: Actor) -> None:
    """What forgetting cannot promise: backups from before have to expire for it to be true of them too."""
    (identity,) = kept()
    keys, parts = list(DataKey.objects.all()), list(SealedPart.objects.all())
    actions.forget(worker, identity)
    DataKey.objects.bulk_update(keys, ["wrapped"])
    SealedPart.objects.bulk_update(parts, ["sealed"])
    assert read(worker, identity) == MOTHER
    with pytest.raises(SealBroken):
        sealing.unwrap(make_keyring(), keys[0].master, keys[0].wrapped)


def test_nothing_is_written_about_a_forgotten_person_any_more(worker: Actor) -> None:
    (identity,) = kept()
    actions.forget(worker, identity)
    with pytest.raises(Forgotten):
        actions.amend(worker, identity, MOTHER, [Group.NAMES])
    with pytest.raises(Forgotten):
        actions.keep_words(identity, "She asks for a school.")
    assert not SealedPart.objects.exclude(sealed=b"").exists()


def test_forgetting_is_in_the_audit_and_so_is_whom(worker: Actor) -> None:
    (identity,) = kept()
    actions.forget(worker, identity)
    (entry,) = audited("identity.forget")
    assert (entry.staff_id, entry.identities) == (worker.staff_id, [identity])


def test_words_said_about_a_person_are_forgotten_with_the_person(worker: Actor) -> None:
    (identity,) = kept()
    words = actions.keep_words(identity, "She asks for a school.")
    actions.forget(worker, identity)
    assert open_parts([words]) == {}


# --- the keyring -------------------------------------------------------------------------------------------------


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no keyring stand in the environment."""
    monkeypatch.delenv(ENVIRONMENT, raising=False)


@pytest.fixture
def file(alone: None, tmp_path: Path) -> Path:
    file = tmp_path / "keyring.json"
    write_keyring(file, make_keyring())
    return file


def test_a_new_keyring_is_for_its_owners_eyes_only(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_keyring_comes_back_from_its_file_as_it_was(alone: None, tmp_path: Path) -> None:
    ring = make_keyring()
    write_keyring(tmp_path / "ring", ring)
    assert read_keyring(tmp_path / "ring") == ring


def test_two_new_keyrings_share_no_key(alone: None) -> None:
    one, other = make_keyring(), make_keyring()
    assert not {*one.masters.values(), one.fingerprints} & {*other.masters.values(), other.fingerprints}


def test_a_keyring_that_is_there_is_never_overwritten(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        write_keyring(file, make_keyring())
    assert file.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o644, 0o777])
def test_a_keyring_that_others_can_touch_is_refused_with_the_command_that_mends_it(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(KeyringUnsafe, match=f"chmod 600 {file}"):
        read_keyring(file)


def test_a_keyring_that_is_not_there_is_said_with_its_path(alone: None, tmp_path: Path) -> None:
    with pytest.raises(KeyringMissing, match=str(tmp_path / "none")):
        read_keyring(tmp_path / "none")


def test_a_keyring_from_before_there_were_search_keys_has_the_same_one_each_time(file: Path) -> None:
    old = {name: value for name, value in json.loads(file.read_text()).items() if not name.startswith("search")}
    file.write_text(json.dumps(old))
    ring = read_keyring(file)
    assert (ring.search, list(ring.searches)) == (1, [1])
    assert read_keyring(file) == ring
    assert ring.searches[1] not in {*ring.masters.values(), ring.fingerprints}


def test_a_keyring_that_another_process_renewed_is_read_again(file: Path, settings: Any) -> None:
    settings.PANOH_KEYRING_FILE = file
    before = keyring()
    after = replace(before, masters={**before.masters, 2: new_key()}, current=2)
    replace_keyring(file, before, after)
    assert keyring() == after != before
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_keyring_taken_away_after_the_start_is_still_held(file: Path, settings: Any) -> None:
    settings.PANOH_KEYRING_FILE = file
    ring = keyring()
    file.unlink()
    assert keyring() == ring


def test_a_keyring_that_was_renewed_meanwhile_is_not_overwritten(file: Path) -> None:
    first = read_keyring(file)
    replace_keyring(file, first, replace(first, fingerprints=new_key()))
    newer = file.read_bytes()
    with pytest.raises(KeyringChanged):
        replace_keyring(file, first, replace(first, fingerprints=new_key()))
    assert file.read_bytes() == newer
    assert [found.name for found in file.parent.iterdir() if found.name.endswith(".new")] == []


def test_a_keyring_that_cannot_be_written_is_left_whole_and_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring, before = read_keyring(file), file.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("panoh.vault.keyring.os.fsync", full)
    with pytest.raises(KeyringNotRenewed, match="No space left on device"):
        replace_keyring(file, ring, replace(ring, fingerprints=new_key()))
    monkeypatch.undo()
    assert file.read_bytes() == before
    replace_keyring(file, ring, replace(ring, fingerprints=new_key()))


GOOD = json.loads(make_keyring().to_json())


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "null",
        "[]",
        "{}",
        json.dumps({**GOOD, "current": 2}),
        json.dumps({**GOOD, "current": "one"}),
        json.dumps({**GOOD, "masters": {"1": GOOD["masters"]["1"][:-4]}}),
        json.dumps({**GOOD, "masters": {"one": GOOD["masters"]["1"]}}),
        json.dumps({**GOOD, "masters": {"1": "*" * 44}}),
        json.dumps({**GOOD, "masters": []}),
        json.dumps({**GOOD, "fingerprints": None}),
        json.dumps({**GOOD, "search": 2}),
        json.dumps({**GOOD, "searches": {}}),
        json.dumps({**GOOD, "searches": {"1": "*"}}),
        json.dumps({name: value for name, value in GOOD.items() if name != "fingerprints"}),
    ],
    ids=itertools.count(),
)
def test_a_keyring_that_makes_no_sense_is_refused_without_telling_a_key(file: Path, wrong: str) -> None:
    file.write_text(wrong)
    with pytest.raises(KeyringWrong) as refused:
        read_keyring(file)
    assert str(file) in str(refused.value)
    assert GOOD["masters"]["1"][:20] not in str(refused.value)


def test_a_keyring_whose_bytes_are_no_text_is_refused_as_well(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeyringWrong):
        read_keyring(file)


def test_a_keyring_in_the_environment_goes_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_file, ring = read_keyring(file), make_keyring()
    monkeypatch.setenv(ENVIRONMENT, ring.to_json())
    assert read_keyring(file) == ring != in_file


def test_a_wrong_keyring_in_the_environment_is_refused_and_the_file_is_no_way_out(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, "{}")
    with pytest.raises(KeyringWrong, match=ENVIRONMENT):
        read_keyring(file)


def test_what_was_sealed_does_not_open_with_another_keyring(
    worker: Actor, alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (identity,) = kept()
    monkeypatch.setenv(ENVIRONMENT, make_keyring().to_json())
    with pytest.raises(SealBroken):
        read(worker, identity)
