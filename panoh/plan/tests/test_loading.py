"""A plan comes from a file, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

import panoh.plan
from panoh.access.refusals import NotAllowed
from panoh.plan import actions
from panoh.plan.models import Plan, PlanAction, Status
from panoh.plan.refusals import PlanFileWrong
from panoh.plan.tests.make import worker

pytestmark = pytest.mark.django_db
JPOA = Path(panoh.plan.__file__).parent / "data" / "jpoa.toml"
SMALL = """
code = "road"
title = { en = "Road map" }
countries = ["KZ", "UZ"]
[[pillar]]
number = 1
title = { en = "Conditions" }
[[pillar.area]]
number = "1.1"
title = { en = "Schools" }
[[pillar.area.action]]
number = "1.1.1"
text = { en = "Teach" }
"""


def test_the_joint_plan_of_the_demonstration_has_its_pillars_and_a_source_for_everything() -> None:
    made = actions.load_plan(worker("secretariat"), JPOA.read_bytes())
    assert (made.edition, made.state) == (2, Plan.State.IN_FORCE)
    assert [pillar.number for pillar in made.pillars.all()] == [1, 2, 3, 4]
    assert [one.edition for one in made.revisions.all()] == [1, 2]
    assert not made.actions.filter(source="").exists()
    assert Status.objects.exists()
    assert not Status.objects.filter(source="").exists()
    assert not Status.objects.exclude(state=Status.State.UNDER_WAY).exists(), "no source says that anything is done"


def test_a_country_loads_a_draft_of_its_own() -> None:
    made = actions.load_plan(worker("plan_editor", "KZ"), SMALL.encode())
    assert (made.code, made.state, made.actions.get().code) == ("road", Plan.State.DRAFT, "1.1.1")


@pytest.mark.parametrize(("wrong", "where"), [
    ("number = ", "TOML"),
    (SMALL.replace('countries = ["KZ", "UZ"]', 'countries = ["Kazakhstan"]'), "countries.0"),
    (SMALL + 'source = "javascript:alert(1)"', "pillar.0.area.0.action.0.source"),
    (SMALL + 'lead = "nobody"', "1.1.1"),
    (SMALL + 'colour = "red"', "pillar.0.area.0.action.0.colour"),
])  # fmt: skip
def test_a_file_with_a_mistake_loads_nothing_and_says_where_it_is(wrong: str, where: str) -> None:
    with pytest.raises(PlanFileWrong) as refused:
        actions.load_plan(worker("secretariat"), wrong.encode())
    assert where in str(refused.value)
    assert not Plan.objects.exists()
    assert not PlanAction.objects.exists()


def test_who_does_not_edit_plans_loads_none() -> None:
    with pytest.raises(NotAllowed):
        actions.load_plan(worker("focal_point", "KZ"), SMALL.encode())
