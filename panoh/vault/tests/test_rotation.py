"""Renewing the master keys: nothing is lost, whatever is stopped, altered, forgotten or tried twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry, Staff
from panoh.vault import actions, rotation, sealing
from panoh.vault.broker import ENVIRONMENT
from panoh.vault.facts import Group, IdentityFacts, Name
from panoh.vault.keyring import keyring, make_keyring, new_key, read_file, replace_keyring, write_keyring
from panoh.vault.masters import KeyringMasters, with_new_master, without_masters
from panoh.vault.models import DataKey, Identity, MasterKey
from panoh.vault.queries import find_identities, names_of, open_parts
from panoh.vault.refusals import (
    KeyringChanged,
    KeyringGiven,
    MasterRetired,
    MastersInUse,
    RotationRunning,
    SealBroken,
    SearchesInUse,
)
from panoh.vault.rekeying import rekey

pytestmark = pytest.mark.django_db

NAME = IdentityFacts((Name("Gavharova Nodira"),))


@pytest.fixture(autouse=True)
def file(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give this process a keyring file of its own, that the test may renew."""
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    settings.PANOH_KEYRING_FILE = tmp_path / "keyring.json"
    write_keyring(settings.PANOH_KEYRING_FILE, make_keyring())
    return settings.PANOH_KEYRING_FILE


@pytest.fixture
def worker() -> Actor:
    agency = Agency.objects.create(code="V1", name="Vault tests", kind=2)
    return Actor.of(Staff.objects.create_user("keeper", display_name="Keeper", agency=agency, role="caseworker"))


@pytest.fixture
def other() -> Iterator[psycopg.Connection[Any]]:
    """Give a connection of somebody else, who works at the same time."""
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as one:
        yield one


def masters_in_use() -> set[int]:
    return set(DataKey.objects.exclude(wrapped=b"").values_list("master", flat=True))


# --- renewing ----------------------------------------------------------------------------------------------------


