"""How it is seen whether the plan works: indicators, where they began, and where they are to be."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.wordings import WordingField
from panoh.plan.models.tree import Area, Plan, PlanAction, state_code


def indicator_code() -> str:
    """Return a new code of an indicator."""
    return new_code("J")


def period_code() -> str:
    """Return a new code of a reporting period."""
    return new_code("H")


class Every(models.IntegerChoices):
    """How often something is reported."""

    QUARTER = 1, _("every quarter")
    HALF_YEAR = 2, _("every half-year")
    YEAR = 3, _("every year")


class Indicator(models.Model):
    """A measure of one action or area, with the rules by which its values are put together."""

    class Kind(models.IntegerChoices):
        OUTPUT = 1, _("output")
        OUTCOME = 2, _("outcome")
        IMPACT = 3, _("impact")
        PROCESS = 4, _("process")

    class Measure(models.IntegerChoices):
        UNIT = 1, _("a number")
        PERCENT = 2, _("percent")
        NOMINAL = 3, _("one of several words")
        ORDINAL = 4, _("a rank in words")
        QUALITATIVE = 5, _("a description")

    class Disclosure(models.IntegerChoices):
        COUNTRIES = 1, _("published for each country")
        TOTAL = 2, _("published for all countries together")
        INSIDE = 3, _("not published")

    class OverPeriods(models.IntegerChoices):
        SUM = 1, _("sum")
        LATEST = 2, _("the latest")
        AVERAGE = 3, _("average")
        MAX = 4, _("the highest")

    class OverCountries(models.IntegerChoices):
        SUM = 1, _("sum")
        AVERAGE = 2, _("average")
        RATIO = 3, _("sum of numerators by sum of denominators")
        NONE = 4, _("not put together")

    code = models.CharField(_("code"), max_length=12, unique=True, default=indicator_code)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="indicators")
    action = models.ForeignKey(PlanAction, models.PROTECT, null=True, blank=True, related_name="indicators")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="indicators")
    number = models.CharField(_("number"), max_length=16)
    text = WordingField(_("what is measured"))
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    measure = models.SmallIntegerField(_("measured as"), choices=Measure.choices)
    ascending = models.BooleanField(_("more is better"), default=True)
    unit = WordingField(_("unit"), blank=True)
    method = WordingField(_("how it is counted"), blank=True)
    verification = WordingField(_("means of verification"), blank=True)
    every = models.SmallIntegerField(_("how often"), choices=Every.choices, default=Every.YEAR)
    breakdowns = ArrayField(models.CharField(max_length=40), verbose_name=_("broken down by"), blank=True, default=list)
    disclosure = models.SmallIntegerField(_("disclosure"), choices=Disclosure.choices, default=Disclosure.COUNTRIES)
    over_periods = models.SmallIntegerField(
        _("across periods"), choices=OverPeriods.choices, default=OverPeriods.LATEST
    )
    over_countries = models.SmallIntegerField(
        _("across countries"), choices=OverCountries.choices, default=OverCountries.NONE
    )

    class Meta:
        ordering = ("plan", "number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="indicator_once"),
            models.CheckConstraint(
                condition=Q(action__isnull=True, area__isnull=False) | Q(action__isnull=False, area__isnull=True),
                name="indicator_of_an_action_or_an_area",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=(1, 2)) | Q(over_countries=4), name="only_numbers_are_put_together"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    @property
    def is_number(self) -> bool:
        """Tell whether its values are figures."""
        return self.measure in (self.Measure.UNIT, self.Measure.PERCENT)

    @property
    def is_ratio(self) -> bool:
        """Tell whether its values are reported as numerator and denominator."""
        return self.over_countries == self.OverCountries.RATIO

    @property
    def states(self) -> list[str]:
        """Return the states that report it."""
        return self.action.concerns if self.action else list(self.plan.states)


class Level(models.Model):
    """Where an indicator began, or where it is to be in a year; of one country, or of all together."""

    class Kind(models.IntegerChoices):
        BASELINE = 1, _("baseline")
        TARGET = 2, _("target")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="levels")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    country = state_code(blank=True, default="", help_text="Empty: all together.")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.DecimalField(
        _("figure"), max_digits=18, decimal_places=4, null=True, blank=True, help_text="Empty: there is no figure."
    )
    source = models.CharField(_("source"), max_length=400, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")

    class Meta:
        ordering = ("indicator", "kind", "country", "year")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "country"), condition=Q(kind=1), name="one_baseline"),
            models.UniqueConstraint(
                fields=("indicator", "country", "year"), condition=Q(kind=2), name="one_target_a_year"
            ),
            models.CheckConstraint(condition=Q(kind=1) | Q(number__isnull=False), name="target_is_a_figure"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.country} {self.year}"


class Period(models.Model):
    """A time that countries report on, for all indicators of one rhythm."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=period_code)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="periods")
    name = models.CharField(_("name"), max_length=40)
    every = models.SmallIntegerField(_("for what is reported"), choices=Every.choices, default=Every.YEAR)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    due = models.DateField(_("reports are due"))

    class Meta:
        ordering = ("plan", "starts", "every")
        constraints = (
            models.UniqueConstraint(fields=("plan", "every", "starts"), name="period_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="period_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(due__gte=F("ends")), name="reports_are_due_after_the_period"),
        )

    def __str__(self) -> str:
        return self.name
