"""Master keys in HashiCorp Vault: what is wrapped there opens there, and what goes wrong is said in a sentence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from panoh.access.models import AuditEntry
from panoh.vault import actions, rotation, sealing
from panoh.vault.keyring import KEY_BYTES, keyring, make_keyring, write_keyring
from panoh.vault.masters import master_keys
from panoh.vault.models import DataKey
from panoh.vault.queries import not_opened_by, open_parts
from panoh.vault.refusals import KeyServiceRefused, KeyServiceSilent, KeyServiceUnfit, SealBroken
from panoh.vault.tests.transit_server import TransitServer, send
from panoh.vault.transit import BEFORE_FIRST, Service, TransitMasters

FIRST = BEFORE_FIRST + 1
KEYS = [sealing.new_data_key() for _ in range(5)]


@pytest.fixture
def server() -> Iterator[TransitServer]:
    with TransitServer() as running:
        yield running


@pytest.fixture
def service(server: TransitServer, tmp_path: Path) -> Service:
    token = tmp_path / "token"
    token.write_text(f"{server.token}\n")
    return Service(server.address, "panoh", token, seconds=2)


@pytest.fixture
def masters(service: Service) -> TransitMasters:
    return TransitMasters(service)


@pytest.fixture
def kept_there(service: Service, tmp_path: Path, settings: Any) -> Any:
    """Let this process use the key service, beside a keyring that has no master key."""
    settings.PANOH_KEYRING_FILE = tmp_path / "keyring.json"
    write_keyring(settings.PANOH_KEYRING_FILE, make_keyring(with_master=False))
    settings.PANOH_KMS = "vault-transit"
    settings.PANOH_KMS_TRANSIT = {"address": service.address, "key": "panoh", "token_file": service.token_file}
    return settings


# --- there and back ----------------------------------------------------------------------------------------------


@given(st.lists(st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES), max_size=6), st.integers(0, 2))
@hypothesis(max_examples=25, deadline=None)
def test_any_data_keys_come_back_as_they_were_however_often_the_key_is_renewed(keys: list[bytes], times: int) -> None:
    with TransitServer(token="") as server:
        masters = TransitMasters(Service(server.address, "panoh", Path("/dev/null")))
        wrapped = masters.wrap(keys)
        for _ in range(times):
            masters.renew(above=0)
        again = masters.rewrap(wrapped)
        assert masters.unwrap(wrapped) == masters.unwrap(again) == keys
        assert {number for number, _ in again} <= {masters.current()}


def test_many_keys_are_one_question(server: TransitServer, masters: TransitMasters) -> None:
    assert masters.unwrap(masters.wrap(KEYS)) == KEYS
    assert server.asked == ["/v1/transit/encrypt/panoh", "/v1/transit/decrypt/panoh"]


def test_no_keys_are_no_question(server: TransitServer, masters: TransitMasters) -> None:
    assert masters.unwrap([]) == masters.wrap([]) == masters.rewrap([]) == []
    assert server.asked == []


def test_a_wrapped_key_fits_its_column(masters: TransitMasters) -> None:
    ((number, wrapped),) = masters.wrap(KEYS[:1])
    assert number == FIRST
    assert len(wrapped) <= DataKey._meta.get_field("wrapped").max_length


@pytest.mark.parametrize("status", [400, 200])
def test_a_key_that_was_altered_does_not_open_whichever_way_the_server_says_so(
    server: TransitServer, masters: TransitMasters, status: int
) -> None:
    server.batch_failure = status
    wrapped = masters.wrap(KEYS)
    number, first = wrapped[0]
    for wrong in ((number, first[:-1] + bytes([first[-1] ^ 1])), (number + 1, first)):
        with pytest.raises(SealBroken):
            masters.unwrap([wrong, *wrapped[1:]])
        with pytest.raises(SealBroken):
            masters.rewrap([wrong, *wrapped[1:]])


def test_a_version_that_was_dropped_never_opens_again_not_even_for_who_runs_the_service(
    server: TransitServer, masters: TransitMasters
) -> None:
    old = masters.wrap(KEYS)
    masters.renew(above=0)
    new = masters.rewrap(old)
    masters.drop([FIRST])
    assert masters.numbers() == [FIRST + 1]
    assert masters.unwrap(new) == KEYS
    with pytest.raises(SealBroken):
        masters.unwrap(old)
    assert list(server.keys["panoh"].versions) == [2]


# --- what goes wrong ---------------------------------------------------------------------------------------------


def answers(status: int) -> Any:
    def fault(handler: BaseHTTPRequestHandler) -> bool:
        send(handler, status, {"errors": ["no"]})
        return True

    return fault


@pytest.mark.parametrize("status", [429, 472, 473, 500, 502, 503])
def test_a_service_that_cannot_answer_now_is_said_with_its_address(
    server: TransitServer, masters: TransitMasters, status: int
) -> None:
    server.fault = answers(status)
    with pytest.raises(KeyServiceSilent, match=f"{server.address} does not answer: HTTP {status}") as refused:
        masters.wrap(KEYS)
    assert refused.value.status == 503


@pytest.mark.parametrize("status", [401, 403, 404, 405])
def test_a_service_that_refuses_is_said_with_what_to_look_at(
    server: TransitServer, masters: TransitMasters, status: int
) -> None:
    server.fault = answers(status)
    for ask in (masters.current, lambda: masters.unwrap([(FIRST, b"x" * 60)]), lambda: masters.wrap(KEYS)):
        with pytest.raises(KeyServiceRefused, match="PANOH_KMS_TOKEN_FILE"):
            ask()


def test_an_expired_token_is_refused_and_a_fresh_one_in_the_file_is_used_at_once(
    server: TransitServer, service: Service, masters: TransitMasters
) -> None:
    server.token = "s.fresh"
    with pytest.raises(KeyServiceRefused):
        masters.wrap(KEYS)
    service.token_file.write_text("s.fresh")
    assert masters.unwrap(masters.wrap(KEYS)) == KEYS


def test_a_service_that_hangs_is_given_up_in_time(server: TransitServer, service: Service) -> None:
    server.fault = lambda handler: time.sleep(1) or True
    with pytest.raises(KeyServiceSilent, match="timed out"):
        TransitMasters(replace(service, seconds=0.2)).wrap(KEYS)


def hang_up(handler: BaseHTTPRequestHandler) -> bool:
    handler.close_connection = True
    return True


def talk_nonsense(handler: BaseHTTPRequestHandler) -> bool:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"<html>a proxy</html>")
    return True


@pytest.mark.parametrize("fault", [hang_up, talk_nonsense])
def test_an_answer_that_is_none_is_said(server: TransitServer, masters: TransitMasters, fault: Any) -> None:
    server.fault = fault
    with pytest.raises(KeyServiceSilent):
        masters.unwrap([(FIRST, b"x" * 60)])


def test_a_service_that_is_not_there_is_said(service: Service) -> None:
    with pytest.raises(KeyServiceSilent, match="Connection refused"):
        TransitMasters(replace(service, address="http://127.0.0.1:1")).current()


@pytest.mark.parametrize("address", ["", "vault.example", "http://vault.example:8200", "ftp://localhost"])
def test_an_address_over_which_keys_could_be_read_on_the_way_is_refused(service: Service, address: str) -> None:
    with pytest.raises(KeyServiceUnfit, match="https://"):
        TransitMasters(replace(service, address=address))


def test_no_refusal_tells_the_token_or_a_key(server: TransitServer, service: Service) -> None:
    server.fault = answers(403)
    with pytest.raises(KeyServiceRefused) as refused:
        TransitMasters(service).wrap(KEYS)
    assert server.token not in str(refused.value)


# --- the vault on top of it --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_sealed_under_the_key_service_opens_and_a_renewal_leaves_no_older_version(
    kept_there: Any, server: TransitServer
) -> None:
    key = actions.make_key("list")
    (part,) = actions.keep_parts(key, actions.Group.LIST_ROW, ["Gavharova"])
    assert DataKey.objects.get(pk=key).master == FIRST
    done = rotation.rotate()
    assert (done.current, done.rewrapped, done.left) == (FIRST + 1, 1, 0)
    assert "/v1/transit/rewrap/panoh" in server.asked
    assert rotation.retire() == [FIRST]
    assert open_parts([part]) == {part: "Gavharova"}
    assert AuditEntry.objects.filter(step="keyring.retire").count() == 1


@pytest.mark.django_db
def test_a_database_moves_from_its_keyring_to_the_key_service_and_its_own_master_key_goes(
    kept_there: Any, tmp_path: Path
) -> None:
    kept_there.PANOH_KMS = ""
    kept_there.PANOH_KEYRING_FILE = tmp_path / "former.json"
    write_keyring(kept_there.PANOH_KEYRING_FILE, make_keyring())
    keys = actions.make_keys_for("family", 3)
    (part,) = actions.keep_parts(keys[0], actions.Group.LIST_ROW, ["Gavharova"])
    kept_there.PANOH_KMS = "vault-transit"
    later = actions.make_key("family")
    assert open_parts([part]) == {part: "Gavharova"}
    done = rotation.rotate()
    assert (done.resumed, done.rewrapped) == (True, 3)
    assert rotation.retire() == [1]
    assert set(DataKey.objects.filter(pk__in=[*keys, later]).values_list("master", flat=True)) == {FIRST}
    assert (keyring().masters, keyring().current) == ({}, 0)
    assert open_parts([part]) == {part: "Gavharova"}


@pytest.mark.django_db
def test_another_key_of_the_service_is_known_to_be_foreign(kept_there: Any, server: TransitServer) -> None:
    actions.make_key("family")
    row = DataKey.objects.get()
    assert not_opened_by(keyring(), {row.master: bytes(row.wrapped)}) == []
    server.keys["panoh"] = type(server.keys["panoh"])()
    assert not_opened_by(keyring(), {row.master: bytes(row.wrapped)}) == [FIRST]


@pytest.mark.django_db
def test_nothing_is_kept_while_the_key_service_is_silent(kept_there: Any, server: TransitServer) -> None:
    server.fault = answers(503)
    with pytest.raises(KeyServiceSilent):
        actions.make_key("family")
    assert not DataKey.objects.exists()
    assert master_keys()
