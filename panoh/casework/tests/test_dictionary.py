"""Every column about people has its owner, purpose, tier and retention; no entry is stale."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

DICTIONARY = Path(__file__).parents[1] / "dictionary.toml"


def _columns_about_people() -> set[tuple[str, str]]:
    models = [*apps.get_app_config("casework").get_models(), *apps.get_app_config("vault").get_models()]
    models.append(apps.get_model("access", "Staff"))
    return {(model._meta.db_table, field.column) for model in models for field in model._meta.local_fields} | _finding()


def _finding() -> set[tuple[str, str]]:
    """Return the columns of the index, which no model shows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select 'finding.' || relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid"
            " join pg_namespace on pg_namespace.oid = relnamespace"
            " where nspname = 'finding' and relkind = 'r' and relname <> 'size' and attnum > 0 and not attisdropped"
        )
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_each_column_about_people_has_an_owner_a_purpose_a_tier_and_a_retention() -> None:
    entries = tomllib.loads(DICTIONARY.read_text())["entry"]
    listed = {(entry["table"], column) for entry in entries for column in entry["columns"]}
    assert listed == _columns_about_people()
    for entry in entries:
        assert entry["tier"] in {"T1", "T2", "T3", "T4"}
        assert all(entry[word].strip() for word in ("owner", "purpose", "retention"))
