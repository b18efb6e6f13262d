"""`panoh doctor`: what is well, what is not, and what to do about it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError

from panoh.access.refusals import Refusal
from panoh.web.home import home
from panoh.web.refusals import (
    FenceDown,
    HomeClosed,
    KeyringForeign,
    KeyringNotMade,
    RegionHasReaders,
    RegionHoldsCases,
    RolesForged,
    SecretUnknown,
)

OLDEST = 15
LEAST_FREE_MEGABYTES = 1024
MOST_CLOCK_SECONDS = 300
LONGEST_UNSEALED = timedelta(hours=1)
LONGEST_UNSIGNED = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    what: str
    is_well: bool
    found: str
    to_do: str = ""
    is_optional: bool = False


def examine() -> list[Finding]:
    """Look at everything; what fails to be looked at is a finding too."""
    found: list[Finding] = []
    for what, look in _LOOKS.items():
        if what in _OF_CASEWORK and is_region():
            continue
        if what in _IN_THE_DATABASE and not found[0].is_well:
            found.append(Finding(what, False, "not looked at", "Mend the database first."))
            continue
        try:
            found.extend(look())
        except Exception as error:  # an examination reports what breaks instead of breaking
            found.append(_broken(what, error))
    return found


def check_keyring() -> str:
    """Return in words which keyring there is, after trying it on a key of each master number in use.

    Where the keys are with a vault that others run, it is asked whether it answers.

    Raises:
        KeyringNotMade, KeyringForeign; KeyringMissing, KeyringUnsafe, KeyringWrong of the vault.
        KeyServiceSilent, KeyServiceRefused: a key service holds the master keys.
        VaultAway.
    """
    from django.conf import settings  # noqa: PLC0415

    from panoh.vault.keeper import keeper  # noqa: PLC0415
    from panoh.vault.keyring import read_keyring  # noqa: PLC0415
    from panoh.vault.masters import master_keys  # noqa: PLC0415
    from panoh.vault.queries import not_opened_by  # noqa: PLC0415
    from panoh.vault.refusals import KeyringMissing  # noqa: PLC0415

    if keeper().is_apart:
        return f"with the vault, which answers; number {keeper().search_key()} is its search key"
    in_use = wrapped_keys()
    try:
        ring = read_keyring(settings.PANOH_KEYRING_FILE)
    except KeyringMissing as error:
        if in_use:
            raise
        raise KeyringNotMade from error
    strange = not_opened_by(ring, in_use)
    if strange:
        raise KeyringForeign(numbers=", ".join(map(str, strange)))
    fits = "opens what is sealed here" if in_use else "nothing is sealed yet"
    masters = master_keys(ring)
    return f"{fits}; master keys: {len(masters.numbers())}, number {masters.current()} for new names"


def wrapped_keys() -> dict[int, bytes]:
    """Return one wrapped key of each master number in use; none of a database without tables."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('vault_datakey')")
        if cursor.fetchone() == (None,):
            return {}
        cursor.execute("select distinct on (master) master, wrapped from vault_datakey where wrapped <> ''")
        return {master: bytes(wrapped) for master, wrapped in cursor.fetchall()}


def _broken(what: str, error: Exception) -> Finding:
    if isinstance(error, Refusal):
        return Finding(what, False, error.code, str(error))
    if isinstance(error, ImproperlyConfigured):
        return Finding(what, False, "a wrong setting", str(error))
    if isinstance(error, OSError):
        refusal = HomeClosed(path=error.filename, why=error.strerror)
        return Finding(what, False, refusal.code, str(refusal))
    if isinstance(error, psycopg.OperationalError | OperationalError):
        why = str(error).strip().splitlines()[0]
        to_do = "Start the server that DATABASE_URL names, or mend the address and password in it."
        return Finding(what, False, why, to_do if os.environ.get("DATABASE_URL") else "Run: panoh db up")
    if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
        return Finding(what, False, "a table is closed to this role", "Run: panoh db migrate")
    return Finding(what, False, type(error).__name__, "The output of “panoh db status” may tell why.")


def _database() -> Iterator[Finding]:
    from panoh.web.serving import is_behind, serve_the_operator, set_up  # noqa: PLC0415

    set_up()
    if not is_behind() and not serve_the_operator():
        yield Finding("secret", False, "not the database's", str(SecretUnknown()))
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        version = str(cursor.fetchone()[0])
        well = int(version.split(".", 1)[0]) >= OLDEST
        yield Finding(
            "database", well, f"PostgreSQL {version.split(maxsplit=1)[0]}", "" if well else "Panoh needs 15 or newer."
        )
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"show {setting}")
            value = str(cursor.fetchone()[0])
            yield Finding(
                f"database: {setting}",
                value == "on",
                value,
                "" if value == "on" else "Set it to on: a power cut would lose work.",
            )


def _migrations() -> Iterator[Finding]:
    from panoh.web.serving import is_behind  # noqa: PLC0415

    behind = is_behind()
    yield Finding(
        "tables",
        not behind,
        "older than this program" if behind else "up to date",
        "Run: panoh db migrate" if behind else "",
    )


def _roles() -> Iterator[Finding]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user")
        strong = bool(cursor.fetchone()[0])
        cursor.execute(
            "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user"
        )
        owned = int(cursor.fetchone()[0])
    well = not strong and not owned
    found = f"tables it owns: {owned}{'; it has special rights' if strong else ''}"
    yield Finding(
        "roles", well, "owns nothing" if well else found,
        "" if well else "Let DATABASE_URL name a role that owns nothing; the owner goes into DATABASE_OWNER_URL.",
    )  # fmt: skip


