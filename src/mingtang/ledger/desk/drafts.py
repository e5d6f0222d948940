"""Correcting a draft at the desk: overview with what is to be mended, each item beside its source, then issue."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingtang.bodies.queries import by_name
from mingtang.ledger import actions, measure, queries, readiness
from mingtang.ledger.desk.forms import SEPARATORS, AddForm, HeadForm, TaskForm
from mingtang.ledger.desk.serving import attempt, demand, screen, today, user_of
from mingtang.ledger.desk.source import marked
from mingtang.ledger.errors import Invalid, LedgerError, Stale
from mingtang.ledger.models import Item, Ledger, Task


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The head, the doubts of the reading, what must be mended before issue, and the way to each item."""
    ledger = _draft(request, pk)
    form = HeadForm.of(ledger)
    if request.method == "POST":
        form, answer = _overview_act(request, ledger)
        if answer is not None:
            return answer
    tasks = readiness.living_tasks(ledger)
    names = readiness.Names.of(tasks)
    labels = queries.directory(today()) if names.unknown else {}
    context = {
        "ledger": ledger, "form": form, "items": _items(ledger, tasks, names),
        "strangers": readiness.strangers(tasks, names, labels), "directory": list(dict.fromkeys(labels.values())),
        "problems": readiness.problems_of(ledger, tasks, names, timezone.now()), "tasks": len(tasks),
        "earlier": queries.earlier(ledger),
        "quotas": sum(len(task.quotas.all()) for task in tasks),
    }  # fmt: skip
    return screen(request, "draft.html", _("核对草稿"), context)


