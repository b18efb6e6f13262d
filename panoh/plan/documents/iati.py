"""A plan as activities of IATI 2.03, with the results of its indicators; nothing in it is about any person.

Source: IATI standard 2.03, activity schema; code lists ResultType, IndicatorMeasure, OrganisationRole,
OrganisationType, ActivityStatus, ActivityDateType; region 619: Central Asia.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from lxml import etree

from panoh.access.cells import plain
from panoh.access.wordings import Wording
from panoh.plan.documents.figures import FigureTold, IndicatorFigures, PeriodFigures, Silence
from panoh.plan.refusals_documents import NotByTheSchema, ReporterUnknown

__all__ = ["SCHEMA_VERSION", "Activity", "Organisation", "Tag", "as_iati", "checked_identifier", "schema"]

SCHEMAS = Path(__file__).parents[1] / "data" / "iati"
IDENTIFIER = re.compile(r"[A-Z]{2,3}-[A-Z0-9]+(?:_[A-Z]{2})?-[A-Za-z0-9._-]{1,60}", re.ASCII)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA_VERSION = "2.03"
OWN = "99"
CENTRAL_ASIA, CENTRAL_ASIAN = "619", frozenset({"KZ", "KG", "TJ", "TM", "UZ"})
DEVELOPING = "998"
RESULT_TYPES = {"output": "1", "outcome": "2", "impact": "3"}
OTHER_RESULT = "9"
MEASURES = {"unit": "1", "percent": "2", "nominal": "3", "ordinal": "4", "qualitative": "5"}
PARENT, CHILD = "1", "2"
OBJECTIVES = "A02"

Element = etree._Element


@dataclass(frozen=True)
class Organisation:
    """A body: kind as in the code list OrganisationType; role as in OrganisationRole; identifier: where it has one."""

    name: Wording
    kind: str
    role: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class Tag:
    """A word of our own vocabulary: a pillar or an area."""

    code: str
    title: Wording


@dataclass(frozen=True)
class Activity:
    """A plan or one of its actions; starts: planned; countries: two letters each."""

    identifier: str
    title: Wording
    description: Wording
    status: str
    starts: date
    countries: Sequence[tuple[str, str]]
    ends: date | None = None
    bodies: Sequence[Organisation] = field(default=())
    sectors: Sequence[Tag] = field(default=())
    tags: Sequence[Tag] = field(default=())
    document: str = ""
    parent: str = ""
    children: Sequence[str] = field(default=())
    indicators: Sequence[IndicatorFigures] = field(default=())


def checked_identifier(text: str) -> str:
    """Return the identifier of an organisation.

    Raises:
        ReporterUnknown: it does not begin with the list that it is from.
    """
    if not IDENTIFIER.fullmatch(text.strip()):
        raise ReporterUnknown(word=text[:60])
    return text.strip()


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of activities."""
    return etree.XMLSchema(file=str(SCHEMAS / "iati-activities-schema.xsd"))


def as_iati(activities: Sequence[Activity], reporter: Organisation, *, vocabulary: str, made: datetime) -> bytes:
    """Return the activities as XML; vocabulary: the address that explains our own codes, if there is one.

    Raises:
        NotByTheSchema: what it would be breaks the schema.
    """
    root = etree.Element(
        "iati-activities", {"version": SCHEMA_VERSION, "generated-datetime": made.isoformat("T", "seconds")}
    )
    for activity in activities:
        root.append(_Activity(activity, reporter, vocabulary).element())
    if not schema().validate(root):
        raise NotByTheSchema(why=schema().error_log[0].message)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _put(under: Element, name: str, attributes: Mapping[str, str] | None = None) -> Element:
    given = {key: plain(value) for key, value in (attributes or {}).items() if value}
    return etree.SubElement(under, name, given)


def _say(under: Element, words: Wording, instead: str) -> None:
    """Put a narrative for each language; instead: what is said where there are no words."""
    said = {language: plain(text).strip() for language, text in words.items()}
    for language, text in said.items() if any(said.values()) else {"en": instead}.items():
        if text:
            narrative = _put(under, "narrative", {XML_LANG: language})
            narrative.text = text


