"""Measures how well the tests of `mingtang.law` notice wrong code: changes one place at a time and runs the tests.

    python scripts/mutate.py [module …]      modules of mingtang.law, such as fees or clock.run; default: all

Each change is made in memory: a forked process, which has pytest loaded but nothing of the law room, finds the
changed module instead of the file and runs that module's tests up to the first failure. A change that no test notices
is listed. Exit status 1 when fewer than nine in ten are noticed in one of the modules.
"""

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import chinese_calendar  # noqa: F401 - loaded once, before the forks
import holidays  # noqa: F401
import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
LAW = ROOT / "src" / "mingtang" / "law"
ENOUGH = 0.9
SECONDS = 25
CLOCK_TESTS = ["test_clock.py", "test_clock_standing.py", "test_clock_reading.py", "test_clock_command.py"]
#: Module → its tests, the fastest first.
TESTS = {
    "calendar": ["test_calendar.py", "test_workdays_command.py"],
    "added_years": ["test_added_years.py"],
    "receipt": ["test_receipt.py"],
    "requests": ["test_requests.py"],
    "fees": ["test_fees.py", "test_fees_command.py"],
    "clock.counting": [*CLOCK_TESTS, "test_clock_properties.py"],
    "clock.events": [*CLOCK_TESTS, "test_clock_properties.py"],
    "clock.run": [*CLOCK_TESTS, "test_clock_properties.py"],
    "clock.fold": [*CLOCK_TESTS, "test_clock_properties.py"],
    "clock.standing": [*CLOCK_TESTS, "test_clock_properties.py"],
    "clock.reading": ["test_clock_reading.py", "test_clock_command.py"],
    "publication": ["test_publication.py"],
    "ledger": ["test_ledger.py"],
    "documents": ["test_documents.py"],
    "rules": ["test_instruments.py", "test_publication.py", "test_clock.py"],
    "reading": ["test_instruments.py"],
    "toml_table": ["test_instruments.py", "test_added_years.py"],
}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One changed module: where and how it was changed, and its code."""

    line: int
    change: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every change of a module, one at a time; annotations, docstrings and texts are left alone."""
    original = ast.parse(source)
    decoration = {id(part) for node in ast.walk(original) for each in decorators(node) for part in ast.walk(each)}
    for number, node in enumerate(ast.walk(original)):
        if id(node) in decoration:
            continue
        for change, alter in alterations(node):
            tree = copy.deepcopy(original)
            alter(next(each for place, each in enumerate(ast.walk(tree)) if place == number))
            yield Mutant(getattr(node, "lineno", 0), change, ast.fix_missing_locations(tree))


def decorators(node: ast.AST) -> list[ast.expr]:
    """The decorators of a class or function: whether a value is frozen is no behaviour that a result shows."""
    return getattr(node, "decorator_list", [])


def alterations(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """The ways to change one node in place, each with its name."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                other = COMPARISONS[type(operator)]
                yield f"{type(operator).__name__} → {other.__name__}", set_item("ops", place, other())
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            other = ARITHMETIC[type(node.op)]
            yield f"{type(node.op).__name__} → {other.__name__}", set_field("op", other())
        case ast.AugAssign() if type(node.op) in ARITHMETIC:
            yield "augmented → plain opposite", set_field("op", ARITHMETIC[type(node.op)]())
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "and ↔ or", set_field("op", other)
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", set_field("op", ast.Not(), wrap=True)
        case ast.UnaryOp(op=ast.USub()):
            yield "minus dropped", set_field("op", ast.UAdd())
        case ast.Constant(value=bool()):
            yield f"{node.value} flipped", set_field("value", not node.value)
        case ast.Constant(value=int()):
            yield f"{node.value} → {node.value + 1}", set_field("value", node.value + 1)
        case ast.If() | ast.IfExp():
            yield "condition always true", set_field("test", ast.Constant(True))
            yield "condition always false", set_field("test", ast.Constant(False))
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield f"{name} → {NAMES[name]}", set_field("id", NAMES[name])
        case ast.Return(value=ast.expr()) if not is_none(node.value):
            yield "returns None", set_field("value", ast.Constant(None))
        case ast.Continue() | ast.Break():
            pass
        case _:
            yield from deletions(node)


def deletions(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """Leaving out one statement of a body: a call, an assignment to an attribute, a break or a continue."""
    for name in ("body", "orelse"):
        statements = getattr(node, name, None)
        if not isinstance(statements, list) or isinstance(node, ast.ClassDef | ast.Module):
            continue
        for place, statement in enumerate(statements):
            call = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call | ast.YieldFrom)
            stored = isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Attribute)
            if call or stored or isinstance(statement, ast.Continue | ast.Break):
                yield f"line {statement.lineno} left out", set_item(name, place, ast.Pass())


def is_none(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def set_field(name: str, value: object, *, wrap: bool = False) -> Callable[[ast.AST], None]:
    """Put a value into a field; `wrap` negates the operand instead, so that two nots undo each other."""

    def alter(node: ast.AST) -> None:
        if wrap and isinstance(node, ast.UnaryOp):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        else:
            setattr(node, name, value)

    return alter


def set_item(name: str, place: int, value: ast.AST) -> Callable[[ast.AST], None]:
    def alter(node: ast.AST) -> None:
        getattr(node, name)[place] = value

    return alter


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module as changed code instead of its file."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def is_noticed(name: str, path: Path, tree: ast.Module, tests: list[str]) -> bool:
    """Whether the tests fail, or do not end in time, with the changed module; runs them in a forked process."""
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.insert(0, Changed(name, path, tree))
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        files = [str(ROOT / "tests" / "law" / test) for test in tests]
        plain = ["-x", "-q", "--noconftest", "-p", "no:django", "-p", "no:cacheprovider", "-o", "filterwarnings="]
        os._exit(min(int(pytest.main([*plain, *files])), 1))
    return wait(child) != 0


def wait(child: int) -> int:
    """The exit status of a process; 1 when it was ended for taking too long."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return 1


def measure(module: str) -> tuple[int, int]:
    """How many changes of a module were made, and how many noticed; lists the others."""
    path = LAW.joinpath(*module.split(".")).with_suffix(".py")
    name = f"mingtang.law.{module}"
    source = path.read_text(encoding="utf-8")
    if is_noticed(name, path, ast.parse(source), TESTS[module]):
        sys.exit(f"{module}: its tests fail without any change")
    made = noticed = 0
    for mutant in mutants(source):
        made += 1
        if is_noticed(name, path, mutant.tree, TESTS[module]):
            noticed += 1
        else:
            sys.stdout.write(f"  {module}:{mutant.line} {mutant.change}\n")
            sys.stdout.flush()
    return made, noticed


def main(modules: list[str]) -> int:
    hypothesis.settings.register_profile("mutation", max_examples=40, derandomize=True, database=None, deadline=None)
    hypothesis.settings.load_profile("mutation")
    scores = {module: measure(module) for module in modules or TESTS}
    for module, (made, noticed) in scores.items():
        sys.stdout.write(f"{module:16} {noticed:4} of {made:4} noticed  {noticed / max(made, 1):6.1%}\n")
    made, noticed = (sum(score[place] for score in scores.values()) for place in (0, 1))
    sys.stdout.write(f"{'all':16} {noticed:4} of {made:4} noticed  {noticed / max(made, 1):6.1%}\n")
    return int(any(noticed < ENOUGH * made for made, noticed in scores.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
