"""What the vault's process makes of what it is sent: an answer to every message, and nothing to a stranger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack

from panoh.access.models import Agency, Staff
from panoh.access.tokens import token_for
from panoh.names import BirthGuess, parse
from panoh.vault.broker import wire
from panoh.vault.broker.answering import Vault
from panoh.vault.finding import Findable
from panoh.vault.keeper import Here, Look, Question
from panoh.vault.searching import Found

NAMES = st.text("abdehimnorsuzАБВГДЕЖабвгдежзиклмн -'", min_size=1, max_size=30)


@pytest.fixture
def staff(db: None) -> Staff:
    agency = Agency.objects.create(code="V2", name="Broker tests", kind=2)
    return Staff.objects.create_user("asker", display_name="Asker", agency=agency, role="caseworker")


def told(message: bytes) -> wire.Answered:
    return msgpack.decode(Vault().answer(message), type=wire.Answered)


@given(st.binary(max_size=300))
def test_no_message_whatever_goes_without_an_answer_or_gets_more_than_a_refusal(message: bytes) -> None:
    answered = told(message)
    assert answered.refused is not None
    assert (answered.refused.code, answered.refused.details, answered.value) == ("vault.away", {}, b"")


@pytest.mark.parametrize("what", [wire.Make(1), wire.SearchKey(), wire.Fingerprint(b"a list"), wire.Search([])])
def test_whoever_bears_no_token_is_told_nothing(staff: Staff, what: wire.Ask) -> None:
    for token in ("", "1.0.9999999999." + "0" * 64, token_for(staff.pk)[:-1] + "g"):
        answered = told(msgpack.encode(wire.Asked(token, what)))
        assert answered.refused is not None
        assert (answered.refused.code, answered.value) == ("not-allowed", b"")


def test_an_account_that_ended_asks_in_vain(staff: Staff) -> None:
    message = msgpack.encode(wire.Asked(token_for(staff.pk), wire.Make(2)))
    assert told(message).refused is None
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    refused = told(message).refused
    assert refused is not None
    assert refused.code == "not-allowed"


@given(NAMES, st.integers(1900, 2030))
def test_what_is_asked_and_answered_comes_as_it_was_sent(name: str, year: int) -> None:
    who = Findable((parse(name),), BirthGuess(year, None, None, "year"), ("AA1",))
    blinded = Here().blind([who])
    found = Found([], "too_common")
    for sent in (
        wire.Asked("t", wire.Blind([who])),
        wire.Asked("t", wire.Search([Question(name, BirthGuess(year), (1, 2), 5, only_mine=True)])),
        wire.Asked("t", wire.Open([], Look("identity.open", "audit", "F-1"))),
    ):
        assert msgpack.decode(msgpack.encode(sent), type=wire.Asked) == sent
    assert msgpack.decode(msgpack.encode(blinded), type=wire.Blind.answer) == blinded
    assert msgpack.decode(msgpack.encode([found]), type=wire.Search.answer) == [found]
