"""Bodies, areas, groups of bodies, people, posts and the accounts that people sign in with."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang.law.documents import credit_code_is_valid

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class Level(models.TextChoices):
    """Levels of government, highest first."""

    NATION = "nation", _("国家")
    PROVINCE = "province", _("省（自治区、直辖市）")
    PREFECTURE = "prefecture", _("市（盟、州）")
    COUNTY = "county", _("县（旗、区）")
    TOWNSHIP = "township", _("乡镇（苏木、街道）")
    VILLAGE = "village", _("村（嘎查、社区）")


class Kind(models.TextChoices):
    """Kinds of body, as groups such as 旗直各部门 and 苏木镇 distinguish them."""

    GOVERNMENT = "government", _("人民政府")
    OFFICE = "office", _("政府办公室（政务公开主管部门）")
    DEPARTMENT = "department", _("政府部门")
    TOWN = "town", _("镇（乡）")
    SUMU = "sumu", _("苏木")
    SUBDISTRICT = "subdistrict", _("街道办事处")
    VILLAGE = "village", _("村（嘎查）")
    COMMUNITY = "community", _("社区")
    INSTITUTION = "institution", _("公共企事业单位")
    HEADQUARTERS = "headquarters", _("议事协调机构")


class Area(models.Model):
    """An administrative division, named by its division code (12 digits down to the village)."""

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    level = models.CharField(_("层级"), max_length=16, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name = verbose_name_plural = _("区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{6,12}$"), name="area_code_digits"),
        ]

    def __str__(self) -> str:
        return self.name


class ActiveQuerySet(models.QuerySet["Body"]):
    """Bodies by the days on which they existed."""

    def active(self, on: date) -> "ActiveQuerySet":
        """Bodies that existed on the day `on`."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))


class BodyManager(models.Manager["Body"]):
    """All bodies, and those of a day."""

    def get_queryset(self) -> ActiveQuerySet:
        """All bodies."""
        return ActiveQuerySet(self.model, using=self._db)

    def active(self, on: date) -> ActiveQuerySet:
        """Bodies that existed on the day `on`."""
        return self.get_queryset().active(on)


class Body(models.Model):
    """A government body or public institution that owes openness."""

    posts: "RelatedManager[Post]"
    get_kind_display: Callable[[], str]

    code = models.SlugField(_("机构代码"), max_length=64, unique=True)
    name = models.CharField(_("全称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind)
    level = models.CharField(_("层级"), max_length=16, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级机构")
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="bodies", verbose_name=_("区划"))
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    duties = models.TextField(_("主要职责"), blank=True)
    address = models.CharField(_("办公地址"), max_length=200, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=200, blank=True)
    openness_office = models.CharField(_("公开工作机构"), max_length=100, blank=True)
    openness_phone = models.CharField(_("公开工作电话"), max_length=40, blank=True)
    openness_email = models.EmailField(_("公开工作邮箱"), blank=True)
    starts_on = models.DateField(_("设立日期"), null=True, blank=True)
    ends_on = models.DateField(_("撤销日期"), null=True, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=1000)

    # A manager of one's own is what Django asks for; the stubs forbid it.
    objects: ClassVar[BodyManager] = BodyManager()  # pyright: ignore[reportIncompatibleVariableOverride]

    class Meta:
        verbose_name = verbose_name_plural = _("机构")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="body_credit_code_once",
                violation_error_message=_("该统一社会信用代码已登记在另一机构名下，请核对。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="body_days_in_order",
                violation_error_message=_("撤销日期不得早于设立日期。"),
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="body_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a credit code whose check digit fails (GB 32100-2015)."""
        if self.credit_code and not credit_code_is_valid(self.credit_code):
            raise ValidationError({"credit_code": _("统一社会信用代码校验位不符，请核对 18 位代码。")})


class Alias(models.Model):
    """Another name under which notices speak of a body (“教育局”, a name it had before)."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="aliases", verbose_name=_("机构"))
    name = models.CharField(_("别名"), max_length=120, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("机构别名")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A name that stands for several bodies: by kind and level (“旗直各部门”) or by a list of members."""

    code = models.SlugField(_("代码"), max_length=64, unique=True)
    name = models.CharField(_("名称"), max_length=100, unique=True)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    kinds = models.JSONField(_("按类别"), default=list, blank=True)
    level = models.CharField(_("按层级"), max_length=16, choices=Level, blank=True)
    members = models.ManyToManyField(Body, blank=True, related_name="groups", verbose_name=_("指定成员"))

    class Meta:
        verbose_name = verbose_name_plural = _("机构组")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Expansion(models.Model):
    """Which bodies a group stood for on a given day: made once, so that later changes do not move old duties."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="expansions")
    on = models.DateField(_("截至"))
    bodies = models.ManyToManyField(Body, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "on"], name="expansion_once_a_day")]

    def __str__(self) -> str:
        return f"{self.group} {self.on}"


class Person(models.Model):
    """Somebody who works in a body; nothing is kept but the name and how to reach them at work."""

    name = models.CharField(_("姓名"), max_length=60)
    work_phone = models.CharField(_("办公电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """An account to sign in with; what it may do follows from the posts its person holds."""

    last_name = None  # type: ignore[assignment]
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="user")
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)

    @property
    def first_name(self) -> str:  # type: ignore[override]
        """What Wagtail calls the user in its menu."""
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Name of the person behind the account, else the account's own name."""
        return self.person.name if self.person else self.username

    def get_short_name(self) -> str:
        """Same as the full name: Chinese names are not shortened."""
        return self.get_full_name()

    def __str__(self) -> str:
        return self.get_full_name()


class Role(models.TextChoices):
    """Posts that matter to openness work; each grants verbs (see `permissions`)."""

    PUBLISHER = "publisher", _("信息员（起草发布）")
    REVIEWER = "reviewer", _("审核员（科室审核）")
    APPROVER = "approver", _("签发人（单位负责人）")
    OFFICE = "office", _("政务公开办")
    POLICY_OFFICER = "policy_officer", _("政策专员")
    REQUEST_HANDLER = "request_handler", _("依申请公开经办人")
    MESSAGE_HANDLER = "message_handler", _("留言办理人")
    AUDITOR = "auditor", _("监督检查员")
    ADMIN = "admin", _("系统管理员")


class Post(models.Model):
    """A person's post in a body, from a day to a day."""

    body_id: int
    get_role_display: Callable[[], str]

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts", verbose_name=_("机构"))
    role = models.CharField(_("岗位"), max_length=20, choices=Role)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    starts_on = models.DateField(_("任职起"))
    ends_on = models.DateField(_("任职止"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("岗位")
        ordering = ["body", "role", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body", "role", "starts_on"],
                name="post_once",
                violation_error_message=_("该岗位已登记。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="post_days_in_order",
                violation_error_message=_("任职止不得早于任职起。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.body.short_name}"