def check_fence() -> None:
    """Refuse a database that would show records to whoever asks.

    Raises:
        FenceDown.
    """
    from panoh.access.policies import unfenced  # noqa: PLC0415

    if open_ := unfenced():
        raise FenceDown(tables=", ".join(open_))


def check_roles() -> None:
    """Sign the roles in force if they are this program's, and refuse others that bear no signature of ours.

    Raises:
        RolesForged.
    """
    from panoh.access.role_versions import has_our_signature, in_force, sign_ours  # noqa: PLC0415

    sign_ours()
    newest = in_force()
    if newest is None or not has_our_signature(newest):
        raise RolesForged(number=newest.number if newest else 0)


def _versions() -> Iterator[Finding]:
    from panoh.access.role_versions import waiting_version  # noqa: PLC0415

    check_roles()
    waiting = waiting_version()
    yield Finding(
        "what roles may do", waiting is None,
        f"version {waiting.number} waits; the version before is in force" if waiting else "signed, and this program's",
        "Let two colleagues adopt it on the page Roles. To read it: panoh roles diff" if waiting else "",
    )  # fmt: skip


def _fence() -> Iterator[Finding]:
    check_fence()
    yield Finding("fence", True, "every table about people shows only what is the asker's to see")


def is_region() -> bool:
    """Tell whether this instance runs without casework."""
    from django.conf import settings  # noqa: PLC0415

    return bool(settings.PANOH_REGION)


def check_region() -> None:
    """Refuse to run without casework where there is some.

    Raises:
        RegionHoldsCases: a table of casework or the vault has a row.
        RegionHasReaders: somebody has a role that reads files.
    """
    from django.apps import apps  # noqa: PLC0415

    from panoh.access.models import Staff  # noqa: PLC0415
    from panoh.access.roles import is_given, role_label  # noqa: PLC0415

    if not is_region():
        return
    models = [model for room in ("casework", "vault") for model in apps.get_app_config(room).get_models()]
    if held := sorted(model._meta.db_table for model in models if model._default_manager.exists()):
        raise RegionHoldsCases(tables=", ".join(held))
    roles = {one.role_now for one in Staff.objects.filter(is_active=True)}
    if readers := sorted(role_label(code) for code in roles if not is_given(code)):
        raise RegionHasReaders(roles=", ".join(readers))


def _region() -> Iterator[Finding]:
    check_region()
    yield Finding("casework", True, "switched off, and nobody is kept here" if is_region() else "switched on")


def _keyring() -> Iterator[Finding]:
    yield Finding("keyring", True, check_keyring())


def _forgotten() -> Iterator[Finding]:
    from panoh.vault.queries import brought_back  # noqa: PLC0415

    back = brought_back()
    yield Finding(
        "forgotten", not back, f"readable again after a restore: {back}" if back else "nobody is readable again",
        "Before anybody works, run: panoh db restored" if back else "",
    )  # fmt: skip


def _audit() -> Iterator[Finding]:
    from panoh.access.checkpoints import last_signed  # noqa: PLC0415
    from panoh.access.clock import now  # noqa: PLC0415
    from panoh.access.seals import newest_seal, oldest_unsealed  # noqa: PLC0415

    oldest, last = oldest_unsealed(), last_signed()
    late = oldest is not None and now() - oldest > LONGEST_UNSEALED
    unsigned = newest_seal() is not None and (last is None or now() - last > LONGEST_UNSIGNED)
    found = "entries wait to be sealed" if late else "no checkpoint for two days" if unsigned else "sealed and signed"
    to_do = (
        "See whether “panoh serve” runs, which does both. By hand: panoh audit checkpoint" if late or unsigned else ""
    )
    yield Finding("audit", not late and not unsigned, found, to_do)


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(home()).free // 1024 // 1024
    well = free > LEAST_FREE_MEGABYTES
    yield Finding("disk", well, f"{free} MB free", "" if well else "Make room: below 1 GB the database may stop.")


def _clock() -> Iterator[Finding]:
    from django.db import connection  # noqa: PLC0415

    from panoh.access.clock import now  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart = abs((now() - theirs).total_seconds())
    well = apart < MOST_CLOCK_SECONDS
    yield Finding(
        "clock", well, f"{apart:.0f} s from the database's", "" if well else "Set both clocks by the same time server."
    )


def _browser() -> Iterator[Finding]:
    known = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")
    names = (os.environ.get("PANOH_CHROMIUM", ""), *known)
    found = next((shutil.which(name) for name in names if name and shutil.which(name)), None)
    to_do = "" if found else "Only the tests need one: apt-get install chromium"
    yield Finding("browser", found is not None, found or "none", to_do, is_optional=True)


_LOOKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "database": _database, "tables": _migrations, "roles": _roles, "what roles may do": _versions, "fence": _fence,
    "casework": _region,
    "keyring": _keyring, "forgotten": _forgotten, "audit": _audit, "disk": _disk, "clock": _clock, "browser": _browser,
}  # fmt: skip
_IN_THE_DATABASE = {
    "tables",
    "roles",
    "what roles may do",
    "fence",
    "casework",
    "keyring",
    "forgotten",
    "audit",
    "clock",
}
_OF_CASEWORK = {"keyring", "forgotten"}
