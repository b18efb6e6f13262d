"""Passwords kept at a cost that no guesser would mind: a test that signs in a hundred times pays for none of it."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapArgon2(Argon2PasswordHasher):
    """Django's hasher with the least work that the algorithm allows."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
