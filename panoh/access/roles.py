"""Roles and what each may do: those of `data/roles.toml`, once two people adopted them as a version."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, field_validator

from panoh.access.fields import OPEN, SEALED, FieldClass

ROLES_FILE = Path(__file__).parent / "data" / "roles.toml"


def _classes(name: str | int) -> Iterable[FieldClass]:
    if isinstance(name, int):  # as a version says it
        return [FieldClass(name)] if name in FieldClass.values else []
    return OPEN if name == "open" else [FieldClass[name.upper()]]


class Role(BaseModel):
    """One role: the steps it may take, how far it sees, and which classes of what is in a file.

    scope: the files that a role sees without being asked to help: none, those it leads, its agency's, those of the
    agencies in its region, all. A grant opens others to anybody, for the classes that role and grant have in common.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    raw_label: str = Field(alias="label")
    scope: Literal["none", "own", "agency", "region", "all"]
    permissions: frozenset[str]
    classes: frozenset[FieldClass] = frozenset()
    changes: bool = True
    signs_in: bool = True

    @field_validator("classes", mode="before")
    @classmethod
    def _named(cls, names: Iterable[str | int]) -> set[FieldClass]:
        """Read classes by name or number; "open" stands for all but the sealed ones."""
        return {one for name in names for one in _classes(name)}

    @property
    def seals(self) -> FieldClass | None:
        """Return the class of notes that this profession alone reads, if it has one."""
        return next((one for one in SEALED if one in self.classes), None)

    @property
    def is_regional(self) -> bool:
        """Tell whether an instance without casework has the role: it reads no file, or watches over that."""
        return not self.classes or "audit.search" in self.permissions

    @property
    def label(self) -> str:
        """Return the label in the reader's language."""
        return gettext(self.raw_label)


class Apart(BaseModel):
    """A role, those that check it or are checked by it, and why nobody holds two of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    others: frozenset[str]
    raw_because: str = Field(alias="because")

    @property
    def because(self) -> str:
        """Return why, in the reader's language."""
        return gettext(self.raw_because)


# Whoever signs in looks after their own account, whatever else the role may do.
EVERYBODYS = ["account.see"]


@dataclass(frozen=True)
class Roles:
    """All roles by code, those that nobody holds together, and the digest of what a version of them says."""

    by_code: dict[str, Role]
    apart: tuple[Apart, ...]

    @cached_property
    def content(self) -> str:
        """Return what a version says, the same text for the same roles; the operator's comes with the machine."""
        told = {
            "apart": [_plain(one) for one in sorted(self.apart, key=lambda one: (one.role, one.raw_because))],
            "roles": [_plain(one) for one in self.by_code.values() if one.signs_in],
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """Return the digest of the content."""
        return digest_of(self.content)


def digest_of(content: str) -> str:
    """Return SHA-256 of what a version says, in hexadecimal."""
    return sha256(content.encode()).hexdigest()


def _plain(one: BaseModel) -> dict[str, Any]:
    told = one.model_dump(by_alias=True)
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in told.items()}


@cache
def offered() -> Roles:
    """Return the roles that this program comes with."""
    with ROLES_FILE.open("rb") as file:
        told = tomllib.load(file)
    for entry in told["role"]:
        entry["permissions"] += EVERYBODYS if entry.get("signs_in", True) else []
    return _roles(told["role"], told["apart"])


def read_content(content: str) -> Roles:
    """Return the roles of a version; what this program knows nothing of is passed over."""
    told = json.loads(content)
    read = _roles(told["roles"], told["apart"])
    machines = {code: role for code, role in offered().by_code.items() if not role.signs_in}
    return Roles(read.by_code | machines, read.apart)


def _roles(listed: Iterable[Any], apart: Iterable[Any]) -> Roles:
    found = map(Role.model_validate, listed)
    return Roles({role.code: role for role in found}, tuple(map(Apart.model_validate, apart)))


_served: list[Roles] = []


def served() -> Roles:
    """Return the roles in force: those of the newest version that was adopted, once the database has said so."""
    return _served[-1] if _served else offered()


def serve(listed: Roles) -> None:
    """Serve with these roles from now on."""
    _served[:] = [listed]


def roles() -> dict[str, Role]:
    """Return every role by its code."""
    return served().by_code


def is_given(code: str) -> bool:
    """Tell whether a member of staff of this instance can have a role; of a regional one, those that see no file."""
    role = roles().get(code)
    return role is not None and role.signs_in and (role.is_regional or not settings.PANOH_REGION)


def apart() -> tuple[Apart, ...]:
    """Return which roles nobody holds together."""
    return served().apart


def why_apart(one: str, other: str) -> str:
    """Return why nobody holds these two roles, or nothing if somebody may."""
    found = (pair for pair in apart() if {one, other} in ({pair.role, them} for them in pair.others))
    return next((pair.because for pair in found), "")


def role_label(code: str) -> str:
    """Return what a role is called; one that is no more shows as its code."""
    return roles()[code].label if code in roles() else code
