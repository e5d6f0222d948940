"""The event stream, the places up to which its readers have read it, and the transparency log's leaves and heads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One act, written in the transaction of the act itself and never changed: the database refuses it.

    Things, bodies and actors are named by reference (`records.record:15`, a body's code, `user:3`), so the stream
    needs no other table to be read, holds no personal data and outlives what it speaks of. `seq` has no gaps, and
    `digest` covers the content and the digest before it: a removed or altered row breaks the chain.
    """

    seq = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    moment = models.DateTimeField(_("时刻"))
    verb = models.CharField(_("行为"), max_length=64)
    thing = models.CharField(_("对象"), max_length=128)
    body = models.CharField(_("机构代码"), max_length=64, blank=True)
    actor = models.CharField(_("行为人"), max_length=64)
    basis = models.JSONField(_("依据"), default=list)
    before = models.CharField(_("此前摘要"), max_length=64, blank=True)
    after = models.CharField(_("此后摘要"), max_length=64, blank=True)
    data = models.JSONField(_("事实"), default=dict)
    digest = models.CharField(_("链摘要"), max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("事件")
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["thing", "seq"], name="trace_thing"),
            models.Index(fields=["verb", "moment"], name="trace_verb"),
            models.Index(fields=["body", "moment"], name="trace_body"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.thing}"


class Head(models.Model):
    """The end of the stream: one row that every writer locks, which puts events in one order without gaps."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trace_one_head")]


class Cursor(models.Model):
    """How far a named reader of the stream has come; moved in the transaction of what the reader wrote."""

    reader = models.CharField(max_length=64, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)


class LogLeaf(models.Model):
    """One leaf of the transparency log: the public act of one event, as the log hashes it; never changed or removed.

    `index` has no gaps and follows the order of the events; the files of the log are derived from these rows.
    """

    index = models.PositiveBigIntegerField(_("编号"), primary_key=True)
    event_seq = models.PositiveBigIntegerField(_("事件序号"), unique=True)
    entry = models.BinaryField(_("条目"))

    class Meta:
        verbose_name = verbose_name_plural = _("透明日志条目")
        ordering = ["index"]

    def __str__(self) -> str:
        return f"{self.index} ← {self.event_seq}"


class LogHead(models.Model):
    """A checkpoint that the log signed, kept so that a leaf's proof is the same for ever: the one against the first
    checkpoint that covered it."""

    size = models.PositiveBigIntegerField(_("条目数"), primary_key=True)
    note = models.TextField(_("检查点"))

    class Meta:
        verbose_name = verbose_name_plural = _("透明日志检查点")
        ordering = ["size"]

    def __str__(self) -> str:
        return str(self.size)
