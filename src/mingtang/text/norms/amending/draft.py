"""A document while it is being amended: its parts as nodes that remember where they stood before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingtang.text.norms.amending.nodes import (
    Node,
    Unapplied,
    attachment_of,
    count_through,
    node_of,
    numbers_in,
    part_of,
    place_below,
    read_as,
    take_place,
    with_items,
)
from mingtang.text.norms.amending.operations import Change, Operation
from mingtang.text.norms.structure.address import addresses_in, find
from mingtang.text.norms.structure.parts import Kind, Number, Structure, article_label, citation, number_id
from mingtang.text.numerals import to_int

_UNITS = {"条": Kind.ARTICLE, "款": Kind.PARAGRAPH, "项": Kind.ITEM}


@dataclass(frozen=True, slots=True)
class Done:
    """What an order did at one place; `origin` is the article it concerns, `whole` that the article itself went."""

    origin: str
    where: str
    before: str
    after: str
    whole: bool = False


@dataclass(slots=True)
class Finished:
    structure: Structure
    #: address before (or the mark of a new article) → address now
    addresses: dict[str, str]
    notes: list[str] = field(default_factory=list[str])
    wrong: list[tuple[Operation, str]] = field(default_factory=list[tuple[Operation, str]])


class Draft:
    """The working copy of a structure."""

    def __init__(self, structure: Structure) -> None:
        self._before = structure
        self._preamble = list(structure.preamble)
        self._root = Node(Kind.BOOK, (), "", "", "", [node_of(part) for part in structure.body])
        self._attached = [(a, [node_of(part) for part in a.body]) for a in structure.attachments]
        self._renumbered: list[tuple[Operation, Node, Number]] = []
        self._new = 0

    def perform(self, operation: Operation, *, renumbers: bool) -> list[Done]:
        """Do what an order says; raises `Unapplied`, with nothing changed, when it cannot be done exactly."""
        match operation.change:
            case Change.TITLE:
                return self._title(operation)
            case Change.WORDS | Change.DROP_WORDS | Change.ADD_WORDS:
                return self._words(operation)
            case Change.REPLACE:
                return self._replace(operation)
            case Change.DELETE:
                return [self._delete(node, operation) for node in self._targets(operation.where)]
            case Change.RENUMBER:
                return self._renumber(operation)
            case _:
                return self._insert(operation, renumbers)

    # ── where ──────────────────────────────────────────────────────────────────────────────────────────────
    def _all(self) -> Iterator[Node]:
        yield from (node for node in self._root.walk() if node is not self._root)
        for _, nodes in self._attached:
            for node in nodes:
                yield from node.walk()

    def _targets(self, where: str) -> list[Node]:
        found = find(self._before, where)
        if found.problems:
            raise Unapplied(found.problems[0])
        nodes = {node.origin: node for node in self._all() if node.origin}
        missing = [part for part in found.parts if part.id not in nodes]
        if missing:
            raise Unapplied(f"{citation(self._before, missing[0].id)}已被本决定的另一条删去或改写。")
        return [nodes[part.id] for part in found.parts]

    def _holder(self, node: Node) -> Node | list[Node]:
        for _, nodes in self._attached:
            if node in nodes:
                return nodes
        return next(one for one in (self._root, *self._all()) if node in one.children)

    def _siblings(self, node: Node) -> list[Node]:
        holder = self._holder(node)
        return holder if isinstance(holder, list) else holder.children

    def _clause(self, node: Node) -> str:
        """The address of the article (or first-level part) a node stands in."""
        for top in (one for one in self._all() if one.kind in (Kind.ARTICLE, Kind.FIRST)):
            if node in top.walk():
                return top.origin
        return node.origin

    def _cited(self, node: Node) -> str:
        return citation(self._before, node.origin) if self._before.part(node.origin) else node.label

    # ── what ───────────────────────────────────────────────────────────────────────────────────────────────
    def _title(self, operation: Operation) -> list[Done]:
        """The heading of the rule: the last line before the first part that is a title."""
        for at in range(len(self._preamble) - 1, -1, -1):
            line = self._preamble[at]
            if re.search(r"(?:办法|规定|细则|规则|条例|规程|意见|标准|制度|方案|措施)(?:（[^（）]+）)?$", line):
                self._preamble[at] = operation.text
                return [Done("", "标题", line, operation.text)]
        raise Unapplied("正文前没有找到标题，请人工修改。")

    def _words(self, operation: Operation) -> list[Done]:
        scope = self._targets(operation.where) if operation.where else [*self._root.children]
        nodes = [node for one in scope for node in one.walk() if operation.old in node.text + node.heading]
        count = sum((node.text + node.heading).count(operation.old) for node in nodes)
        place = operation.where or "正文"
        if not count:
            raise Unapplied(f"{place}里没有“{operation.old}”这几个字。")
        if operation.change is Change.ADD_WORDS and count > 1:
            raise Unapplied(f"{place}里“{operation.old}”出现 {count} 次，没有写明是哪一处。")
        new = {Change.WORDS: operation.text, Change.DROP_WORDS: ""}.get(
            operation.change, operation.old + operation.text
        )
        done: list[Done] = []
        for node in nodes:
            before = node.printed
            node.text = node.text.replace(operation.old, new)
            node.heading = node.heading.replace(operation.old, new)
            done.append(Done(self._clause(node), self._cited(node), before, node.printed))
        return done

    def _replace(self, operation: Operation) -> list[Done]:
        targets = self._targets(operation.where)
        if len(targets) > 1:
            return self._replace_many(targets, operation)
        node = targets[0]
        before, where, clause = node.printed, self._cited(node), self._clause(node)
        news = read_as(operation.text, node.kind, node.number)
        siblings = self._siblings(node)
        at = siblings.index(node)
        news[0].origin = node.origin
        news[0].number, news[0].label = node.number, node.label or news[0].label
        if node.kind.container:
            news[0].children = node.children
        siblings[at : at + 1] = news
        return [Done(clause, where, before, "\n".join(one.printed for one in news))]

    def _replace_many(self, targets: Sequence[Node], operation: Operation) -> list[Done]:
        """Several clauses rewritten at once: one new wording for each, or all merged into the first."""
        news = read_as(operation.text, targets[0].kind, targets[0].number)
        if len(news) not in (1, len(targets)):
            raise Unapplied(f"点名修改 {len(targets)} 处，引文却有 {len(news)} 处，对不上。")
        done: list[Done] = []
        for at, node in enumerate(targets):
            before, where, clause, siblings = node.printed, self._cited(node), self._clause(node), self._siblings(node)
            here = siblings.index(node)
            if at < len(news):
                news[at].origin, news[at].number, news[at].label = node.origin, node.number, node.label
                siblings[here] = news[at]
                done.append(Done(clause, where, before, news[at].printed))
            else:
                del siblings[here]
                done.append(Done(clause, where, before, "", whole=node.kind is Kind.ARTICLE))
        return done

    def _delete(self, node: Node, operation: Operation) -> Done:
        before, where, clause = node.printed, self._cited(node), self._clause(node)
        self._siblings(node).remove(node)
        whole = node.kind is Kind.ARTICLE or node.kind is Kind.FIRST or node.kind.container
        return Done("" if whole else clause, where, before, "", whole=whole)

    def _renumber(self, operation: Operation) -> list[Done]:
        nodes = self._targets(operation.where)
        numbers = numbers_in(operation.to)
        if len(numbers) != len(nodes):
            raise Unapplied(f"“{operation.where}”与“{operation.to}”条数不同。")
        for node, number in zip(nodes, numbers, strict=True):
            if node.kind is not Kind.ARTICLE:
                raise Unapplied("只能给条改序号；款、项的序号随内容变动。")
            self._renumbered.append((operation, node, number))
        return [Done(node.origin, self._cited(node), node.label, operation.to) for node in nodes]

    def _insert(self, operation: Operation, renumbers: bool) -> list[Done]:
        kind = _UNITS[operation.unit]
        if kind is Kind.ARTICLE:
            return self._insert_articles(operation, renumbers)
        if not operation.where:
            raise Unapplied(f"没有写明在哪一条增加{operation.unit}。")
        holder = self._targets(operation.where)[0]
        news = read_as(operation.text, kind, (1,))
        numbers = numbers_in(operation.to)
        if kind is Kind.ITEM and holder.kind in (Kind.ARTICLE, Kind.FIRST):
            holder = with_items(holder)
        if operation.after:
            siblings = self._siblings(holder)
            at = siblings.index(holder) + 1
        else:
            siblings = holder.children
            at = place_below(siblings, kind, numbers[0] if numbers else ())
        if kind is Kind.ITEM:
            take_place(siblings, at, news, numbers)
        siblings[at:at] = news
        clause = self._clause(holder)
        return [Done(clause, self._cited(holder), "", "\n".join(one.printed for one in news))]

    def _insert_articles(self, operation: Operation, renumbers: bool) -> list[Done]:
        numbers = numbers_in(operation.to)
        news = read_as(operation.text, Kind.ARTICLE, numbers[0] if numbers else (0,))
        if numbers and len(numbers) != len(news):
            raise Unapplied(f"“{operation.to}”是 {len(numbers)} 条，引文却有 {len(news)} 条。")
        order = [node for node in self._root.walk() if node.kind is Kind.ARTICLE]
        before = self._before_new(operation, order, numbers, renumbers)
        if not numbers:
            numbers = [(before.number[0] + n,) for n in range(1, len(news) + 1)] if before else []
            if not renumbers:
                raise Unapplied("没有写明作为第几条，也没有说条文顺序调整。")
        for new, number in zip(news, numbers, strict=True):
            self._new += 1
            new.origin, new.number, new.label, new.fixed = f"new_{self._new}", number, article_label(number), True
        if before is None:
            first = order[0] if order else None
            siblings = self._siblings(first) if first else self._root.children
            at = siblings.index(first) if first else 0
        else:
            siblings = self._siblings(before)
            at = siblings.index(before) + 1
        siblings[at:at] = news
        return [Done(one.origin, one.label, "", one.printed) for one in news]

    def _before_new(
        self, operation: Operation, order: list[Node], numbers: list[Number], renumbers: bool
    ) -> Node | None:
        """The article after which new ones come; None: before all others."""
        if operation.where and operation.after:
            return self._targets(operation.where)[-1]
        inside = self._targets(operation.where)[0] if operation.where else None
        if inside is not None and not inside.kind.container:
            raise Unapplied("条只能增加在编、章、节里，或某一条之后。")
        if not numbers:
            raise Unapplied("没有写明作为第几条。")
        base, more = numbers[0][0], numbers[0][1:]
        if more:
            held = [node for node in order if node.number[0] == base]
            if not held:
                raise Unapplied(f"文中没有{article_label((base,))}。")
            if any(node.number == numbers[0] for node in held):
                raise Unapplied(f"已有{article_label(numbers[0])}。")
            return [node for node in held if node.number < numbers[0]][-1]
        plain = [node for node in order if len(node.number) == 1]
        if renumbers or any(node.fixed for node in plain):
            if base - 1 > len(plain):
                raise Unapplied(f"正文只有 {len(plain)} 条，排不到{article_label(numbers[0])}。")
            before = plain[base - 2] if base > 1 else None
            following = plain[base - 1] if base - 1 < len(plain) else None
        else:
            if any(node.number == numbers[0] and not self._moves(node) for node in plain):
                raise Unapplied(f"已有{article_label(numbers[0])}，决定没有说条文顺序调整。")
            before = next((node for node in reversed(plain) if node.number[0] < base), None)
            following = next((node for node in plain if node.number[0] >= base), None)
        return self._chapter(before, following, inside)

    def _moves(self, node: Node) -> bool:
        return any(one is node for _, one, _ in self._renumbered)

    def _chapter(self, before: Node | None, following: Node | None, inside: Node | None) -> Node | None:
        """`before`, when it is plain in which chapter the new article comes."""
        if before is None or following is None or self._siblings(before) is self._siblings(following):
            return before
        if inside is not None and before in inside.walk():
            return before
        raise Unapplied(f"{before.label}和{following.label}不在同一章，没有写明新条文在哪一章。")

    # ── the end ────────────────────────────────────────────────────────────────────────────────────────────
    def finish(self, *, renumbers: bool) -> Finished:
        """The structure made anew: numbers, addresses, and what the new numbers may have left behind."""
        wrong: list[tuple[Operation, str]] = []
        articles = [node for node in self._root.walk() if node.kind is Kind.ARTICLE]
        was = {node.origin: node.number for node in articles}
        if renumbers:
            count_through(articles)
        for operation, node, number in self._renumbered:
            if renumbers and node.number != number:
                wrong.append((operation, f"按顺序调整后应为{article_label(node.number)}，请核对。"))
            elif not renumbers:
                node.number, node.label = number, article_label(number)
        taken: dict[Number, int] = {}
        for node in articles:
            taken[node.number] = taken.get(node.number, 0) + 1
        doubled = [article_label(number) for number, count in taken.items() if count > 1]
        addresses: dict[str, str] = {}
        body = tuple(part_of(node, "", "", addresses) for node in self._root.children)
        attachments = tuple(attachment_of(a, nodes, addresses) for a, nodes in self._attached)
        structure = Structure(tuple(self._preamble), body, self._before.closing, attachments)
        notes = [f"序号{one}出现两次，请核对。" for one in doubled]
        moved = {number: node.number for node in articles if (number := was[node.origin]) != node.number}
        notes.extend(_left_behind(structure, {old for old in moved if self._before.part("art_" + number_id(old))}))
        return Finished(structure, addresses, notes, wrong)


def _left_behind(structure: Structure, moved: set[Number]) -> Iterator[str]:
    """Clauses that name an article by a number that has changed: the order does not say to what."""
    for article in structure.articles():
        text = article.printed.removeprefix(article.label)
        for start, end in addresses_in(text):
            match = re.match(r"第([^条]{1,8})条(?:之([一二三四五六七八九十]+))?", text[start:end])
            before = text[max(0, start - 1) : start]
            number = to_int(match.group(1)) if match else None
            if match and number and (number,) in moved and before != "》":
                yield f"{article.label}提到“{text[start:end]}”，条文序号已经调整，请核对是否仍指原条。"
