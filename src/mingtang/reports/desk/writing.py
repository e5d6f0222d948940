"""Writing a report: the chapters with the check beside them, the problems and what became of last year's, imports."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingtang.law.annual.facts import Facts
from mingtang.law.annual.narrating import prompts
from mingtang.law.annual.schema import CHAPTERS
from mingtang.law.annual.written import chapter_title
from mingtang.reports import actions, queries
from mingtang.reports.desk.forms import EarlierForm, FollowUpForm, ImportForm, ProblemForm, TextForm
from mingtang.reports.desk.serving import acting, attempt, crumb_of, demand, screen, the_report, today
from mingtang.reports.desk.show import frame
from mingtang.reports.errors import FileRefused, Invalid, ReportsError, Stale
from mingtang.reports.models import AnnualReport, Problem


def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """All chapters to read, each with the way to its editor; the facts that belong into them beside."""
    own = the_report(request, pk)
    value = queries.written(own, on=today())
    context = frame(request, own, "texts") | {
        "chapters": [(chapter, sum(map(len, chapter.paragraphs))) for chapter in value.chapters], "value": value,
        "empty": any(not chapter.paragraphs for chapter in value.chapters),
    }  # fmt: skip
    return screen(request, "texts.html", _("正文"), context, [crumb_of(own)])


@require_POST
def narrate(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a first draft written into the chapters that are still empty."""
    own = the_report(request, pk)
    done = _("初稿已写入空着的部分：数字随表格变化，请逐段核对、补写。")
    attempt(request, lambda: actions.narrate(own, **acting(request)), done)
    return redirect("reports:texts", pk)


def text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The editor of a chapter; what somebody else wrote meanwhile is shown, and what one typed is kept."""
    own = the_report(request, pk)
    if number not in {known for known, _title, _pattern in CHAPTERS}:
        raise Http404
    demand(request, "reports.fill", own)
    kept = queries.text_of(own, number)
    first = {"version": kept.version if kept else 0, "text": kept.text if kept else ""}
    form = TextForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and _kept(request, own, number, form):
        return redirect("reports:text", pk, number)
    value = queries.written(own, on=today())
    facts = Facts(value)
    context = frame(request, own, "texts") | {
        "form": form, "number": number, "heading": chapter_title(number), "kept": kept, "value": value,
        "prompts": [each.text for each in prompts(value) if each.chapter == number],
        "names": [(name, facts.fill(f"{{{name}}}")) for name in facts.names()],
        "reads": value.chapter(number).paragraphs if kept and "{" in kept.text else (),
        "others": [(n, chapter_title(n), reverse("reports:text", args=[pk, n])) for n, _t, _p in CHAPTERS],
    }  # fmt: skip
    context["near"] = [each for each in context["findings"] if _is_near(each.where, number)]
    crumbs = [crumb_of(own), (_("正文"), reverse("reports:texts", args=[pk]))]
    return screen(request, "text.html", chapter_title(number), context, crumbs, status=422 if form.errors else 200)


def _is_near(where: str, number: int) -> bool:
    """Whether a finding is about the chapter, or about the narrative as a whole."""
    return where in ("正文", "全文") or where == f"第{'一二三四五六'[number - 1]}部分" or chapter_title(number) in where


def _kept(request: HttpRequest, own: AnnualReport, number: int, form: TextForm) -> bool:
    data = form.cleaned_data
    try:
        actions.write_text(own, number, data["text"], version=data["version"], **acting(request))
    except Stale as error:
        form.add_error("text", str(error))
        now = queries.text_of(own, number)
        form.data = form.data.copy()
        form.data["version"] = str(now.version if now else 0)  # pyright: ignore[reportIndexIssue]  # a copy may be set
        return False
    except ReportsError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("已保存，并重新校核。"))
    return True


def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """This year's problems with their measures, and last year's with what became of them."""
    own = the_report(request, pk)
    context = frame(request, own, "problems")
    fillable = context["fillable"]
    waiting = queries.unanswered_problems(own)
    form, earlier = _problem_forms(request, own)
    if request.method == "POST" and fillable and _followed(request, own, form, earlier):
        return redirect("reports:problems", pk)
    none = Problem.objects.none()
    context |= {
        "form": form, "earlier": earlier, "problems": list(own.problems.all()),
        "follow_ups": list(own.follow_ups.all()),
        "waiting": [
            (each, FollowUpForm(initial={"problem": each.pk}, problems=none, auto_id=f"p{each.pk}-%s"))
            for each in waiting
        ],
        "before": queries.of_year(own, own.year - 1),
    }  # fmt: skip
    return screen(request, "problems.html", _("问题与整改"), context, [crumb_of(own)])


def _problem_forms(request: HttpRequest, own: AnnualReport) -> tuple[ProblemForm, FollowUpForm]:
    """The form for a new problem, and that for a problem of last year; the one that was sent is bound."""
    do = request.POST.get("do", "")
    former = Problem.objects.filter(report__body=own.body_id, report__year=own.year - 1)
    kind = FollowUpForm if do == "follow" else EarlierForm
    earlier = kind(request.POST if do in ("follow", "earlier") else None, problems=former, auto_id="earlier-%s")
    return ProblemForm(request.POST if do == "problem" else None), earlier


def _followed(request: HttpRequest, own: AnnualReport, form: ProblemForm, earlier: FollowUpForm) -> bool:
    if form.is_bound and form.is_valid():
        return attempt(
            request, lambda: actions.save_problem(own, **form.cleaned_data, **acting(request)), _("已保存。")
        )  # fmt: skip
    if earlier.is_bound and earlier.is_valid():
        return attempt(
            request, lambda: actions.follow_up(own, **earlier.cleaned_data, **acting(request)), _("已保存。")
        )  # fmt: skip
    return False


@require_POST
def drop_problem(request: HttpRequest, pk: int, problem: int) -> HttpResponse:
    """Take a problem out."""
    own = the_report(request, pk)
    row = own.problems.filter(pk=problem).first()
    if row is None:
        raise Http404
    attempt(request, lambda: actions.drop_problem(row, **acting(request)), _("已删除。"))
    return redirect("reports:problems", pk)


def import_numbers(request: HttpRequest, year: int) -> HttpResponse:
    """Take in a file of numbers for one or many bodies; a file with a fault is not taken at all."""
    demand(request, "reports.fill")
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    refused: tuple[str, ...] = ()
    if sent and form.is_valid():
        try:
            batch = _taken(request, year, form.cleaned_data)
        except FileRefused as error:
            refused = error.problems
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            many = batch.numbers.count()
            messages.success(request, _("已导入 %(many)d 个数据，来源、文件和导入人都已记录。") % {"many": many})
            return redirect(f"{reverse('reports:board')}?year={year}")
    context: dict[str, Any] = {"form": form, "year": year, "refused": refused}
    failed = bool(refused or (sent and form.errors))
    return screen(request, "import.html", _("导入业务数据"), context, status=422 if failed else 200)


def _taken(request: HttpRequest, year: int, data: dict[str, Any]) -> Any:
    file = data["file"]
    return actions.import_numbers(
        file.read(), file.name or "", year=year, system=data["system"], note=data["note"], **acting(request)
    )
