"""The words of casework: complete, fitting together, a country's to change, and refused in a sentence when wrong."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import panoh
from panoh.access.places import read_districts
from panoh.access.refusals import Unknown
from panoh.access.roles import EVERYBODYS
from panoh.casework import guards
from panoh.casework.catalogue import FILES, OURS, catalogue, load
from panoh.casework.catalogue_checks import DataFileWrong
from panoh.casework.catalogue_entries import GuardName
from panoh.casework.label_lines import WRITTEN, source

GROUPS = {
    "LEG": "legal", "DOC": "legal", "SOC": "social", "MAT": "material", "PSY": "psychosocial", "HEA": "health",
    "EDU": "education", "LIV": "livelihood", "HOU": "housing", "COM": "community", "REL": "counselling",
}  # fmt: skip


@pytest.fixture
def country(tmp_path):
    """A country's folder: `change(file, old, new)` puts our file there with one text replaced."""

    class Country:
        folder = tmp_path

        def change(self, name: str, old: str, new: str) -> None:
            ours = (OURS / name).read_text(encoding="utf-8")
            assert ours.count(old) >= 1
            (tmp_path / name).write_text(ours.replace(old, new, 1), encoding="utf-8")

        def sentence(self) -> str:
            with pytest.raises(DataFileWrong) as refused:
                load(tmp_path)
            assert refused.value.status == 422
            return str(refused.value)

    return Country()


@pytest.mark.parametrize(
    ("file", "old", "new", "entry"),
    [
        ("options.toml", 'label = "Call the family"', 'label = "Assess the risk score"', "task_kind “call”"),
        ("services.toml", 'code = "LEG-01"', 'code = "LEG-01"\nwatchlist = "yes"', "service “LEG-01”"),
    ],
)
def test_a_country_cannot_bring_in_what_is_never_built(country, file, old, new, entry):
    country.change(file, old, new)
    sentence = country.sentence()
    assert entry in sentence
    assert file in sentence


def test_all_66_services_are_there_with_their_codes_kept():
    services = catalogue().services
    assert [int(service.code[4:]) for service in services] == list(range(1, 67))
    assert Counter(service.group for service in services) == {
        "LEG": 9, "DOC": 7, "SOC": 9, "MAT": 8, "PSY": 7, "HEA": 8, "EDU": 7, "LIV": 4, "HOU": 3, "COM": 2, "REL": 2,
    }  # fmt: skip
    assert all(service.kind == GROUPS[service.group] for service in services)


def test_religious_and_cultural_counselling_is_voluntary_and_nothing_else_is_marked_so():
    assert {service.code for service in catalogue().services if service.voluntary} == {"REL-65", "REL-66"}


def test_each_kind_of_life_is_assessed_and_worries_about_violence_are_sealed():
    about = Counter(domain.about for domain in catalogue().domains)
    assert about == {"child": 12, "adult": 12, "family": 9, "receiving_family": 8}
    assert {domain.code for domain in catalogue().domains if domain.sensitive} == {"protection"}


def test_the_way_of_a_case_is_the_eight_stages():
    assert [(stage.number, stage.code) for stage in catalogue().stages] == [
        (10, "identification"), (20, "verification"), (30, "repatriation"), (40, "reception"), (50, "rehabilitation"),
        (60, "reintegration"), (70, "follow_up"), (80, "closed"),
    ]  # fmt: skip
    assert catalogue().first_stage("camp").code == "identification"
    assert catalogue().first_stage("passenger").code == "repatriation"
    assert set(catalogue().stage("closed").next) == {"reception", "rehabilitation", "reintegration", "follow_up"}


def test_the_guards_a_file_may_name_are_the_guards_there_are():
    assert frozenset(get_args(GuardName)) == guards.names()


def test_goals_reached_asks_for_more_than_a_death_or_a_mistake():
    reasons = {reason.code: set(reason.guards) for reason in catalogue().closing_reasons}
    assert reasons["goals"] == {"no_urgent_need_open", "no_step_open", "seen_within_90_days"}
    assert reasons["died"] == reasons["mistake"] == set()


def test_a_code_that_is_not_there_is_refused_with_its_name():
    for look_up in (catalogue().stage, catalogue().service, catalogue().domain, catalogue().closing_reason):
        with pytest.raises(Unknown, match="XXX-99"):
            look_up("XXX-99")


