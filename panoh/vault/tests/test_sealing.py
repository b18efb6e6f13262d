"""What the vault's cryptography promises, tried on whatever Hypothesis can think of; no database."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.vault import packing, sealing
from panoh.vault.facts import (
    Address,
    BirthDate,
    Contact,
    Document,
    Group,
    IdentityFacts,
    Name,
    Origin,
    Precision,
    script_of,
)
from panoh.vault.keyring import KEY_BYTES, make_keyring
from panoh.vault.refusals import SealBroken

RING = make_keyring()
WRAPPED_BYTES = 40
OVERHEAD_BYTES = 1 + sealing.NONCE_BYTES + 16

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)  # a lone surrogate is no text in any encoding
plain = st.binary(max_size=80)
keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
groups = st.sampled_from(Group).map(int)
few = settings(max_examples=60, deadline=None)


def tuple_of(item: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(item, max_size=3).map(tuple)


facts = st.builds(
    IdentityFacts,
    names=tuple_of(st.builds(Name, text, text, text, text)),
    birth=st.builds(
        BirthDate,
        st.none() | st.integers(),
        st.none() | st.integers(),
        st.none() | st.integers(),
        st.sampled_from(Precision.values),
        text,
        text,
        text,
    ),
    documents=tuple_of(st.builds(Document, text, text, text)),
    contacts=tuple_of(st.builds(Contact, text, text, text, text)),
    addresses=tuple_of(st.builds(Address, text, text, text)),
    origins=tuple_of(st.builds(Origin, text, st.integers(), text, text)),
)


@st.composite
def sealed_values(draw: st.DrawFn) -> tuple[bytes, UUID, int, UUID, bytes, bytes]:
    """Return what `seal` was given and what it gave: key, key's id, group, part's id, plain and sealed bytes."""
    key, key_id, group, part_id, value = (draw(one) for one in (keys, st.uuids(), groups, st.uuids(), plain))
    return key, key_id, group, part_id, value, sealing.seal(key, key_id, group, part_id, value)


def flipped(value: bytes, bit: int) -> bytes:
    """Return the bytes with one bit the other way round."""
    place = bit % (8 * len(value))
    changed = bytearray(value)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


# --- there and back ----------------------------------------------------------------------------------------------


@given(facts)
@few
def test_whatever_is_known_of_a_person_comes_back_as_it_was(known: IdentityFacts) -> None:
    master, wrapped = sealing.wrap(RING, sealing.new_data_key())
    key, key_id, part_id = sealing.unwrap(RING, master, wrapped), UUID(int=1), UUID(int=2)
    kept = [(group, sealing.seal(key, key_id, group, part_id, value)) for group, value in packing.pack(known).items()]
    assert packing.unpack((group, sealing.unseal(key, key_id, group, part_id, value)) for group, value in kept) == known


@given(facts, st.sets(st.sampled_from(sorted(packing.FIELDS))))
@few
def test_a_group_that_is_not_opened_stays_empty_and_the_others_are_whole(known: IdentityFacts, opened: set) -> None:
    read = packing.unpack((group, value) for group, value in packing.pack(known).items() if group in opened)
    nothing = IdentityFacts()
    unopened = {name: getattr(nothing, name) for group, name in packing.FIELDS.items() if group not in opened}
    assert read == replace(known, **unopened)


def test_of_nobody_nothing_is_kept() -> None:
    assert packing.pack(IdentityFacts()) == {}


def test_every_group_that_is_packed_has_a_field_of_its_own() -> None:
    assert len(set(packing.FIELDS.values())) == len(packing.FIELDS)
    sealed_with_the_birth_date = {"former_births"}
    assert set(packing.FIELDS.values()) == set(IdentityFacts.__dataclass_fields__) - sealed_with_the_birth_date


@given(sealed_values())
@few
def test_any_bytes_come_back_as_they_were(sealed_value: tuple) -> None:
    key, key_id, group, part_id, value, sealed = sealed_value
    assert sealing.unseal(key, key_id, group, part_id, sealed) == value
    assert sealing.unseal(key, key_id, group, part_id, memoryview(sealed)) == value


@given(keys)
@few
def test_a_wrapped_key_comes_back_as_it_was(key: bytes) -> None:
    master, wrapped = sealing.wrap(RING, key)
    assert len(wrapped) == WRAPPED_BYTES
    assert sealing.unwrap(RING, master, wrapped) == sealing.unwrap(RING, master, memoryview(wrapped)) == key


# --- nothing altered opens ---------------------------------------------------------------------------------------


@given(sealed_values(), st.integers(min_value=0))
@few
def test_a_sealed_value_with_one_bit_changed_does_not_open(sealed_value: tuple, bit: int) -> None:
    key, key_id, group, part_id, _, sealed = sealed_value
    with pytest.raises(SealBroken):
        sealing.unseal(key, key_id, group, part_id, flipped(sealed, bit))


def test_no_single_bit_of_a_sealed_value_can_change_unseen() -> None:
    key, part = sealing.new_data_key(), (UUID(int=1), int(Group.NAMES), UUID(int=2))
    sealed = sealing.seal(key, *part, "Гулбаргова Нодира".encode())
    for bit in range(8 * len(sealed)):
        with pytest.raises(SealBroken):
            sealing.unseal(key, *part, flipped(sealed, bit))


def test_no_single_bit_of_a_wrapped_key_can_change_unseen() -> None:
    master, wrapped = sealing.wrap(RING, sealing.new_data_key())
    for bit in range(8 * len(wrapped)):
        with pytest.raises(SealBroken):
            sealing.unwrap(RING, master, flipped(wrapped, bit))


@given(sealed_values(), st.integers(min_value=1))
@few
def test_a_sealed_value_cut_short_or_made_longer_does_not_open(sealed_value: tuple, less: int) -> None:
    key, key_id, group, part_id, _, sealed = sealed_value
    for changed in (sealed[: -(less % len(sealed)) or -1], sealed + b"\0", b""):
        with pytest.raises(SealBroken):
            sealing.unseal(key, key_id, group, part_id, changed)


@given(st.binary(max_size=60))
@few
def test_bytes_that_were_never_sealed_or_wrapped_are_refused(noise: bytes) -> None:
    with pytest.raises(SealBroken):
        sealing.unseal(sealing.new_data_key(), UUID(int=1), Group.NAMES, UUID(int=2), noise)
    with pytest.raises(SealBroken):
        sealing.unwrap(RING, RING.current, noise)


# --- nothing opens for another -----------------------------------------------------------------------------------


@given(sealed_values(), keys, st.uuids(), groups, st.uuids())
@few
def test_a_value_opens_only_as_the_very_part_it_was_sealed_as(
    sealed_value: tuple, other_key: bytes, other_id: UUID, other_group: int, other_part: UUID
) -> None:
    key, key_id, group, part_id, _, sealed = sealed_value
    moved = {
        (other_key, key_id, group, part_id),
        (key, other_id, group, part_id),
        (key, key_id, other_group, part_id),
        (key, key_id, group, other_part),
        (key, part_id, group, key_id),
    } - {(key, key_id, group, part_id)}
    for place in moved:
        with pytest.raises(SealBroken):
            sealing.unseal(*place, sealed)


@given(keys, keys)
@few
def test_a_wrapped_key_opens_only_with_the_master_key_that_wrapped_it(key: bytes, other_master: bytes) -> None:
    master, wrapped = sealing.wrap(RING, key)
    for ring in (replace(RING, masters={master: other_master}), replace(RING, masters={master + 1: other_master})):
        with pytest.raises(SealBroken):
            sealing.unwrap(ring, master, wrapped)


@given(keys, keys)
@few
def test_a_key_wrapped_before_a_new_master_key_still_opens_after(key: bytes, newer: bytes) -> None:
    master, wrapped = sealing.wrap(RING, key)
    ring = replace(RING, masters={**RING.masters, RING.current + 1: newer}, current=RING.current + 1)
    assert sealing.unwrap(ring, master, wrapped) == key
    assert sealing.wrap(ring, key)[0] == RING.current + 1


# --- what a thief of the database learns ---------------------------------------------------------------------------


@given(sealed_values())
@few
def test_the_same_value_sealed_twice_looks_different(sealed_value: tuple) -> None:
    key, key_id, group, part_id, value, sealed = sealed_value
    again = sealing.seal(key, key_id, group, part_id, value)
    assert again != sealed
    assert again[1 : 1 + sealing.NONCE_BYTES] != sealed[1 : 1 + sealing.NONCE_BYTES]


@given(sealed_values())
@few
def test_a_sealed_value_tells_its_length_and_nothing_else(sealed_value: tuple) -> None:
    *_, value, sealed = sealed_value
    assert len(sealed) == len(value) + OVERHEAD_BYTES  # there is no padding: the length of a value can be seen
    assert len(value) < 4 or value not in sealed


@given(plain, plain)
@few
def test_a_fingerprint_knows_the_same_file_again_and_no_other(one: bytes, other: bytes) -> None:
    assert sealing.fingerprint(RING, one) == sealing.fingerprint(RING, one)
    assert (sealing.fingerprint(RING, one) == sealing.fingerprint(RING, other)) == (one == other)


@given(plain)
@few
def test_whoever_lacks_the_keyring_cannot_make_the_fingerprint_of_a_file(content: bytes) -> None:
    assert sealing.fingerprint(make_keyring(), content) != sealing.fingerprint(RING, content)


# --- names and days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "script"),
    [
        ("Gulbargova", "Latn"),
        ("Гулбаргова", "Cyrl"),
        ("غلبرغوا", "Arab"),
        ("Гулбаргова (G.)", "Cyrl"),
        ("№ 12", "Zyyy"),
    ],
)
def test_a_name_is_of_the_script_most_of_its_letters_are_in(written: str, script: str) -> None:
    assert script_of(written) == script


@given(text)
@few
def test_every_text_has_a_script_or_is_said_to_have_none(written: str) -> None:
    assert script_of(written) in {"Latn", "Cyrl", "Arab", "Zyyy"}


def test_a_birth_date_that_was_sealed_alone_can_still_be_read() -> None:
    alone = packing.to_bytes({"year": 1990, "month": 3, "day": 4, "precision": "day", "written": "04.03.1990"})
    facts = packing.unpack([(Group.BIRTH, alone)])
    assert (facts.birth.year, facts.birth.written, facts.former_births) == (1990, "04.03.1990", ())


def test_rival_birth_dates_come_back_in_their_order() -> None:
    births = tuple(BirthDate(year, precision="year", source="a relative") for year in (1990, 1991, 1992))
    facts = IdentityFacts(birth=births[0], former_births=births[1:])
    assert packing.unpack(packing.pack(facts).items()) == facts
