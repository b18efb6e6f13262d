"""The demonstration, and the files under PANOH_HOME by which its database is known."""

from __future__ import annotations

import json
from typing import TypedDict

from panoh.web.home import home

SIGN_INS = "demo-sign-ins.json"
BEGUN = "demo-begun"


class SignIn(TypedDict):
    """One account of the demonstration."""

    username: str
    password: str
    role: str


def sign_ins() -> list[SignIn]:
    """Return the accounts of the demonstration; their passwords were drawn when it was made."""
    file = home() / SIGN_INS
    return list(json.loads(file.read_text())) if file.exists() else []
