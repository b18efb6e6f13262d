"""What the tests of casework begin with: a family in care, a coordinator, a database where all is committed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connections

from panoh.access.entrances import Actor
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home
from panoh.casework.tests.fenced import Country, decided, filed


@pytest.fixture
def home() -> Home:
    return make.home()


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


@pytest.fixture
def country(boss: Actor) -> Country:
    own = filed(boss, "North")
    decided(boss, own)
    return Country(boss, own, filed(boss, "North"), filed(boss, "South"))


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give a database of its own, a copy of the tests', where what is done is done for all connections."""
    from panoh.web.embedded import parameters  # the environment is set by then
    from panoh.web.home import home

    settings = connections["default"].settings_dict
    tests, own = settings["NAME"], f"{settings['NAME']}_{uuid4().hex[:12]}"
    owner = {**parameters(home(), "owner"), "dbname": "postgres"}
    with django_db_blocker.unblock(), psycopg.connect(**owner, autocommit=True) as connection:  # type: ignore[attr-defined]
        connections["default"].close()
        connection.execute(f"create database {own} template {tests}")
        settings["NAME"] = own
        yield
        connections["default"].close()
        settings["NAME"] = tests
        # The server may still be seeing a thread off; then the copy goes with the temporary PANOH_HOME.
        with contextlib.suppress(psycopg.Error):
            connection.execute(f"drop database {own}")