def test_after_a_renewal_every_data_key_is_wrapped_by_the_new_master_key_and_every_name_opens(
    worker: Actor, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    people = actions.keep_identities([NAME] * 10)
    before = keyring()
    seen: list[tuple[int, int]] = []
    done = rotation.rotate(lambda now, total: seen.append((now, total)))
    assert (done.current, done.resumed, done.rewrapped, done.left) == (2, False, 10, 0)
    assert masters_in_use() == {2}
    assert read_file(file).masters[1] == before.masters[1]
    assert names_of(worker, people, purpose="service_delivery") == dict.fromkeys(people, "Gavharova Nodira")
    assert seen == [(0, 10), (3, 10), (6, 10), (9, 10), (10, 10)]


def test_a_renewal_that_was_stopped_is_gone_on_with_and_makes_no_other_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    actions.keep_identities([NAME] * 10)

    def stop(now: int, total: int) -> None:
        if now > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(stop)
    assert masters_in_use() == {1, 2}
    done = rotation.rotate()
    assert (done.current, done.resumed, done.rewrapped) == (2, True, 4)
    assert masters_in_use() == {2}


def test_a_data_key_that_does_not_open_is_left_and_counted_and_the_others_are_renewed(worker: Actor) -> None:
    people = actions.keep_identities([NAME] * 9)
    broken = Identity.objects.get(pk=people[4]).key
    DataKey.objects.filter(pk=broken.pk).update(wrapped=bytes(broken.wrapped)[:-1] + b"\0")
    done = rotation.rotate()
    assert (done.rewrapped, done.left) == (8, 1)
    with pytest.raises(MastersInUse, match="1: 1"):
        rotation.retire()
    whole = [one for one in people if one != people[4]]
    assert len(names_of(worker, whole, purpose="service_delivery")) == 8


def test_a_renewal_brings_no_forgotten_person_back_and_is_not_held_up_by_one(worker: Actor) -> None:
    gone, here = actions.keep_identities([NAME] * 2)
    actions.forget(worker, gone)
    assert rotation.rotate().rewrapped == 1
    assert rotation.retire() == [1]
    assert names_of(worker, [gone, here], purpose="service_delivery") == {here: "Gavharova Nodira"}


def test_two_renewals_at_once_are_one(other: psycopg.Connection[Any], file: Path) -> None:
    other.execute("select pg_advisory_lock(%s)", [rotation.LOCK])
    before = file.read_bytes()
    for step in (rotation.rotate, rotation.retire):
        with pytest.raises(RotationRunning):
            step()
    assert file.read_bytes() == before
    other.execute("select pg_advisory_unlock(%s)", [rotation.LOCK])
    assert rotation.rotate().current == 2


def test_a_renewal_is_on_record() -> None:
    rotation.rotate()
    rotation.retire()
    rotation.rotate_search()
    rotation.retire_searches()
    entries = AuditEntry.objects.order_by("pk").values_list("step", "staff_id", "role")
    assert list(entries) == [
        ("keyring.rotate", None, "operator"),
        ("keyring.retire", None, "operator"),
        ("keyring.rotate-search", None, "operator"),
        ("keyring.retire-search", None, "operator"),
    ]


# --- retiring ----------------------------------------------------------------------------------------------------


def test_a_master_key_is_not_destroyed_while_anything_is_wrapped_by_it(file: Path) -> None:
    actions.make_key("list")
    ring = keyring()
    replace_keyring(file, ring, with_new_master(ring, above=0))
    with pytest.raises(MastersInUse, match="1: 1"):
        rotation.retire()
    assert set(read_file(file).masters) == {1, 2}
    assert not MasterKey.objects.filter(retired_at__isnull=False).exists()


def test_a_number_once_retired_is_never_given_again(file: Path) -> None:
    for number in (2, 3):
        assert rotation.rotate().current == number
        assert rotation.retire() == [number - 1]
    assert set(read_file(file).masters) == {3}
    assert rotation.retire() == []
    assert [(one.number, one.is_held) for one in rotation.keys().masters] == [(1, False), (2, False), (3, True)]


def test_a_process_with_an_old_keyring_can_keep_nothing_under_a_master_key_that_is_gone(file: Path) -> None:
    old = keyring()
    rotation.rotate()
    rotation.retire()
    file.write_text(old.to_json())
    with pytest.raises(MasterRetired, match="master key 1 was taken out of use"):
        actions.make_key("family")
    assert not DataKey.objects.exists()


def test_a_search_key_goes_only_when_no_row_of_the_index_needs_it_and_everybody_is_found_after(file: Path) -> None:
    (girl,) = actions.keep_identities([NAME])
    rotation.rotate_search()
    with pytest.raises(SearchesInUse, match="1: 1"):
        rotation.retire_searches()
    assert set(read_file(file).searches) == {1, 2}
    rekey()
    assert rotation.retire_searches() == [1]
    assert set(read_file(file).searches) == {2}
    assert [hit.identity_id for hit in find_identities("Гавҳарова Нодира").hits] == [girl]
    assert rotation.retire_searches() == []


# --- a keyring in the environment ----------------------------------------------------------------------------------


def test_a_keyring_in_the_environment_is_renewed_by_the_operator_in_three_steps(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, file.read_text())
    actions.make_key("family")
    with pytest.raises(KeyringGiven):
        rotation.rotate()
    monkeypatch.setenv(ENVIRONMENT, rotation.keyring_to_put_in_place().to_json())
    done = rotation.rotate()
    assert (done.current, done.resumed, done.rewrapped) == (2, True, 1)
    with pytest.raises(KeyringGiven):
        rotation.retire()
    assert MasterKey.objects.get(number=1).retired_at is None
    monkeypatch.setenv(ENVIRONMENT, rotation.keyring_to_put_in_place(retired=True).to_json())
    assert rotation.retire() == [1]
    assert set(keyring().masters) == {2}


# --- search keys -------------------------------------------------------------------------------------------------


def test_a_new_search_key_is_used_and_the_one_before_stays(file: Path) -> None:
    before = keyring()
    assert rotation.rotate_search() == 2
    assert keyring() == read_file(file)
    assert keyring().searches[1] == before.searches[1] != keyring().searches[2]
    assert (keyring().search, keyring().masters) == (2, before.masters)


def test_a_keyring_from_before_there_were_search_keys_keeps_its_first_when_it_is_renewed(file: Path) -> None:
    old = {name: value for name, value in json.loads(file.read_text()).items() if not name.startswith("search")}
    file.write_text(json.dumps(old))
    first = keyring().searches[1]
    rotation.rotate()
    assert read_file(file).searches == {1: first}


# --- properties --------------------------------------------------------------------------------------------------

few = hypothesis(max_examples=40, deadline=None)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=5), st.integers(1, 4))
@few
def test_a_data_key_is_the_same_under_however_many_master_keys_it_went(keys: list[bytes], times: int) -> None:
    ring = first = make_keyring()
    wrapped = KeyringMasters(ring).wrap(keys)
    for _ in range(times):
        ring = with_new_master(ring, above=0)
        wrapped = KeyringMasters(ring).rewrap(wrapped)
    assert KeyringMasters(ring).unwrap(wrapped) == keys
    gone = without_masters(ring, [number for number in ring.masters if number != ring.current])
    assert KeyringMasters(gone).unwrap(wrapped) == keys
    if keys:
        with pytest.raises(SealBroken):
            KeyringMasters(gone).unwrap(KeyringMasters(first).wrap(keys))


