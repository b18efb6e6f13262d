"""Passwords by NIST SP 800-63B-4: long, on no list, not one's own words; nothing else is asked of them."""

from __future__ import annotations

import unicodedata

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from panoh.access.models import Agency, Staff
from panoh.access.roles import Role, roles
from panoh.access.sessions import device_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Staff:
    agency = Agency.objects.create(code="A1", name="Social service Archazor", kind=2)
    return Staff.objects.create_user("malika.b", display_name="Malika Bogbon", agency=agency, role="caseworker")


def codes(password: str, staff: Staff) -> set[str]:
    try:
        validate_password(password, staff)
    except ValidationError as error:
        return {str(one.code) for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "nine tall poplars",
        "zzyxqwvutsrp",
        "тўққизта баланд терак",
        "دوازده درخت بلند",
        "  spaces around it  ",
        "long " * 12 + "long",
        "w0rds & d1gits",
        "malika likes tall poplars",
        "🌳🌲🌴🌵🌾🌿☘🍀🍁🍂🍃🌱",
    ],
)
def test_a_long_one_is_welcome_in_any_script_with_spaces_and_without_digits(password: str, staff: Staff) -> None:
    assert codes(password, staff) == set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven lett", "password-short"),
        ("x" * 12, "password-common"),
        ("ab" * 8, "password-common"),
        ("passwordpassword", "password-common"),
        ("qwertyuiop123456", "password-common"),
        ("123qwertyuiop!!!", "password-common"),
        ("malika.b-2026-malika", "password-own-words"),
        ("MalikaBogbon2026", "password-own-words"),
        ("archazor-archazor-1", "password-own-words"),
        ("panohpanoh2026!?", "password-own-words"),
        ("long" * 300, "password-long"),
    ],
)
def test_a_short_a_common_and_a_personal_one_are_refused(password: str, code: str, staff: Staff) -> None:
    assert code in codes(password, staff)


def test_where_the_password_stands_alone_it_is_longer(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Role(code="reader", label="Reader", scope="none", permissions=frozenset({"plan.read"}))
    monkeypatch.setitem(roles(), "reader", reader)
    staff.role = "reader"
    assert codes("tall poplars 9", staff) == {"password-short"}
    Authenticator.objects.create(user=staff, type="totp", data={})
    assert codes("tall poplars 9", staff) == set()


def test_a_password_is_the_same_however_a_keyboard_composes_its_letters(staff: Staff) -> None:
    staff.set_password(unicodedata.normalize("NFC", "тўққизта баланд ёғоч"))
    assert staff.check_password(unicodedata.normalize("NFD", "тўққизта баланд ёғоч"))
    assert not staff.check_password("тўққизта баланд ёғо")


@pytest.mark.parametrize(
    ("told", "device"),
    [
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox/Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome/Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge/Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.8 Safari/537.36", "Yandex Browser/Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari/iPhone"),
        ("curl/8.5.0", "/"),
        ("", "/"),
    ],
)
def test_a_device_is_known_by_browser_and_system_and_nothing_finer(told: str, device: str) -> None:
    assert device_of(told) == device


def test_a_password_of_a_million_letters_is_refused_before_anything_long_is_done_with_it() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("1" * 1_000_000 + "a" + "1" * 1_000_000)
    assert [error.code for error in refused.value.error_list] == ["password-long"]
