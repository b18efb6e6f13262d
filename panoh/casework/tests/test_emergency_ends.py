"""An emergency ends by the hour, by the database's own clock: only its owner can change when it began."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.tests import factories as make


@pytest.mark.usefixtures("committed")
def test_after_four_hours_the_database_itself_shows_nothing_more() -> None:
    from panoh.web.embedded import parameters  # noqa: PLC0415  # the environment is set by then
    from panoh.web.home import home as folder  # noqa: PLC0415  # as well

    home, helper = make.home(), make.actor("caseworker", "South")
    actions.break_glass(helper, home.family.code, kind="medical", reason="She fainted and cannot say what she takes.")
    owner = {**parameters(folder(), "owner"), "dbname": connection.settings_dict["NAME"]}
    lasts = "given_at = given_at - interval '%s', expires_at = expires_at - interval '%s'"
    for past, seen in (("3 hours 59 minutes", 1), ("1 minute", 0)):
        with psycopg.connect(**owner) as as_owner:  # type: ignore[arg-type]
            as_owner.execute("alter table casework_grant disable trigger emergencies_stay")
            as_owner.execute(f"update casework_grant set {lasts % (past, past)}")
            as_owner.execute("alter table casework_grant enable trigger emergencies_stay")
        with acting_for(helper.staff_id), connection.cursor() as cursor:
            for table in ("casework_family", "casework_person", "vault_identity"):
                cursor.execute(f"select count(*) > 0 from {table}")
                assert cursor.fetchone()[0] == bool(seen), (past, table)
            cursor.execute("select cardinality(app.granted_files())")
            assert cursor.fetchone()[0] == seen
        assert len(queries.held_now(home.me, home.family)) == seen
