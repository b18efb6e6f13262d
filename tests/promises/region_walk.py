"""Walks a regional instance as each of its roles, and prints as JSON what it answers: run by `test_region.py`."""

from __future__ import annotations

import json
import sys
from typing import Any

from panoh.web.start import start


def walk(roles: list[str], asked: list[tuple[str, str]]) -> dict[str, Any]:
    """Return for each role, or nobody, the status of each address, where signing in leads, and what tables hold."""
    from django.apps import apps
    from django.test import Client
    from django.test.utils import setup_test_environment
    from procrastinate.contrib.django import app

    from panoh.access.models import Agency, Staff
    from panoh.access.queries import all_roles
    from panoh.access.tokens import bear, token_for
    from panoh.web.doctor import check_region
    from panoh.web.forms import StaffForm

    setup_test_environment()
    bear(token_for(None))
    agency = Agency.objects.create(code="SEC", name="Secretariat", kind=8)
    found: dict[str, Any] = {"answers": {}, "leads": {}, "nothing": {}}
    for role in roles or [one.code for one in all_roles()]:
        client = Client(raise_request_exception=False)
        if role != "nobody":
            Staff.objects.create_user(role, password="four tall poplars", display_name=role, agency=agency, role=role)
            sent = client.post("/account/sign-in/", {"login": role, "password": "four tall poplars"})
            found["leads"][role] = [sent.get("Location", ""), client.get(sent.get("Location", "/")).status_code]
        found["nothing"][role] = client.get("/there-is-nothing-here/").status_code
        found["answers"][role] = {f"{method} {url}": client.generic(method, url).status_code for method, url in asked}
    bear(token_for(None))
    models = [model for room in ("casework", "vault") for model in apps.get_app_config(room).get_models()]
    found["held"] = [model._meta.db_table for model in models if model._default_manager.exists()]
    found["offered"] = [code for code, _label in StaffForm().fields["role"].choices]  # type: ignore[attr-defined]
    app.perform_import_paths()
    found["jobs"] = sorted(app.tasks)
    check_region()
    return found


if __name__ == "__main__":
    start()
    print(json.dumps(walk(*json.load(sys.stdin))))