def test_an_old_code_shows_as_itself():
    assert catalogue().label("services", "OLD-01") == "OLD-01"
    assert catalogue().label("services", "DOC-10") == "Birth certificate"


def test_every_label_can_be_translated():
    assert WRITTEN.read_text(encoding="utf-8") == source(), "run python -m panoh.casework.label_lines"
    shown = {entry.raw_label for words in type(catalogue()).model_fields for entry in getattr(catalogue(), words)}
    shown |= {stage.raw_help for stage in catalogue().stages}
    shown |= {service.raw_provider for service in catalogue().services}
    with override("en"):
        assert all(f'_("{label}")' in source() for label in shown)


# --- a country's own files ---------------------------------------------------------------------------------------


def test_a_country_renames_a_stage(country):
    country.change("stages.toml", 'label = "Rehabilitation"', 'label = "Recovery"')
    assert load(country.folder).stage("rehabilitation").label == "Recovery"
    assert len(load(country.folder).services) == 66


def test_a_country_skips_a_stage_and_cases_there_count_as_at_the_next(country):
    ours = (OURS / "stages.toml").read_text(encoding="utf-8")
    kept = [block for block in ours.split("\n\n") if 'code = "verification"' not in block]
    (country.folder / "stages.toml").write_text("\n\n".join(kept).replace('["verification"]', '["repatriation"]'))
    words = load(country.folder)
    assert words.stage("identification").next == ("repatriation",)
    assert words.stage_numbered(20).code == "repatriation"


def test_a_country_adds_a_stage(country):
    extra = (
        '\n[[stage]]\ncode = "home_ready"\nnumber = 55\nlabel = "Home ready"\nhelp = "x"\nnext = ["reintegration"]\n'
    )
    country.change("stages.toml", 'next = ["reintegration"]\n', 'next = ["reintegration", "home_ready"]\n')
    file = country.folder / "stages.toml"
    first, rest = file.read_text().split('\n[[stage]]\ncode = "reintegration"')
    file.write_text(first + extra + '\n[[stage]]\ncode = "reintegration"' + rest)
    assert [stage.number for stage in load(country.folder).stages] == [10, 20, 30, 40, 50, 55, 60, 70, 80]


