"""A country that skips a stage brings people home all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from panoh.access.clock import today
from panoh.casework import actions, guards
from panoh.casework.catalogue import OURS, catalogue
from panoh.casework.models import Case, StageChange
from panoh.casework.tests import factories as make

pytestmark = pytest.mark.django_db
OPEN = [stage.code for stage in catalogue().stages[:-1]]


@pytest.fixture
def without(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let the country's file skip one stage; the way leads past it."""
    code = request.param
    stages = (OURS / "stages.toml").read_text(encoding="utf-8").split("[[stage]]")
    gone = next(stage for stage in stages if f'code = "{code}"' in stage)
    (after,) = re.findall(r"next = \[(.*)\]", gone)
    ahead = [word for word in after.split(", ") if word != f'"{code}"'][-1]
    kept = [stage.replace(f'"{code}"', ahead) for stage in stages if stage != gone]
    if "passenger" in gone:
        kept = [stage.replace('next = ["verification"]', 'next = ["verification"]') for stage in kept]
    text = "[[stage]]".join(kept)
    # What leads to itself now leads on, and nothing stands in a list twice.
    text = re.sub(r"next = \[(.*)\]", lambda m: f"next = [{', '.join(dict.fromkeys(m[1].split(', ')))}]", text)
    (tmp_path / "stages.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PANOH_COUNTRY_DATA", str(tmp_path))
    catalogue.cache_clear()
    yield code
    catalogue.cache_clear()


@pytest.mark.parametrize("without", OPEN, indirect=True)
def test_a_group_is_received_and_checked_whatever_stage_a_country_skips(without: str) -> None:
    boss = make.actor("coordinator", "Coordination")
    assert without not in [stage.code for stage in catalogue().stages]
    arrivals = make.listed(boss, "Gavharova Nodira,жен,1990,мать,1")
    reception = make.received(boss, arrivals)
    actions.check_medically(boss, reception, on=today())
    case = Case.objects.get()
    first = catalogue().first_stage("passenger")
    assert case.stage == catalogue().stage(first.next[0]).number
    assert StageChange.objects.filter(case=case, reason="received").count() == 1
    assert not guards.missing(case, ["reception_recorded", "medical_check_recorded"])
