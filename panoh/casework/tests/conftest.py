"""What the tests of casework begin with: a family in care, and a coordinator."""

from __future__ import annotations

import pytest

from panoh.access.entrances import Actor
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home


@pytest.fixture
def home() -> Home:
    return make.home()


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")
