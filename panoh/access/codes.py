"""Codes that stand for a record in addresses, lists and on paper, and tell nothing about it."""

from __future__ import annotations

import secrets

# Crockford's base 32: no letter that is mistaken for a digit when read out on the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(letter: str) -> str:
    """Return a random code such as ``F-7K3Q-XM2D``: 40 random bits behind one letter for the kind of record."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letter}-{drawn[:4]}-{drawn[4:]}"
