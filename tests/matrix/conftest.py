"""The country that the matrix asks about: made once for this folder, and as it was before for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from panoh.access.tokens import bear, token_for
from tests.matrix.world import World, make_world


@pytest.fixture(scope="package")
def country(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        bear(token_for(None))
        yield make_world()
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def world(country: World, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield country
        transaction.set_rollback(True)
