"""What is never built stays unbuilt: no table, form, page or data file has a word for it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models

import panoh
from panoh.casework.neutral import RULES_FILE as OUTSIDE
from panoh.casework.never_built import RULES_FILE, rules, violations

PACKAGE = Path(panoh.__file__).parent
ROOMS = ("access", "vault", "casework", "plan", "exchange")


def found(words: Iterator[str]) -> list[str]:
    return [str(violation) for violation in violations(words)]


def words_of_model(model: type[models.Model]) -> Iterator[str]:
    yield model.__name__
    yield str(model._meta.verbose_name)
    yield model._meta.db_table
    for field in model._meta.get_fields():
        if isinstance(field, models.Field):
            yield f"{model.__name__} {field.name}"
            yield f"{model.__name__} {field.verbose_name}"
            yield str(field.help_text)
            yield from (str(part) for choice in field.flatchoices for part in choice)


def words_of_form(form: type[forms.BaseForm]) -> Iterator[str]:
    yield form.__name__
    for name, field in getattr(form, "base_fields", {}).items():
        yield name
        yield str(field.label or "")
        yield str(field.help_text)
        choices = getattr(field, "choices", ())
        if isinstance(choices, list | tuple):
            yield from (str(part) for choice in choices for part in choice)


def words_of_toml(read: Any) -> Iterator[str]:
    if isinstance(read, dict):
        for key, value in read.items():
            yield key
            yield from words_of_toml(value)
    elif isinstance(read, list):
        for value in read:
            yield from words_of_toml(value)
    elif isinstance(read, str):
        yield read


def forms_below(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for below in form.__subclasses__():
        yield below
        yield from forms_below(below)


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS]


def our_forms() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(panoh.__path__, "panoh."):
        if re.search(r"\.(pages|forms)(\.|$)", module.name) and ".tests" not in module.name:
            importlib.import_module(module.name)
    return [form for form in forms_below(forms.BaseForm) if form.__module__.startswith("panoh.")]


def test_no_table_has_a_field_for_it():
    assert our_models()
    assert found(word for model in our_models() for word in words_of_model(model)) == []


def test_no_form_asks_for_it():
    assert found(word for form in our_forms() for word in words_of_form(form)) == []


def test_no_data_file_has_a_word_for_it():
    # A grammar of conference reports has the words of conferences; no person's file is read with it.
    grammar = (PACKAGE / "exchange" / "data" / "reading").glob("*.toml")
    # A plan that states agreed has the names of their strategies; it says nothing of any person.
    plans = (PACKAGE / "plan" / "data").glob("*.toml")
    files = sorted({*PACKAGE.rglob("*.toml")} - {RULES_FILE, OUTSIDE, *grammar, *plans})
    assert len(files) > 5
    for file in files:
        assert found(words_of_toml(tomllib.loads(file.read_text(encoding="utf-8")))) == [], file


def test_no_page_has_a_label_for_it():
    files = list(PACKAGE.rglob("templates/**/*.html"))
    assert files
    for file in files:
        assert found(iter([file.read_text(encoding="utf-8")])) == [], file


def test_no_role_is_for_police_or_security():
    roles = tomllib.loads((PACKAGE / "access" / "data" / "roles.toml").read_text(encoding="utf-8"))["role"]
    assert {role["code"] for role in roles} == {
        "administrator", "caseworker", "contact", "coordinator", "exchange_editor", "expert", "focal_point",
        "health_worker", "lawyer", "observer", "operator", "plan_editor", "protection_officer", "psychologist",
        "reception_officer", "regional_coordinator", "secretariat", "service_provider", "statistician", "supervisor",
    }  # fmt: skip
    words = " ".join(words_of_toml(roles)).casefold()
    for forbidden in ("secur", "police", "intellig", "investig", "prosecut"):
        assert forbidden not in words


def test_only_who_leads_or_looks_after_families_asks_for_a_file_of_a_few_and_no_role_is_for_exports():
    roles = tomllib.loads((PACKAGE / "access" / "data" / "roles.toml").read_text(encoding="utf-8"))["role"]
    assert not [role for role in roles if "export" in f"{role['code']} {role['label']}".casefold()]
    asking = {role["code"] for role in roles if any("export" in one for one in role["permissions"])}
    assert asking == {"caseworker", "supervisor", "coordinator", "regional_coordinator", "operator"}
    (operator,) = (role for role in roles if role["code"] == "operator")
    assert [one for one in operator["permissions"] if "export" in one] == ["export.purge"]


@pytest.mark.parametrize("planted", [
    "risk_score", "riskScore", "Risk score", "RISK-LEVEL", "threat_level", "deradicalisation", "extremism", "ideology",
    "loyal_to_state", "affiliation", "Terrorist", "fighter", "combatant", "watch_list", "watchlist", "suspected",
    "biometric_template", "fingerprints", "Person fingerprint", "piety", "belief", "sect", "intelligence", "informant",
    "child's offence", "police", "investigation", "dna_profile", "fighter's child", "predicted_need",
    "Уровень риска", "радикализация", "экстремист", "террорист", "боевик", "отпечатки пальцев", "Судимость",
    "постановка на учёт", "вероисповедание", "лояльность", "хавф даражаси", "экстремизм", "жангари", "эътиқоди",
    "xavf darajasi", "eʼtiqodi", "e'tiqod", "maʼlumot: jinoyati", "barmoq izi", "hisobga olish", "mafkurasi",
    "متطرف", "بصمات",
])  # fmt: skip
def test_a_planted_word_is_found_however_it_is_written(planted):
    assert violations([planted])
    assert violations([f"the {planted} of a person"])


def test_a_planted_field_label_or_choice_of_a_table_is_found():
    class Planted(models.Model):
        quiet = models.CharField("level of loyalty", max_length=8, choices=[("a", "affiliated")])
        watch_list = models.BooleanField()

        class Meta:
            app_label = "planted"
            apps = type(apps)()

    codes = {violation.code for violation in violations(words_of_model(Planted))}
    assert codes == {"ideology", "affiliation", "watching"}


def test_a_planted_question_of_a_form_is_found():
    class Planted(forms.Form):
        answer = forms.ChoiceField(label="Piety", choices=[("x", "Радикальные взгляды")])

    assert len(violations(words_of_form(Planted))) == 2


@pytest.mark.parametrize("harmless", [
    "list_fingerprint", "ArrivalList fingerprint", "the file fingerprint", "pain in the extremities", "territory",
    "Talk with a theologian (voluntary)", "section", "sector", "insect", "address", "defence lawyer", "is_verified",
    "urgent (within 3 days)", "сектор", "экстренно", "терапия", "учётная запись", "следующий визит", "Sodiq", "Sadoqat",
    "hisob", "social security", "Identification", "mathematics", "Belgium", "Mansur", "фамилия", "religious affairs",
])  # fmt: skip
def test_a_harmless_word_may_be_used(harmless):
    assert violations([harmless]) == []


def test_an_allowed_phrase_hides_nothing_beside_it():
    assert [violation.word for violation in violations(["file fingerprint of a suspect", "fingerprint"])] == [
        "file fingerprint of a suspect",
        "fingerprint",
    ]


def test_every_exception_is_needed_and_says_why():
    for allowed in rules().allowed:
        plain = allowed.words.replace("*", "")
        searched = [never.code for never in rules().never for word in never.words if word.strip("*") in plain]
        assert searched, f"{allowed.words} is no exception to anything"
        assert violations([plain]) == []
