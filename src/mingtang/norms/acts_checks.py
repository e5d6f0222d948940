"""Whether an act on a norm can be: each contradiction in one Chinese line that names the document and the mend."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingtang.law import validity
from mingtang.law.validity import Standing
from mingtang.norms.clauses import lacking
from mingtang.norms.errors import Circular, NormsError, NotStanding, Refused
from mingtang.norms.models import ENDING, Act, ActKind, Norm
from mingtang.records.models import PUBLIC_STATES, Record

#: Acts that touch the whole document or nothing.
WHOLE_ONLY = (ActKind.REPLACED, ActKind.EXTENDED)


@dataclass(frozen=True)
class Proposed:
    """An act before it is recorded."""

    kind: ActKind
    effective_on: date
    by: Record | None
    by_title: str
    clauses: list[str]
    until: date | None
    reason: str

    @property
    def ends(self) -> bool:
        """Whether it ends the whole document."""
        return self.kind in ENDING and not self.clauses


def require_possible(norm: Norm, act: Proposed) -> None:
    """Raise what stands in the way of the act."""
    for check in CHECKS:
        check(norm, act)


def _is_public(norm: Norm, _act: Proposed) -> None:
    if norm.state not in PUBLIC_STATES:
        raise NotStanding(_("《%s》尚未发布或已撤下，不能登记效力行为。") % norm.title)


def _by_another(norm: Norm, act: Proposed) -> None:
    if act.by is not None and act.by.pk == norm.pk:
        raise Refused({"by": _("《%s》不能修改、废止或替代自己，请另选依据的文件。") % norm.title})
    if act.by is not None and act.by_title:
        raise Refused({"by_title": _("依据的文件已在库内选定，“库外依据”请留空。")})
    if act.kind == ActKind.REPLACED and act.by is None and not act.by_title:
        raise Refused({"by": _("“被替代”须写明由哪件文件替代。")})


def _form(norm: Norm, act: Proposed) -> None:
    if act.kind in WHOLE_ONLY and act.clauses:
        raise Refused({"clauses": _("“%s”针对全文，所涉条款请留空。") % act.kind.label})
    if act.kind == ActKind.EXTENDED:
        _extension(norm, act)
    elif act.until is not None:
        raise Refused({"until": _("只有“延长有效期”填写“延长至”。")})
    if missing := lacking(norm.text, act.clauses):
        raise Refused(
            {
                "clauses": _("《%(title)s》没有%(clause)s，请核对条款。")
                % {"title": norm.title, "clause": "、".join(missing)}
            }
        )


def _extension(norm: Norm, act: Proposed) -> None:
    life = norm.life()
    last = life[-1] if life else None
    term = last is not None and last.standing is Standing.LAPSED and last.act is None
    if act.until is None:
        raise Refused({"until": _("请填写“延长至”哪一天。")})
    if last is None or (not term and not last.standing.ended):
        raise Refused({"": _("《%s》没有载明有效期，不必延长。") % norm.title})
    if term and act.until < last.starts_on:
        raise Refused({"until": _("“延长至”须晚于现在的有效期，请核对日期。")})


def _days(norm: Norm, act: Proposed) -> None:
    made = norm.made_on or norm.effective_on
    if made is not None and act.effective_on < made:
        raise Refused(
            {
                "effective_on": _("日期矛盾：生效日期 %(day)s 早于《%(title)s》的成文日期 %(made)s，请核对。")
                % {"day": act.effective_on, "title": norm.title, "made": made}
            }
        )
    by_made = act.by.made_on if act.by else None
    if by_made is not None and act.effective_on < by_made:
        raise Refused(
            {
                "effective_on": _("日期矛盾：生效日期 %(day)s 早于依据的文件的成文日期 %(made)s，请核对。")
                % {"day": act.effective_on, "made": by_made}
            }
        )


def _stands(norm: Norm, act: Proposed) -> None:
    span = norm.stand(act.effective_on)
    if span is not None and span.standing.ended:
        raise NotStanding(
            _("《%(title)s》自 %(day)s 起%(standing)s，不能再登记“%(act)s”。")
            % {"title": norm.title, "day": span.starts_on, "standing": span.standing.label, "act": act.kind.label}
        )
    if span is not None and span.standing is Standing.NOT_YET and act.kind not in ENDING:
        raise NotStanding(
            _("《%(title)s》自 %(day)s 起施行，在此之前不能登记“%(act)s”。")
            % {"title": norm.title, "day": norm.effective_on, "act": act.kind.label}
        )


def _nothing_after(norm: Norm, act: Proposed) -> None:
    """An end before acts that are already recorded would make these acts on a document that binds no more."""
    if not act.ends:
        return
    later = [each for each in norm.standing_acts() if each.effective_on > act.effective_on]
    ended = next((each for each in norm.standing_acts() if each.kind in ENDING and each.whole), None)
    if ended is not None:
        raise NotStanding(
            _("《%(title)s》已登记自 %(day)s 起%(act)s，不能再次终止；登记有误请先撤销那条登记。")
            % {"title": norm.title, "day": ended.effective_on, "act": ended.get_kind_display()}
        )
    if later:
        raise Refused(
            {
                "effective_on": _("日期矛盾：《%(title)s》在 %(day)s 还有“%(act)s”的登记，不能在此之前终止。")
                % {"title": norm.title, "day": later[0].effective_on, "act": later[0].get_kind_display()}
            }
        )


def _by_stands(_norm: Norm, act: Proposed) -> None:
    """What is done by a document is done while that document binds."""
    by = Norm.objects.filter(pk=act.by.pk).first() if act.by else None
    span = by.stand(act.effective_on) if by else None
    if by is not None and span is not None and span.standing.ended:
        raise NotStanding(
            _("依据的文件《%(title)s》自 %(day)s 起%(standing)s，不能再据以%(act)s别的文件。")
            % {
                "title": by.title,
                "day": span.starts_on,
                "standing": span.standing.label,
                "act": validity.Kind(act.kind).label,
            }
        )


def _not_circular(norm: Norm, act: Proposed) -> None:
    if act.kind != ActKind.REPLACED or act.by is None:
        return
    seen, layer = {act.by.pk}, [act.by.pk]
    replaced = Act.objects.filter(kind=ActKind.REPLACED, voided_at=None, by__isnull=False)
    while layer:
        layer = [pk for pk in replaced.filter(norm__in=layer).values_list("by", flat=True) if pk not in seen]
        seen.update(layer)
    if norm.pk in seen:
        raise Circular(
            _("循环替代：《%(by)s》本身（直接或间接）被《%(title)s》替代，请核对先后关系。")
            % {"by": act.by.title, "title": norm.title}
        )


CHECKS: tuple[Callable[[Norm, Proposed], None], ...] = (
    _is_public, _by_another, _not_circular, _days, _stands, _nothing_after, _form, _by_stands,
)  # fmt: skip

__all__ = ["CHECKS", "NormsError", "Proposed", "require_possible"]