@given(st.binary(max_size=60), st.integers(1, 3))
@few
def test_a_sealed_value_opens_after_any_number_of_renewals(value: bytes, times: int) -> None:
    ring = make_keyring()
    secret, key_id, part_id = sealing.new_data_key(), UUID(int=1), UUID(int=2)
    sealed = sealing.seal(secret, key_id, Group.NAMES, part_id, value)
    number, wrapped = sealing.wrap(ring, secret)
    for _ in range(times):
        ring = with_new_master(ring, above=0)
        ((number, wrapped),) = KeyringMasters(ring).rewrap([(number, wrapped)])
        ring = without_masters(ring, [ring.current - 1])
    assert sealing.unseal(sealing.unwrap(ring, number, wrapped), key_id, Group.NAMES, part_id, sealed) == value


def test_whatever_is_done_in_whatever_order_every_text_that_was_kept_opens(file: Path) -> None:
    class Vault(RuleBasedStateMachine):
        """People keep texts and lists are purged while keys are renewed and retired in any order."""

        kept: dict[UUID, str]

        def __init__(self) -> None:
            super().__init__()
            self.kept, self.keys = {}, {}

        @rule(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10))
        def keep(self, text: str) -> None:
            key = actions.make_key("list")
            (part,) = actions.keep_parts(key, Group.LIST_ROW, [text])
            self.kept[part], self.keys[part] = text, key

        @rule()
        def destroy(self) -> None:
            if self.kept:
                part, _ = self.kept.popitem()
                actions.destroy_key(self.keys[part])

        @rule()
        def rotate(self) -> None:
            assert rotation.rotate().left == 0

        @rule()
        def renew_only(self) -> None:
            ring = keyring()
            replace_keyring(file, ring, with_new_master(ring, above=rotation._highest()))

        @rule()
        def retire(self) -> None:
            try:
                rotation.retire()
            except MastersInUse:
                assert len(masters_in_use()) > 1 or masters_in_use() != {keyring().current}

        @rule()
        def blind_anew(self) -> None:
            rotation.rotate_search()

        @invariant()
        def opens(self) -> None:
            assert open_parts([*self.kept, *self.keys]) == self.kept

    Vault.TestCase.settings = hypothesis(max_examples=12, stateful_step_count=15, deadline=None)
    Vault.TestCase().runTest()


def test_the_master_key_of_a_renewal_that_lost_a_race_is_not_written(file: Path) -> None:
    ring = keyring()
    replace_keyring(file, ring, replace(ring, fingerprints=new_key()))
    newer = file.read_bytes()
    with pytest.raises(KeyringChanged):
        KeyringMasters(ring).renew(above=0)
    assert file.read_bytes() == newer
