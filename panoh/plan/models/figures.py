"""What the public record says of operations: figures as they were published, rivals beside each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panoh.access.wordings import WordingField
from panoh.plan.days import Precision, day_said
from panoh.plan.models.tree import state_code


class Operation(models.Model):
    """Something a state did and spoke of: one flight, several taken together, or all its returns."""

    class Scope(models.IntegerChoices):
        ONE = 1, _("one operation")
        SEVERAL = 2, _("several operations together")
        COUNTRY = 3, _("all returns to a country")

    code = models.SlugField(_("code"), max_length=32, unique=True)
    country = state_code()
    name = WordingField(_("name"))
    scope = models.SmallIntegerField(_("scope"), choices=Scope.choices, default=Scope.ONE)
    origin = WordingField(_("from where"), blank=True)
    on = models.DateField(_("when"), null=True, blank=True)
    on_precision = models.SmallIntegerField(_("known to the"), choices=Precision.choices, default=Precision.DAY)
    adds_up = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="counted_in")

    class Meta:
        ordering = ("country", "scope", "on", "code")
        constraints = (
            models.CheckConstraint(condition=~Q(country=""), name="operation_of_a_country"),
            models.CheckConstraint(condition=Q(scope__in=(1, 2, 3)), name="operation_of_no_smaller_place"),
        )

    def __str__(self) -> str:
        return str(self.name)


class PublishedFigure(models.Model):
    """One number as it was published; never changed, only struck out, and no value is "not announced", not zero."""

    class Measure(models.IntegerChoices):
        TOTAL = 1, _("all")
        MEN = 2, _("men")
        WOMEN = 3, _("women")
        CHILDREN = 4, _("children")
        GIRLS = 5, _("girls")
        BOYS = 6, _("boys")

    class Bound(models.IntegerChoices):
        EXACT = 1, _("as it stands")
        AT_LEAST = 2, _("more than")
        ABOUT = 3, _("about")

    class Mark(models.TextChoices):
        FOUND = "F", _("found in a public source")
        KNOWN = "K", _("well known, not looked up")
        DERIVED = "D", _("worked out from found figures")

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="figures")
    measure = models.SmallIntegerField(_("who is counted"), choices=Measure.choices)
    value = models.PositiveIntegerField(_("number"), null=True, blank=True)
    bound = models.SmallIntegerField(_("how it is said"), choices=Bound.choices, default=Bound.EXACT)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    as_of_precision = models.SmallIntegerField(_("known to the"), choices=Precision.choices, default=Precision.DAY)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_on_precision = models.SmallIntegerField(
        _("known to the"), choices=Precision.choices, default=Precision.DAY
    )
    source = models.CharField(_("source"), max_length=400, blank=True, default="")
    quote = models.TextField(_("in its words"), blank=True, default="")
    language = models.CharField(_("language"), max_length=3, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    mark = models.CharField(_("how we know of it"), max_length=1, choices=Mark.choices, default=Mark.FOUND)
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now())
    struck_out = models.CharField(_("struck out because"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ("operation", "measure", "as_of", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(mark="F") | ~Q(source=""), name="figure_found_has_a_source"),
            models.CheckConstraint(condition=Q(value__isnull=False) | Q(bound=1), name="figure_not_announced_is_none"),
            models.UniqueConstraint(
                fields=("operation", "measure", "value", "as_of", "source"), condition=Q(struck_out=""),
                nulls_distinct=False, name="figure_recorded_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.operation} {self.get_measure_display()}"

    @property
    def said(self) -> str:
        """Return the number with what its source says of how exact it is; no number is "not announced"."""
        if self.value is None:
            return gettext("not announced")
        return {
            self.Bound.AT_LEAST: f">\N{NARROW NO-BREAK SPACE}{self.value}",
            self.Bound.ABOUT: f"~\N{NARROW NO-BREAK SPACE}{self.value}",
        }.get(self.Bound(self.bound), str(self.value))

    @property
    def as_of_said(self) -> str:
        """Return the day it stands for, as exactly as it is known."""
        return day_said(self.as_of, self.as_of_precision)

    @property
    def published_said(self) -> str:
        """Return the day it was published, as exactly as it is known."""
        return day_said(self.published_on, self.published_on_precision)

    @property
    def address(self) -> str:
        """Return the source as an address to open; empty where only a part of it is known."""
        return self.source if self.source.startswith("https://") and "…" not in self.source else ""
