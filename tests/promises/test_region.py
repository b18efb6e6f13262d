"""A regional instance is the same program without casework: none of its pages, operations, roles, jobs or rows."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.urls import URLPattern

from panoh.casework.tests import factories as make
from panoh.web.doctor import check_region
from panoh.web.refusals import RegionHasReaders, RegionHoldsCases
from tests.matrix.probing import patterns

VALUES = {"code": "F-0000-0000", "number": "1", "username": "nobody", "agency": "A-0", "job_code": "0", "pk": "1"}
VALUES |= {"picture": "1", "secret": "0"}
OF_THE_REGION = {
    "statistician", "plan_editor", "exchange_editor", "focal_point", "secretariat", "expert", "observer",
    "administrator", "protection_officer",
}  # fmt: skip


def room_of(pattern: URLPattern) -> str:
    if not inspect.isfunction(pattern.callback):
        return ""
    view = inspect.getclosurevars(pattern.callback).nonlocals.get("self")
    operations = getattr(view, "operations", None)
    return str(operations[0].view_func.__module__ if operations else pattern.callback.__module__)


def of_casework() -> list[tuple[str, str]]:
    """Return every address of casework, with codes in it, each to be looked at and to be sent something."""
    routes = [route for route, pattern in patterns() if room_of(pattern).startswith("panoh.casework") and route]
    urls = ["/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: VALUES[found[1]], route) for route in routes]
    return [(method, url) for url in urls for method in ("GET", "POST")]


def region(database: str, roles: list[str], asked: list[tuple[str, str]]) -> dict[str, Any]:
    """Return what a regional instance on this database answers to these roles, or to all that it has."""
    environment = {**os.environ, "PANOH_DB_NAME": database, "PANOH_REGION": "1"}
    command = [sys.executable, "-m", "tests.promises.region_walk"]
    given = json.dumps([roles, asked])
    walked = subprocess.run(command, env=environment, input=given, capture_output=True, text=True, check=False)
    assert not walked.returncode, walked.stderr
    return json.loads(walked.stdout.splitlines()[-1])


def test_no_address_of_casework_answers_in_a_region_and_its_tables_stay_empty(own_database: str) -> None:
    asked = of_casework()
    assert len(asked) > 200
    found = region(own_database, ["protection_officer", "secretariat", "nobody"], asked)
    assert set(found["nothing"].values()) == {404}
    there = {
        (role, address): status
        for role, answers in found["answers"].items()
        for address, status in answers.items()
        if status != 404
    }
    assert there == {}
    assert found["held"] == []
    assert [job for job in found["jobs"] if "procrastinate" not in job] == [
        "purge_registrations", "read_report", "seal_audit",
    ]  # fmt: skip


def test_in_a_region_signing_in_leads_to_the_plan_which_answers_without_the_page_today(own_database: str) -> None:
    found = region(own_database, [], [("GET", "/joint-plan/"), ("GET", "/api/v1/joint-plan"), ("GET", "/")])
    assert set(found["offered"]) == OF_THE_REGION
    assert found["leads"].pop("administrator") == ["/settings/", 200]
    assert found["leads"].pop("protection_officer") == ["/audit/", 200]
    assert set(map(tuple, found["leads"].values())) == {("/joint-plan/", 200)}
    assert {tuple(found["answers"][role].values()) for role in found["leads"]} == {(200, 200, 302)}


@pytest.mark.django_db
def test_a_database_with_casework_is_no_region(settings: Any) -> None:
    settings.PANOH_REGION = True
    check_region()
    make.hire("caseworker", "Fergana")
    with pytest.raises(RegionHasReaders, match="Caseworker"):
        check_region()
    make.home()
    with pytest.raises(RegionHoldsCases, match="casework_family"):
        check_region()
