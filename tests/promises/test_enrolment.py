"""Setting up a second factor, with all that comes after the transaction as well."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection

from tests.promises.test_sign_in import HOME, SIGN_IN, entries, hire, sign_in


@pytest.mark.usefixtures("own_database")
def test_enrolment_opens_the_session_ends_the_others_and_is_on_record(settings: Any) -> None:
    settings.PANOH_SECOND_FACTOR = True
    staff = hire()
    other, _ = sign_in()
    other.get("/account/second-factor/")
    client, _ = sign_in()
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = client.get("/account/second-factor/app/").content.decode()
    seed = re.search(r"data-secret>(\w+)<", page)
    assert seed
    right = format_hotp_value(hotp_value(seed[1], int(time.time()) // 30))
    answer = client.post("/account/second-factor/app/", {"code": right})
    assert answer["Location"] == "/account/second-factor/codes/"
    shown = client.get("/account/second-factor/codes/").content.decode()
    codes = re.findall(r'<li class="code">(\d+)</li>', shown)
    assert len(codes) == 10
    assert client.get(HOME).status_code == 200
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert other.get("/account/second-factor/")["Location"].startswith(SIGN_IN)
    assert [entry.staff_id for entry in entries("account.factor-added")] == [staff.pk]
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(a::text, ' ') from mfa_authenticator a")
        kept = cursor.fetchone()[0]
    assert seed[1] not in kept
    assert not [one for one in codes if one in kept]