@pytest.mark.parametrize(("file", "old", "new", "named"), [
    ("stages.toml", 'next = ["verification"]', 'next = ["verificaton"]', ["“identification”", "“next”", "verificaton"]),
    ("stages.toml", 'next = ["reception"]', 'next = ["verification"]', ["stage “identification”", "“next”", "no way"]),
    ("stages.toml", '["lead_agency_named"]', '["lead_agency"]', ["stage “verification”", "guards"]),
    ("stages.toml", "number = 20", "number = 30", ["stage “repatriation”", "“number”", "rise"]),
    ("stages.toml", "number = 80", "number = 79", ["stage “closed”", "“number”", "80"]),
    ("stages.toml", 'entered_by = ["camp"]', 'entered_by = ["passenger"]', ["stage “repatriation”", "“entered_by”"]),
    ("stages.toml", 'help = "On', 'helps = "On', ["stage “repatriation”", "help"]),
    ("services.toml", 'unit = "visit"', 'unit = "wisit"', ["service “LEG-01”", "“unit”", "wisit"]),
    ("services.toml", 'code = "LEG-02"', 'code = "LEG-01"', ["service “LEG-01”", "“code”", "twice"]),
    ("services.toml", 'code = "LEG-02"', 'code = "legal two"', ["service “legal two”", "“code”"]),
    ("services.toml", 'kind = "health"', 'kind = "helth"', ["service “HEA-41”", "“kind”", "helth"]),
    ("services.toml", "voluntary = true", "voluntary = false", ["service “REL-65”", "“voluntary”", "only ever"]),
    ("domains.toml", 'about = "child"', 'about = "dog"', ["domain “safety”", "“about”"]),
    ("domains.toml", 'label = "Safety today"', "", ["domain “safety”", "“label”"]),
    ("closure.toml", 'label = "Died"', 'label = ""', ["closing_reason “died”", "“label”"]),
    ("options.toml", "[[unit]]", "[[units]]", ["[[units]]", "[[unit]]"]),
    ("options.toml", "[[unit]]", "[[unit]", ["The file"]),
])  # fmt: skip
def test_a_wrong_file_is_refused_with_file_entry_and_field(country, file, old, new, named):
    country.change(file, old, new)
    sentence = country.sentence()
    assert str(country.folder / file) in sentence
    for words in named:
        assert words in sentence


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataFileWrong) as refused:
        load(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in str(refused.value)


@given(name=st.sampled_from(sorted(FILES)), cut=st.floats(0, 1))
def test_a_file_cut_off_anywhere_is_read_or_refused_and_never_crashes(tmp_path_factory, name, cut):
    folder = tmp_path_factory.mktemp("country")
    whole = (OURS / name).read_bytes()
    (folder / name).write_bytes(whole[: int(len(whole) * cut)])
    refused = ""
    try:
        load(folder)
    except DataFileWrong as wrong:
        refused = str(wrong)
    assert not refused or name in refused


# --- districts and roles -----------------------------------------------------------------------------------------


def test_the_districts_of_two_countries_have_codes_of_their_region():
    districts = read_districts()
    assert len({district["code"] for district in districts}) == len(districts)
    regions = {(district["country"], district["region_code"]) for district in districts}
    assert Counter(country for country, _ in regions) == {"UZ": 14, "KG": 9}
    for district in districts:
        assert re.fullmatch(r"[A-Z]{2}-[A-Z]{1,2}-[0-9]{2}", district["code"])
        assert district["code"].startswith(district["region_code"] + "-")
        assert district["region_code"].startswith(district["country"] + "-")
    places = [(district["region_code"], district["label"]) for district in districts]
    assert len(set(places)) == len(places)


@pytest.fixture
def roles():
    file = Path(OURS).parents[1] / "access" / "data" / "roles.toml"
    return {role["code"]: role for role in tomllib.loads(file.read_text(encoding="utf-8"))["role"]}


def test_each_role_reaches_further_than_the_one_below(roles):
    assert [roles[code]["scope"] for code in ("caseworker", "supervisor", "coordinator")] == ["own", "agency", "all"]
    caseworker, supervisor, coordinator = (
        set(roles[code]["permissions"]) for code in ("caseworker", "supervisor", "coordinator")
    )
    # A coordinator needs no emergency: no file is out of reach.
    assert caseworker < supervisor
    assert supervisor - {"glass.break"} < coordinator


def test_closing_reopening_assigning_and_verifying_need_a_supervisor(roles):
    for permission in ("case.close", "case.reopen", "case.assign", "relationship.verify"):
        assert permission not in roles["caseworker"]["permissions"]
        assert permission in roles["supervisor"]["permissions"]


def test_lists_reception_and_settings_are_for_those_who_see_to_them(roles):
    def allowed(permission: str) -> set[str]:
        return {code for code in roles if permission in roles[code]["permissions"]} - {"operator"}

    for permission in ("list.decide", "list.confirm", "reception.run"):
        assert allowed(permission) == {"coordinator", "reception_officer"}
    assert allowed("settings.edit") == {"coordinator", "administrator"}
    assert not {"identity.open", "family.see", "person.see"} & set(roles["administrator"]["permissions"])


def test_the_operator_of_the_machine_opens_no_file(roles):
    assert not roles["operator"]["signs_in"]
    for permission in ("identity.open", "family.see", "person.see", "note.write"):
        assert permission not in roles["operator"]["permissions"]


def test_every_step_can_be_taken_by_somebody_who_signs_in(roles):
    held = {permission for role in roles.values() if role.get("signs_in", True) for permission in role["permissions"]}
    held |= set(EVERYBODYS)
    needed = set()
    for module in pkgutil.walk_packages(panoh.__path__, "panoh."):
        if re.search(r"\.actions(\.|$)", module.name) and ".tests" not in module.name:
            steps = vars(importlib.import_module(module.name)).values()
            needed |= {step.permission for step in steps if hasattr(step, "permission")}
    machine = {
        "event.purge", "export.purge", "follow-up.open", "list.purge", "person.forget-again", "referral.run",
        "right.ask", "viewing.watch",
    }  # fmt: skip
    assert needed - held == machine, "what only the machine itself does"
