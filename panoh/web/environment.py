"""Settings from the environment: each value is read once and a wrong one stops the start with a sentence."""

from __future__ import annotations

import os
import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
LEAST_SECRET = 50
MINUTES_OF_A_DAY = 24 * 60


def env_bool(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}'; write 1 or 0.")


def env_minutes(name: str, *, default: int) -> timedelta:
    """Return the variable as a time of whole minutes, from one to a day."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or not 0 < int(value) <= MINUTES_OF_A_DAY:
        raise ImproperlyConfigured(f"{name} is '{value}'; write minutes as a number, such as {default}.")
    return timedelta(minutes=int(value))


def env_numbers(name: str, default: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the variable as three whole numbers: for a person, an agency, all together."""
    words = [word.strip() for word in os.environ.get(name, "").split(",")]
    if words == [""]:
        return default
    if len(words) != len(default) or not all(word.isdecimal() for word in words):
        written = ",".join(map(str, default))
        raise ImproperlyConfigured(f"{name} is '{os.environ[name]}'; write three numbers, such as {written}.")
    person, agency, everybody = map(int, words)
    return person, agency, everybody


def hosts_of_a_demonstration(hosts: list[str]) -> list[str]:
    """Return the names under which a demonstration answers: this machine's own, and no other.

    Raises:
        ImproperlyConfigured: another one was named.
    """
    foreign = sorted(set(hosts) - set(LOCAL_HOSTS))
    if foreign:
        raise ImproperlyConfigured(
            f"A demonstration answers on this machine only: take {', '.join(foreign)} out of PANOH_HOSTS."
        )
    return hosts or LOCAL_HOSTS


def openid_provider() -> dict[str, Any]:
    """Return the government's provider of identities, or nothing unless address, client and secret are all set."""
    issuer, client = os.environ.get("PANOH_OIDC_ISSUER", "").rstrip("/"), os.environ.get("PANOH_OIDC_CLIENT_ID", "")
    named = os.environ.get("PANOH_OIDC_CLIENT_SECRET_FILE")
    secret = os.environ.get("PANOH_OIDC_CLIENT_SECRET") or (Path(named).read_text().strip() if named else "")
    if not (issuer and client and secret):
        return {}
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname not in LOCAL_HOSTS:
        raise ImproperlyConfigured("PANOH_OIDC_ISSUER must begin with https://.")
    factor = os.environ.get("PANOH_OIDC_SECOND_FACTOR", "")
    if factor and not re.fullmatch(r"(acr|amr)=\S+", factor):
        raise ImproperlyConfigured("PANOH_OIDC_SECOND_FACTOR must look like amr=mfa or acr=urn:example:high.")
    return {
        "issuer": issuer,
        "client": client,
        "secret": secret,
        "name": os.environ.get("PANOH_OIDC_NAME") or "Government identity",
        "claim": os.environ.get("PANOH_OIDC_CLAIM") or "sub",
        "factor": tuple(factor.split("=", 1)) if factor else (),
    }


def providers_of(openid: dict[str, Any]) -> dict[str, Any]:
    """Return allauth's settings for the provider: only who it is, nothing that it knows of them."""
    if not openid:
        return {}
    app = {
        "provider_id": "government",
        "name": openid["name"],
        "client_id": openid["client"],
        "secret": openid["secret"],
        "settings": {"server_url": openid["issuer"], "uid_field": openid["claim"], "fetch_userinfo": False},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid"], "APPS": [app]}}


def env_choice(name: str, allowed: set[str]) -> str:
    """Return the variable, which is empty or one of the allowed words."""
    value = os.environ.get(name, "").strip().lower()
    if value and value not in allowed:
        raise ImproperlyConfigured(f"{name} is '{value}'; write {' or '.join(sorted(allowed))}, or leave it empty.")
    return value


def env_list(name: str) -> list[str]:
    """Return the variable's comma-separated words."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def env_secret(name: str, file: Path) -> str:
    """Return the secret from the variable, from the file NAME_FILE names, or from our own, made on first use.

    Raises:
        ImproperlyConfigured: it is short enough to be guessed.
    """
    named = os.environ.get(f"{name}_FILE")
    if given := os.environ.get(name) or (Path(named).read_text().strip() if named else ""):
        if len(given) < LEAST_SECRET:
            raise ImproperlyConfigured(
                f"{name} has {len(given)} letters; write at least {LEAST_SECRET} that were drawn at random."
            )
        return given
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as opened:
            opened.write(secrets.token_urlsafe(64))
    return file.read_text().strip()


def database(name: str) -> dict[str, Any]:
    """Return Django's database settings from a postgresql:// address in the variable.

    Raises:
        ImproperlyConfigured: it is no PostgreSQL address, or names another machine and not how the way there is kept.
    """
    address = urlsplit(os.environ[name])
    if address.scheme not in {"postgres", "postgresql"} or not address.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:5432/panoh.")
    options = dict(parse_qsl(address.query))
    if (address.hostname or "localhost") not in {*LOCAL_HOSTS, "::1"} and "sslmode" not in options:
        raise ImproperlyConfigured(
            f"{name} names another machine: end it with ?sslmode=verify-full&sslrootcert=FILE, so that the connection"
            " is encrypted and checked (or with ?sslmode=disable on a network that nobody else can reach)."
        )
    return {
        "NAME": unquote(address.path.strip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": address.hostname or "",
        "PORT": str(address.port or ""),
        "OPTIONS": options,
    }


def secret_in(file: str) -> str:
    """Return the secret in a file, or nothing if no file is named."""
    return Path(file).read_text().strip() if file else ""
