"""What every page gets from the shared components."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from allauth.account.forms import LoginForm
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

import panoh
from panoh.access.refusals import NotNow
from panoh.web.pictures.icons import ICONS

PACKAGE = Path(panoh.__file__).parent
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
COMPONENTS = sorted((PACKAGE / "web/templates/components").glob("*.html"))
DRAWN_BY_STYLE = re.compile(
    # A block of data is no script: nothing runs it.
    r"<style|\sstyle=|<script(?![^>]*\s(?:src=|type=.application/json))|\son[a-z]+=|javascript:|hx-on|hx-vars",
    re.IGNORECASE,
)


class VisitForm(forms.Form):
    place = forms.CharField(label="Place", help_text="Where the family was met.")
    urgency = forms.ChoiceField(label="Urgency", widget=forms.RadioSelect, choices=[("u", "Urgent")])
    agreed = forms.BooleanField(label="The mother agreed")


@dataclass(frozen=True)
class Someone:
    code: str
    label: str
    detail: str = ""
    sex: str = "u"
    state: str = ""


@dataclass(frozen=True)
class Link:
    kind: str
    a: str
    b: str
    verified: bool


def shown(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_page_carries_script_or_style_that_the_security_policy_would_refuse(template):
    assert not DRAWN_BY_STYLE.findall(template.read_text())


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.name)
def test_each_component_names_its_parameters_at_its_top(component):
    head = re.search(r"\{#(.*?)#\}|\{% comment %\}(.*?)\{% endcomment %\}", component.read_text(), re.DOTALL)
    assert head
    assert re.search(r"[Pp]arameters|Reads from the page", head.group(0))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_that_a_template_names_is_drawn(template):
    assert set(re.findall(r'\{% icon "(\w+)"', template.read_text())) <= set(ICONS)


def test_a_field_ties_label_help_and_error_to_its_box():
    page = shown("{% field form.place %}", form=VisitForm({}))
    assert '<label for="id_place">Place' in page
    assert 'aria-describedby="id_place_helptext id_place_error"' in page
    assert 'id="id_place_helptext"' in page
    assert 'id="id_place_error"' in page
    assert 'aria-invalid="true"' in page


def test_choices_stand_in_a_group_with_a_name():
    assert "<legend>Urgency" in shown("{% field form.urgency %}", form=VisitForm())


def test_a_form_that_needs_mending_keeps_what_was_entered_and_links_to_each_fault():
    form = VisitForm({"place": "School no. 12", "urgency": "u"})
    page = render_to_string("components/form.html", {"form": form}, RequestFactory().get("/"))
    assert 'value="School no. 12"' in page
    assert 'href="#id_agreed"' in page
    assert 'href="#id_place"' not in page


def test_a_name_cannot_bring_markup_and_keeps_its_own_direction():
    page = shown("{{ name|bdi }}", name="<b>فاطمة</b>")
    assert page == '<bdi dir="auto">&lt;b&gt;فاطمة&lt;/b&gt;</bdi>'


def test_a_name_with_markup_stays_words_in_the_family_tree():
    page = shown("{% family_tree people links %}", people=[Someone("a", "<script>x</script>")], links=[])
    assert "<script" not in page


def test_the_family_tree_tells_the_same_in_words():
    people = [Someone("a", "Oysha"), Someone("b", "Umar")]
    page = shown("{% family_tree people links %}", people=people, links=[Link("parent", "a", "b", verified=False)])
    assert "is a parent of" in page
    assert "(stated)" in page


def test_the_next_part_of_a_list_keeps_the_filters():
    request = RequestFactory().get("/families/", {"stage": "reception", "page": "2"})
    page = render_to_string("components/pager.html", {"page": Paginator(range(430), 50).page(2)}, request)
    assert "?stage=reception&amp;page=3" in page
    assert "?stage=reception&amp;page=1" in page


def test_a_job_that_has_ended_asks_no_more():
    going = {"done": 5, "total": 10, "url": "/jobs/x/", "ended": False}
    request = RequestFactory().get("/")
    assert "hx-get" in render_to_string("components/progress.html", going, request)
    assert "hx-get" not in render_to_string("components/progress.html", going | {"ended": True}, request)


def test_the_sign_in_page_labels_its_boxes_for_people_and_password_keepers(settings):
    settings.STORAGES = PLAIN_FILES
    page = render_to_string("account/login.html", {"form": LoginForm()}, RequestFactory().get("/"))
    assert '<label for="id_login">' in page
    assert '<label for="id_password">' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_a_refusal_says_what_was_not_done_with_its_code():
    page = Template("{{ refusal }} {{ refusal.code }} {{ refusal.status|refusal_heading }}")
    assert page.render(Context({"refusal": NotNow()})) == "This step is not possible now. not-now Not possible now"


def test_an_error_page_needs_no_request(settings):
    settings.STORAGES = PLAIN_FILES
    assert "ab12" in render_to_string("broken.html", {"reference": "ab12"})
