"""Whatever the API is sent, by whichever role: it never breaks, and it tells nothing that is not the asker's to know.

Inputs are made from each operation's own description, fitting and unfitting, about files in every relation to the role.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from panoh.access.roles import roles
from panoh.web.api import api
from tests.matrix.probing import addresses, client_of
from tests.matrix.region import put
from tests.matrix.world import RECORDS, World

SENT = ("method", "url", "headers", "params", "json", "data", "files")
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(api.get_openapi_schema()).get_all_operations()]
BY_LABEL = {operation.label: operation for operation in OPERATIONS}
# How many inputs each operation gets of a role; who may do most, most. Each run draws others; a deeper one, more.
EXAMPLES = {"coordinator": 4, "caseworker": 2, "reception_officer": 2, "psychologist": 2, "protection_officer": 2}
EXAMPLES |= {"secretariat": 2, "focal_point": 2}
DEPTH = int(os.environ.get("PANOH_TEST_DEPTH", "1"))
NEEDS = {(address.method, f"/{address.route}"): address.needs for address in addresses() if address.is_api}


def may(role: str, operation: Any) -> bool:
    path = operation.path.replace("{", "<").replace("}", ">")
    return NEEDS[operation.method.upper(), path] in roles()[role].permissions


TRIED = [(role, operation) for role in EXAMPLES for operation in OPERATIONS if may(role, operation)]


@cache
def inputs_of(label: str, mode: GenerationMode) -> st.SearchStrategy[Any]:
    """Return inputs of an operation; to work them out from its description costs as much as to send a few."""
    return BY_LABEL[label].as_strategy(generation_mode=mode)


def there(operation: Any, world: World, record: str) -> dict[str, Any]:
    """Return codes of records that are there, for the address of an operation."""
    kind = operation.path.removeprefix("/api/v1/").split("/")[0]
    filed = world.filed.get(record)
    code = filed.codes.get(kind, world.draft) if filed else "X-0000-0000"
    what = operation.path.split("/{number}")[0].rsplit("/", 1)[-1]
    number = filed.numbers.get(what, filed.relation) if filed else 1
    values = {"code": code, "number": number, "username": "stranger", "job_code": world.job}
    if record != "absent":
        values |= put(operation.path.lstrip("/"), world.region)
    return {name: value for name, value in values.items() if f"{{{name}}}" in operation.path}


@pytest.mark.parametrize(("role", "operation"), TRIED, ids=lambda one: one if isinstance(one, str) else one.label)
def test_no_input_whatever_breaks_the_api_or_shows_what_is_hidden(world: World, role: str, operation: Any) -> None:
    client = client_of(world, role)
    hidden = [word.encode() for record, filed in world.filed.items() for word in filed.hidden_from(role, record)]

    @given(inputs=st.data(), mode=st.sampled_from(GenerationMode), record=st.sampled_from(RECORDS))
    @settings(  # what fails is told as it is: to make it smaller takes minutes
        max_examples=EXAMPLES[role] * DEPTH,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    def send(inputs: Any, mode: GenerationMode, record: str) -> None:
        try:
            made = inputs.draw(inputs_of(operation.label, mode))
        except Unsatisfiable:
            return
        made.path_parameters = {**(made.path_parameters or {}), **there(operation, world, record)}
        kwargs = made.as_transport_kwargs(base_url="http://localhost")
        request = requests.Request(**{key: kwargs.get(key) for key in SENT}).prepare()
        with transaction.atomic():
            answer = client.generic(
                made.method,
                "/" + request.url.split("/", 3)[3],
                request.body or b"",
                content_type=request.headers.get("Content-Type", "application/json"),
            )
            transaction.set_rollback(True)
        assert answer.status_code < 500
        assert not [word for word in hidden if word in answer.content]
        if mode == GenerationMode.POSITIVE:
            assert b'"not-right"' not in answer.content, "the description promises what is then refused"

    send()
