"""The public site: plain pages, no script, only what is adopted and published, links that all lead somewhere."""

from __future__ import annotations

import io
import posixpath
import zipfile

import pytest
from django.test import Client
from lxml import html

from panoh.access.models import Staff
from panoh.access.refusals import NotAllowed
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.actions import Wanted
from panoh.plan.models import Plan
from panoh.plan.queries import site_of
from panoh.plan.record_file import PUBLIC_RECORD
from panoh.plan.refusals_documents import PlanNotPublic
from panoh.plan.tests.make import english, plan, worker


@pytest.fixture
def whole(db) -> Plan:
    by, made = worker("secretariat"), plan()
    actions.enter_record(by, text=PUBLIC_RECORD.read_text(encoding="utf-8"))
    told = Wording({"en": "<script>alert(1)</script>", "ru": "Обучение"})
    actions.add_action(by, made, Wanted("1.1", "../1 2", told))
    return actions.adopt_plan(by, made, on="2022-03-03")


def test_every_link_leads_to_a_page(whole):
    pages = site_of(whole)
    for name, content in pages.items():
        if name.endswith(".html"):
            for element, _attribute, link, _at in html.fromstring(content.decode()).iterlinks():
                if "//" not in link and not link.startswith("#"):
                    there = posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
                    assert there in pages, (name, element.tag, link)
    assert all(not name.startswith(("/", ".")) and ".." not in name.split("/") for name in pages)


def test_pages_hold_no_script_and_every_language(whole):
    pages = site_of(whole)
    assert {name.split("/")[0] for name in pages} == {"look.css", "index.html", "en", "ru"}
    for content in pages.values():
        assert b"<script" not in content
        assert b"style=" not in content
    assert "Обучение" in pages["ru/action-1-2.html"].decode()
    assert "Мээрим" in pages["ru/figures.html"].decode()
    assert "<svg" in pages["en/figures.html"].decode()


def test_what_is_prepared_is_not_on_it(whole):
    by = worker("secretariat")
    revision = actions.begin_revision(by, whole)
    actions.propose_change(by, revision, to=Wanted("1.1", "1.1.9", english("Secret so far")))
    assert "Secret so far" not in " ".join(content.decode() for content in site_of(whole).values())


def test_a_draft_has_no_site(db):
    with pytest.raises(PlanNotPublic):
        site_of(plan())


def test_only_who_publishes_fetches_it(whole):
    with pytest.raises(NotAllowed):
        actions.publish_site(worker("observer"), whole)
    names = zipfile.ZipFile(io.BytesIO(actions.publish_site(worker("secretariat"), whole))).namelist()
    assert "jpoa/en/index.html" in names


def test_the_api_hands_out_the_same_files(whole):
    client = Client()
    client.force_login(Staff.objects.get(pk=worker("secretariat").staff_id))
    for address in ("files/docx", "files/xlsx?language=ru"):
        assert client.get(f"/api/v1/joint-plan/jpoa/{address}").content[:2] == b"PK"
    assert client.post("/api/v1/joint-plan/jpoa/site").content[:2] == b"PK"
    actions.add_body(worker("secretariat"), code="un", name=english("UN"), kind=2)
    given = {"reporter": "un", "identifier": "XM-DAC-41122"}
    answer = client.post("/api/v1/joint-plan/jpoa/iati", given, content_type="application/json")
    assert b"<iati-activities" in answer.content
    page = client.get("/joint-plan/jpoa/iati/", {**given, "identifier": "41122"}).content.decode()
    assert "is no identifier of an organisation" in page