class _Activity:
    """One activity, its elements in the order of the schema."""

    def __init__(self, activity: Activity, reporter: Organisation, vocabulary: str) -> None:
        self.activity = activity
        self.reporter = reporter
        self.own = {"vocabulary": OWN, "vocabulary-uri": vocabulary}

    def element(self) -> Element:
        """Return the element."""
        of = self.activity
        language = next(iter(of.title), "en")
        root = etree.Element("iati-activity", {XML_LANG: language, "hierarchy": "2" if of.parent else "1"})
        _put(root, "iati-identifier").text = of.identifier
        reporting = {"ref": self.reporter.identifier, "type": self.reporter.kind}
        _say(_put(root, "reporting-org", reporting), self.reporter.name, self.reporter.identifier)
        _say(_put(root, "title"), of.title, of.identifier)
        _say(_put(root, "description", {"type": "1"}), of.description, of.identifier)
        for body in of.bodies or [self.reporter]:
            what = {"ref": body.identifier, "role": body.role or "2", "type": body.kind}
            _say(_put(root, "participating-org", what), body.name, body.identifier)
        _put(root, "activity-status", {"code": of.status})
        _put(root, "activity-date", {"type": "1", "iso-date": of.starts.isoformat()})
        if of.ends:
            _put(root, "activity-date", {"type": "3", "iso-date": of.ends.isoformat()})
        self._where(root)
        for sector in of.sectors:
            _say(_put(root, "sector", {**self.own, "code": sector.code}), sector.title, sector.code)
        for tag in of.tags:
            _say(_put(root, "tag", {**self.own, "code": tag.code}), tag.title, tag.code)
        if of.document:
            link = _put(root, "document-link", {"url": of.document, "format": "text/html"})
            _say(_put(link, "title"), of.title, of.identifier)
            _put(link, "category", {"code": OBJECTIVES})
        for kind, others in ((PARENT, [of.parent] if of.parent else []), (CHILD, of.children)):
            for other in others:
                _put(root, "related-activity", {"ref": other, "type": kind})
        for indicator in of.indicators:
            self._result(root, indicator)
        return root

    def _where(self, root: Element) -> None:
        """Put the one state, or the region of several: no share of each was ever agreed, so none is made up."""
        countries = self.activity.countries
        codes = {code for code, _name in countries}
        if len(codes) == 1:
            _put(root, "recipient-country", {"code": countries[0][0]})
        else:
            region = CENTRAL_ASIA if codes <= CENTRAL_ASIAN else DEVELOPING
            names = Wording({"en": ", ".join(name for _code, name in countries)})
            _say(_put(root, "recipient-region", {"code": region, "vocabulary": "1"}), names, region)
        if self.activity.indicators:
            for code, name in countries:
                _say(_put(_put(root, "location", {"ref": code}), "name"), Wording({"en": name}), code)

    def _result(self, root: Element, of: IndicatorFigures) -> None:
        result = _put(root, "result", {"type": RESULT_TYPES.get(of.kind, OTHER_RESULT), "aggregation-status": "false"})
        _say(_put(result, "title"), of.title, of.code)
        what = {"measure": MEASURES[of.measure], "ascending": "true" if of.is_ascending else "false"}
        indicator = _put(result, "indicator", {**what, "aggregation-status": "false"})
        _say(_put(indicator, "title"), of.title, of.code)
        if any(plain(text).strip() for text in of.description.values()):
            _say(_put(indicator, "description"), of.description, "")
        _put(indicator, "reference", {"vocabulary": OWN, "code": of.code, "indicator-uri": self.own["vocabulary-uri"]})
        if of.baseline_on:
            day = {"year": str(of.baseline_on.year), "iso-date": of.baseline_on.isoformat()}
            for figure in of.baselines:
                self._figure(indicator, "baseline", figure, of, day)
        for period in of.periods:
            self._period(indicator, period, of)

    def _period(self, indicator: Element, of: PeriodFigures, whole: IndicatorFigures) -> None:
        period = _put(indicator, "period")
        _put(period, "period-start", {"iso-date": of.starts.isoformat()})
        _put(period, "period-end", {"iso-date": of.ends.isoformat()})
        for name, figures in (("target", of.targets), ("actual", of.actuals)):
            for figure in figures:
                self._figure(period, name, figure, whole, {})

    def _figure(
        self, under: Element, name: str, of: FigureTold, whole: IndicatorFigures, more: Mapping[str, str]
    ) -> None:
        """Put a figure: without a value where there is none, with why; words as a comment, as the standard asks."""
        comment, value = of.comment, ""
        if isinstance(of.value, Silence):
            comment = Wording({"en": of.value.value})
        elif whole.measure == "qualitative":
            comment = comment if any(comment.values()) else Wording({"en": of.value})
        else:
            value = of.value
        element = _put(under, name, {**more, "value": value})
        if of.country in {code for code, _name in self.activity.countries}:
            _put(element, "location", {"ref": of.country})
        for what, part in of.dimensions:
            _put(element, "dimension", {"name": what, "value": part})
        if any(plain(text).strip() for text in comment.values()):
            _say(_put(element, "comment"), comment, "")
