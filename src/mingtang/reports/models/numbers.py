"""Numbers that do not come by counting: imported, corrected, left out as counted twice, taken in from other reports."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.law.annual.written import place_of
from mingtang.reports.models.report import AnnualReport

TABLES = [("norms", _("表一")), ("requests", _("表二")), ("disputes", _("表三"))]
#: Numbers are counts, or charges in 万元 down to the cent.
MOST, PLACES = 16, 6


class Place(models.Model):
    """A cell of a report's tables, by the codes of `law.annual.schema`."""

    table = models.CharField(_("表"), max_length=10, choices=TABLES)
    row = models.CharField(_("行"), max_length=40)
    column = models.CharField(_("列"), max_length=40)

    class Meta:
        abstract = True

    @property
    def place(self) -> tuple[str, str, str]:
        """Table, row and column."""
        return self.table, self.row, self.column

    @property
    def called(self) -> str:
        """The cell in the words of the form."""
        return place_of(self.table, self.row, self.column)


class Import(models.Model):
    """A file of numbers from a system outside: which system, which file, who brought it and when."""

    year = models.PositiveSmallIntegerField(_("年度"))
    system = models.CharField(_("来源系统"), max_length=80)
    file_name = models.CharField(_("文件"), max_length=200)
    digest = models.CharField(_("文件摘要"), max_length=64)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("导入时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("数据导入")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.system} {self.file_name}"


class ImportedNumber(Place):
    """One number of an import for one report; the one imported last counts, the earlier ones stay."""

    report_id: int
    batch_id: int

    batch = models.ForeignKey(Import, models.PROTECT, related_name="numbers")
    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="numbers")
    value = models.DecimalField(_("数值"), max_digits=MOST, decimal_places=PLACES)
    line = models.PositiveIntegerField(_("文件行号"))

    class Meta(Place.Meta):
        verbose_name = verbose_name_plural = _("导入的数据")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "report", "table", "row", "column"], name="annual_number_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="annual_number_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.called} {self.value}"


class Correction(Place):
    """A number typed in place of the counted one, with its reason; rows are only ever added.

    `lifts` takes the last correction of the cell back: the counted number holds again. `after` is the edition that
    was before the public when the number was corrected, 0 when none was.
    """

    report_id: int

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="corrections")
    old = models.DecimalField(_("原数"), null=True, max_digits=MOST, decimal_places=PLACES)
    new = models.DecimalField(_("更正为"), max_digits=MOST, decimal_places=PLACES)
    reason = models.CharField(_("原因"), max_length=200)
    lifts = models.BooleanField(_("恢复统计数"), default=False)
    after = models.PositiveSmallIntegerField(_("更正的版次"), default=0)
    made_at = models.DateTimeField(_("更正时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(Place.Meta):
        verbose_name = verbose_name_plural = _("数据更正")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="annual_correction_has_reason"),
            models.CheckConstraint(condition=Q(new__gte=0), name="annual_correction_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.called} {self.old} → {self.new}"


class Inclusion(models.Model):
    """A body's report taken into the government's: its numbers as they were that day."""

    report_id: int
    member_id: int

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="included")
    member = models.ForeignKey(AnnualReport, models.PROTECT, related_name="included_in")
    tables = models.JSONField(_("数据"))
    digest = models.CharField(_("数据摘要"), max_length=64)
    made_at = models.DateTimeField(_("汇总时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("纳入汇总的报告")
        ordering = ["member__body__order", "member__body__code"]
        constraints = [
            models.UniqueConstraint(fields=["report", "member"], name="annual_inclusion_once"),
            models.CheckConstraint(condition=~Q(report=models.F("member")), name="annual_inclusion_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.report}"


class Exclusion(Place):
    """What the government's report leaves out of the sum because two bodies counted it; found or entered by hand."""

    report_id: int

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="exclusions")
    number = models.DecimalField(_("扣除"), max_digits=MOST, decimal_places=PLACES)
    reason = models.CharField(_("原因"), max_length=200)
    bodies = models.ManyToManyField(Body, related_name="+", verbose_name=_("涉及机关"))
    automatic = models.BooleanField(_("按规则自动扣除"), default=False)
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(Place.Meta):
        verbose_name = verbose_name_plural = _("重复统计扣除")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="annual_exclusion_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="annual_exclusion_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.called} −{self.number}"
