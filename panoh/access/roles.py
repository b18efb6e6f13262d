"""Roles and what each may do, read from `data/roles.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, field_validator

from panoh.access.fields import OPEN, SEALED, FieldClass

ROLES_FILE = Path(__file__).parent / "data" / "roles.toml"


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
    def _named(cls, names: Iterable[str]) -> set[FieldClass]:
        """Read classes by name; "open" stands for all but the sealed ones."""
        return {one for name in names for one in (OPEN if name == "open" else (FieldClass[name.upper()],))}

    @property
    def seals(self) -> FieldClass | None:
        """Return the class of notes that this profession alone reads, if it has one."""
        return next((one for one in SEALED if one in self.classes), None)

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


@cache
def _read() -> tuple[dict[str, Role], tuple[Apart, ...]]:
    with ROLES_FILE.open("rb") as file:
        told = tomllib.load(file)
    for entry in told["role"]:
        entry["permissions"] += EVERYBODYS if entry.get("signs_in", True) else []
    listed = [Role.model_validate(entry) for entry in told["role"]]
    return {role.code: role for role in listed}, tuple(map(Apart.model_validate, told["apart"]))


def roles() -> dict[str, Role]:
    """Return every role by its code."""
    return _read()[0]


def apart() -> tuple[Apart, ...]:
    """Return which roles nobody holds together."""
    return _read()[1]


def why_apart(one: str, other: str) -> str:
    """Return why nobody holds these two roles, or nothing if somebody may."""
    found = (pair for pair in apart() if {one, other} in ({pair.role, them} for them in pair.others))
    return next((pair.because for pair in found), "")


def role_label(code: str) -> str:
    """Return what a role is called; one that is no more shows as its code."""
    return roles()[code].label if code in roles() else code