def item(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One item: its source with each task's sentence marked, beside the tasks that can be corrected."""
    ledger = _draft(request, pk)
    this = get_object_or_404(ledger.items.select_related("chapter"), number=number)
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(
            request,
            lambda: actions.add_task(
                this, data["text"], bodies=data["bodies"], actor=user_of(request), moment=timezone.now()
            ),
            _("已补充一条任务。"),
        )
        if done:
            return redirect(reverse("ledger:item", args=[pk, number]) + "#add")
    return _item_page(request, ledger, this, {}, form)


@require_POST
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Do something to one task: save, split, merge with the one before, delete, restore.

    A save that fails shows the item again with what was typed; a script that saves by itself gets JSON.
    """
    row = get_object_or_404(Task.objects.select_related("ledger", "item"), pk=pk)
    demand(request, "ledger.correct", row.ledger)
    do = request.POST.get("do", "save")
    by_itself = request.headers.get("X-Requested-With") == "save"
    if do == "save":
        return _save(request, row, by_itself)
    now = {"actor": user_of(request), "moment": timezone.now()}
    acts: dict[str, tuple[Any, str]] = {
        "split": (lambda: actions.split_task(row, request.POST.get("pieces", "").splitlines(), **now), _("已拆分。")),
        "merge": (lambda: actions.merge_tasks(_with_previous(row), **now), _("已与上一条合并。")),
        "delete": (lambda: actions.delete_task(row, **now), _("已删除，可在本页下方恢复。")),
        "restore": (lambda: actions.restore_task(row, **now), _("已恢复。")),
    }
    if do in acts:
        attempt(request, *acts[do])
    return redirect(_place(row))


def look_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the open tasks of the ledger before that are carried in."""
    ledger = _draft(request, pk)
    before = queries.earlier(ledger)
    candidates = list(queries.open_tasks(before)) if before else []
    if request.method == "POST" and before:
        chosen = set(request.POST.getlist("task"))
        tasks = [one for one in candidates if str(one.pk) in chosen]
        done = attempt(
            request,
            lambda: actions.carry(ledger, before, tasks, actor=user_of(request), moment=timezone.now()),
            _("已结转 %(number)s 项上年任务。") % {"number": len(tasks)},
        )
        if done:
            return redirect("ledger:draft", pk)
    carried = set(ledger.tasks.filter(origin=Task.Origin.CARRIED).values_list("carried_from", flat=True))
    context = {"ledger": ledger, "before": before, "candidates": candidates, "carried": carried}
    return screen(request, "look_back.html", _("回头看"), context, [_crumb(ledger)])


def accuracy(request: HttpRequest, pk: int) -> HttpResponse:
    """How good the reading was, and the corrections that show it."""
    ledger = get_object_or_404(queries.ledgers(user_of(request), on=today()), pk=pk)
    demand(request, "ledger.correct", ledger)
    corrections = ledger.corrections.select_related("made_by__person", "task").order_by("-made_at", "-pk")[:200]
    context = {"ledger": ledger, "scores": measure.measured(ledger), "corrections": corrections}
    return screen(request, "accuracy.html", _("抽取准确度"), context)


def _draft(request: HttpRequest, pk: int) -> Ledger:
    ledger = get_object_or_404(Ledger.objects.select_related("body", "source"), pk=pk, state=Ledger.State.DRAFT)
    demand(request, "ledger.correct", ledger)
    return ledger


def _crumb(ledger: Ledger) -> tuple[str, str]:
    return _("核对草稿"), reverse("ledger:draft", args=[ledger.pk])


def _overview_act(request: HttpRequest, ledger: Ledger) -> tuple[HeadForm, HttpResponse | None]:
    """Do what the overview's forms ask; the form with errors, or the page to go to."""
    now, do = {"actor": user_of(request), "moment": timezone.now()}, request.POST.get("do")
    here = redirect("ledger:draft", ledger.pk)
    if do == "head":
        form = HeadForm(request.POST)
        if not form.is_valid():
            return form, None
        done = attempt(request, lambda: actions.correct_head(ledger, form.change(), **now), _("文件信息已保存。"))
        return form, here if done else None
    name = request.POST.get("name", "")
    if do == "drop":
        attempt(request, lambda: actions.drop_name(ledger, name, **now), _("已从责任单位中去掉“%s”。") % name)
    elif do == "name":
        given = request.POST.get("by", "")
        by = [given] if by_name(given) else SEPARATORS.split(given)
        attempt(request, lambda: actions.replace_name(ledger, name, by, **now), _("“%s”已指明。") % name)
    elif do == "discard":
        if attempt(request, lambda: actions.discard(ledger, **now), _("草稿已作废。")):
            return HeadForm.of(ledger), redirect("ledger:index")
    elif do == "issue" and attempt(
        request, lambda: actions.issue(ledger, **now), _("已下发，各单位可以看到自己的任务。")
    ):
        return HeadForm.of(ledger), redirect("ledger:ledger", ledger.pk)
    return HeadForm.of(ledger), here


def _items(ledger: Ledger, tasks: list[Task], names: readiness.Names) -> list[dict[str, Any]]:
    """Each item with its tasks and whether something in it must be mended."""
    by_item: dict[int, list[Task]] = {}
    for one in tasks:
        by_item.setdefault(one.item_id, []).append(one)
    rows = []
    for this in ledger.items.select_related("chapter"):
        mine = by_item.get(this.pk, [])
        unknown = [name for one in mine for name in readiness.named_by(one) if name in names.unknown]
        nobody = sum(not one.bodies for one in mine)
        rows.append({"item": this, "tasks": mine, "unknown": list(dict.fromkeys(unknown)), "nobody": nobody})
    return rows


def _item_page(
    request: HttpRequest, ledger: Ledger, this: Item, bound: dict[int, TaskForm], form: AddForm, status: int = 200
) -> HttpResponse:
    tasks = list(this.tasks.prefetch_related("quotas").order_by("order", "pk"))
    living = [one for one in tasks if one.removed_at is None]
    numbers = list(ledger.items.values_list("number", flat=True))
    place = numbers.index(this.number)
    context = {
        "ledger": ledger, "item": this, "source": marked(ledger.text, this, living), "add": form,
        "rows": [{"task": one, "form": bound.get(one.pk) or TaskForm.of(one)} for one in living],
        "removed": [one for one in tasks if one.removed_at is not None],
        "previous": numbers[place - 1] if place else None,
        "next": numbers[place + 1] if place + 1 < len(numbers) else None,
    }  # fmt: skip
    title = _("第%(number)s项　%(title)s") % {"number": this.number, "title": this.title}
    return screen(request, "draft_item.html", title, context, [_crumb(ledger)], status=status)


def _save(request: HttpRequest, row: Task, by_itself: bool) -> HttpResponse:
    form = TaskForm(request.POST, task=row, prefix=f"t{row.pk}")
    if form.is_valid():
        try:
            saved = actions.correct_task(
                row, form.change(), version=form.cleaned_data["version"], actor=user_of(request), moment=timezone.now()
            )
        except LedgerError as error:
            form.add_error(
                error.field if isinstance(error, Invalid) and error.field in form.fields else None, str(error)
            )
            if isinstance(error, Stale):
                form.data = form.data.copy()
                form.data[form.add_prefix("version")] = str(Task.objects.get(pk=row.pk).version)
        else:
            if by_itself:
                return JsonResponse({"version": saved.version, "at": f"{timezone.localtime():%H:%M}"})
            messages.success(request, _("已保存。"))
            return redirect(_place(row))
    if by_itself:
        return JsonResponse({"problems": [str(line) for lines in form.errors.values() for line in lines]}, status=422)
    return _item_page(request, row.ledger, row.item, {row.pk: form}, AddForm(), status=422)


def _with_previous(row: Task) -> list[Task]:
    """The task and the living one before it in the same item."""
    before = row.item.tasks.filter(removed_at=None).exclude(pk=row.pk)
    earlier = [one for one in before if (one.order, one.pk) < (row.order, row.pk)]
    return [*earlier[-1:], row]


def _place(row: Task) -> str:
    return reverse("ledger:item", args=[row.ledger_id, row.item.number]) + f"#task-{row.pk}"
