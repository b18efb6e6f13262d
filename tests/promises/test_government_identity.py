"""Sign-in by the government's provider opens an account that exists, where its claim was entered, and nothing else."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from panoh.access.entrances import Actor
from panoh.access.government import IdentityTaken, set_government_id
from panoh.access.models import AuditEntry, Staff
from panoh.web.environment import openid_provider, providers_of
from tests.promises.oidc_server import CLIENT, SECRET, OpenIdServer
from tests.promises.test_sign_in import HOME, SIGN_IN, code, give_app, hire

pytestmark = pytest.mark.django_db

BEGIN = "/account/by/government/"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: Any) -> None:
        """Follow nothing: the browser in these tests is Django's client."""


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdServer]:
    with OpenIdServer() as server:
        monkeypatch.setenv("PANOH_OIDC_ISSUER", server.address)
        monkeypatch.setenv("PANOH_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("PANOH_OIDC_CLIENT_SECRET", SECRET)
        monkeypatch.setenv("PANOH_OIDC_SECOND_FACTOR", "amr=mfa")
        settings.PANOH_OIDC = openid_provider()
        settings.SOCIALACCOUNT_PROVIDERS = providers_of(settings.PANOH_OIDC)
        yield server


@pytest.fixture
def malika(provider: OpenIdServer) -> Staff:
    staff = hire()
    set_government_id(Actor.of(hire("boss", "coordinator")), staff, identity="31203901234567")
    provider.claims = {"sub": "31203901234567", "email": "m@example.org", "name": "Malika B."}
    return staff


def come_by(client: Client, query: str = "") -> Any:
    """Go to the provider and back, as a browser does; return the last answer of ours."""
    there = client.get(BEGIN + query)["Location"]
    try:
        urllib.request.build_opener(_Stay).open(there)
    except urllib.error.HTTPError as sent_on:
        back = urlsplit(sent_on.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_who_was_entered_signs_in_and_nothing_of_the_provider_is_kept(malika: Staff) -> None:
    client = Client()
    assert come_by(client).status_code == 302
    assert client.get(HOME).status_code == 200
    kept = SocialAccount.objects.get()
    assert (kept.user_id, kept.extra_data) == (malika.pk, {})
    assert AuditEntry.objects.filter(step="account.sign-in", staff=malika).count() == 1


def refused(client: Client, query: str = "") -> bool:
    before = Staff.objects.count(), SocialAccount.objects.count()
    answer = come_by(client, query)
    assert answer.status_code == 403
    assert "opens no account here" in answer.content.decode()
    assert (Staff.objects.count(), SocialAccount.objects.count()) == before
    return bool(client.get(HOME)["Location"].startswith(SIGN_IN))


def test_somebody_unknown_gets_no_account_whatever_their_e_mail(malika: Staff, provider: OpenIdServer) -> None:
    Staff.objects.filter(pk=malika.pk).update(email="m@example.org")
    provider.claims |= {"sub": "1", "email": "m@example.org", "email_verified": True, "preferred_username": "malika"}
    assert refused(Client())
    assert refused(Client(), "?process=connect")


def test_an_ended_account_stays_closed(malika: Staff) -> None:
    Staff.objects.filter(pk=malika.pk).update(is_active=False)
    assert refused(Client())


def test_who_is_signed_in_joins_no_identity_to_their_account(malika: Staff, provider: OpenIdServer) -> None:
    client = Client()
    client.force_login(hire("other"))
    provider.claims["sub"] = "2"
    assert come_by(client, "?process=connect").status_code == 403
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("wrong", ["key", "aud", "iss", "exp"])
def test_a_token_that_is_not_the_providers_for_us_now_opens_nothing(
    malika: Staff, provider: OpenIdServer, wrong: str
) -> None:
    if wrong == "key":
        provider.signs = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        value = time.time() - 1 if wrong == "exp" else "https://elsewhere.example"
        provider.claims[wrong] = int(value) if isinstance(value, float) else value
    assert refused(Client())


def test_an_answer_that_nobody_asked_for_opens_nothing(malika: Staff, provider: OpenIdServer) -> None:
    thief, victim = Client(), Client()
    there = thief.get(BEGIN)["Location"]
    try:
        urllib.request.build_opener(_Stay).open(there)
    except urllib.error.HTTPError as sent_on:
        back = urlsplit(sent_on.headers["Location"])
    assert victim.get(f"{back.path}?{back.query}").status_code == 403
    assert victim.get(HOME).status_code == 302


def test_the_second_factor_holds_unless_the_provider_vouches_for_one(
    malika: Staff, provider: OpenIdServer, settings: Any
) -> None:
    settings.PANOH_SECOND_FACTOR = True
    client = Client()
    come_by(client)
    assert client.get(HOME)["Location"].startswith("/account/second-factor/")
    provider.claims["amr"] = ["pwd", "mfa"]
    vouched = Client()
    come_by(vouched)
    assert vouched.get(HOME).status_code == 200


def test_ones_own_factor_is_asked_for_where_the_provider_vouches_for_none(malika: Staff, settings: Any) -> None:
    settings.PANOH_SECOND_FACTOR = True
    give_app(malika)
    client = Client()
    assert come_by(client)["Location"] == "/account/sign-in/code/"
    assert client.get(HOME).status_code == 302
    client.post("/account/sign-in/code/", {"code": code()})
    assert client.get(HOME).status_code == 200


def test_one_identity_belongs_to_one_account(malika: Staff) -> None:
    with pytest.raises(IdentityTaken):
        set_government_id(Actor.of(Staff.objects.get(username="boss")), hire("other"), identity="31203901234567")


def test_without_a_provider_there_is_no_such_way_in() -> None:
    assert Client().get(BEGIN).status_code == 404
    assert "by/government" not in Client().get(SIGN_IN).content.decode()


@pytest.mark.parametrize(
    ("variable", "value"), [("PANOH_OIDC_ISSUER", "http://id.example"), ("PANOH_OIDC_SECOND_FACTOR", "mfa")]
)
def test_a_provider_without_tls_or_with_a_claim_nobody_understands_stops_the_start(
    provider: OpenIdServer, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ImproperlyConfigured, match=variable):
        openid_provider()
