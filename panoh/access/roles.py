"""Roles and what each may do, read from `data/roles.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

ROLES_FILE = Path(__file__).parent / "data" / "roles.toml"


class Role(BaseModel):
    """One role: the steps it may take and how far it sees (own families, the agency's, all)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    raw_label: str = Field(alias="label")
    scope: Literal["own", "agency", "all"]
    permissions: frozenset[str]
    signs_in: bool = True

    @property
    def label(self) -> str:
        """Return the label in the reader's language."""
        return gettext(self.raw_label)


@cache
def roles() -> dict[str, Role]:
    """Return every role by its code."""
    with ROLES_FILE.open("rb") as file:
        listed = [Role.model_validate(entry) for entry in tomllib.load(file)["role"]]
    return {role.code: role for role in listed}
