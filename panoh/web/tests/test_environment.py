"""Settings that would let somebody listen or guess are refused before anything is served."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from panoh.casework.tests import factories as make
from panoh.web.environment import database, env_numbers, env_secret


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("postgresql://app@db.example/panoh", False),
        ("postgresql://app@10.0.0.7:5432/panoh?connect_timeout=5", False),
        ("postgresql://app@db.example/panoh?sslmode=verify-full&sslrootcert=ca.pem", True),
        ("postgresql://app@db.example/panoh?sslmode=disable", True),
        ("postgresql://app@127.0.0.1/panoh", True),
        ("postgresql://app@[::1]:5432/panoh", True),
        ("postgresql:///panoh?host=/run/postgresql", True),
    ],
)
def test_the_way_to_a_database_elsewhere_is_chosen_by_somebody(
    monkeypatch: pytest.MonkeyPatch, address: str, is_taken: bool
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    if is_taken:
        assert database("DATABASE_URL")["NAME"] == "panoh"
    else:
        with pytest.raises(ImproperlyConfigured, match="sslmode=verify-full"):
            database("DATABASE_URL")


def test_a_secret_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PANOH_SECRET_KEY", "a" * 49)
    with pytest.raises(ImproperlyConfigured, match="49 letters"):
        env_secret("PANOH_SECRET_KEY", tmp_path / "none")
    monkeypatch.delenv("PANOH_SECRET_KEY")
    (tmp_path / "given").write_text("short\n")
    monkeypatch.setenv("PANOH_SECRET_KEY_FILE", str(tmp_path / "given"))
    with pytest.raises(ImproperlyConfigured, match="5 letters"):
        env_secret("PANOH_SECRET_KEY", tmp_path / "none")
    monkeypatch.delenv("PANOH_SECRET_KEY_FILE")
    assert len(env_secret("PANOH_SECRET_KEY", tmp_path / "made")) >= 50


@pytest.mark.parametrize("written", ["10", "1,2", "1,2,x", "1,2,3,4", "-1,2,3"])
def test_budgets_that_are_not_three_numbers_are_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("PANOH_VAULT_OPENS", written)
    with pytest.raises(ImproperlyConfigured, match="three numbers"):
        env_numbers("PANOH_VAULT_OPENS", (1, 2, 3))
    monkeypatch.setenv("PANOH_VAULT_OPENS", " 4, 5 ,6")
    assert env_numbers("PANOH_VAULT_OPENS", (1, 2, 3)) == (4, 5, 6)


@pytest.mark.django_db
def test_the_sentence_after_a_step_is_in_no_cookie() -> None:
    home = make.home()
    client: Client = make.client_of(home.me)
    client.post(f"/families/{home.family.code}/notes/new/", {"text": "A warm room."})
    page = client.get(f"/families/{home.family.code}/").content.decode()
    assert "alert" in page
    assert set(client.cookies) <= {"panoh_session", "panoh_csrf"}
