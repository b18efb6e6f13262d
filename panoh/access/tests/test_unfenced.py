"""A table that the database would show to whoever asks is noticed before anybody works on it."""

from __future__ import annotations

import psycopg
import pytest

from panoh.access.policies import unfenced
from panoh.web.doctor import check_fence
from panoh.web.embedded import parameters
from panoh.web.home import home
from panoh.web.refusals import FenceDown


def test_a_table_without_a_rule_or_with_one_that_spares_its_owner_stops_the_start(own_database: str) -> None:
    check_fence()
    with psycopg.connect(**{**parameters(home(), "owner"), "dbname": own_database}, autocommit=True) as owner:
        owner.execute("create table casework_diary (id int); alter table casework_need no force row level security")
    assert unfenced() == ["casework_diary", "casework_need"]
    with pytest.raises(FenceDown):
        check_fence()
