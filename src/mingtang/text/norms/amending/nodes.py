"""Parts of a document while they change: nodes that remember where they stood, and new wordings read as nodes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mingtang.text.norms.structure.parts import Attachment, Kind, Number, Part, article_label, chinese, number_id
from mingtang.text.norms.structure.reading import structure_of
from mingtang.text.numerals import to_int

_NEW = re.compile(r"(至)?第?[（(]?([零〇一二两三四五六七八九十百千\d]+)[）)]?[条款项](?:之([一二三四五六七八九十]+))?")


class Unapplied(Exception):
    """Why an order cannot be applied, in Chinese."""


@dataclass(slots=True, eq=False)
class Node:
    """A part that may change; `origin` is its address before, "" for what is new."""

    kind: Kind
    number: Number
    label: str
    heading: str
    text: str
    children: list["Node"]
    origin: str = ""
    fixed: bool = False  # its number was given by an order

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def printed(self) -> str:
        return part_of(self, "", "").printed


def node_of(part: Part) -> Node:
    children = [node_of(child) for child in part.children]
    return Node(part.kind, part.number, part.label, part.heading, part.text, children, part.id)


def part_of(node: Node, parent: str, root: str, addresses: dict[str, str] | None = None) -> Part:
    base = root if node.kind is Kind.ARTICLE else parent
    id_ = f"{base}{node.kind.value}_{number_id(node.number)}"
    if addresses is not None:
        while id_ in addresses.values():
            id_ += ".2"
        addresses[node.origin or id_] = id_
    counts: dict[Kind, int] = {}
    children: list[Part] = []
    for child in node.children:
        if child.kind in (Kind.PARAGRAPH, Kind.TABLE):
            counts[child.kind] = counts.get(child.kind, 0) + 1
            child.number = (counts[child.kind],)
        children.append(part_of(child, id_ + "__", root, addresses))
    return Part(node.kind, node.number, id_, node.label, node.heading, node.text, tuple(children))


def attachment_of(attachment: Attachment, nodes: Sequence[Node], addresses: dict[str, str]) -> Attachment:
    prefix = attachment.id + "__"
    return replace(attachment, body=tuple(part_of(node, prefix, prefix, addresses) for node in nodes))


def read_as(text: str, kind: Kind, number: Number) -> list[Node]:
    """A quoted wording as nodes of a kind; what it is not is told."""
    text = text.strip()
    if kind is Kind.ARTICLE:
        labelled = re.match(r"^第[^条]{1,8}条", text) is not None
        body = structure_of(text if labelled else f"{article_label(number if number[0] else (1,))}　{text}").body
    elif kind is Kind.PARAGRAPH:
        body = tuple(part for one in structure_of(f"第一条　{text}").body for part in one.children)
    elif kind is Kind.ITEM:
        text = text if re.match(r"^[（(]", text) else f"（{chinese(number[0])}）{text}"
        body = tuple(item for one in structure_of(f"第一条　下列：\n{text}").body for item in one.children[0].children)
    elif kind is Kind.POINT or kind.container:
        bare = re.sub(r"^(?:\d{1,2}[.．、]|第[^章节编]{1,5}[章节编])\s*", "", text)
        heading, words = (bare, "") if kind.container else ("", bare)
        return [Node(kind, number, "", heading, words, [])]
    else:
        body = structure_of(text).body or structure_of(f"一、{text}").body
    nodes = [node_of(part) for part in body if part.kind is kind or kind is Kind.PARAGRAPH]
    if not nodes or (kind is not Kind.PARAGRAPH and len(nodes) != len(body)):
        raise Unapplied("引文里的内容和要改的条、款、项不是同一级。")
    for node in (inner for one in nodes for inner in one.walk()):
        node.origin = ""
    return nodes


def numbers_in(to: str) -> list[Number]:
    """The numbers in an address of new clauses: 第三条、第四条 → 3, 4; 第三条至第五条 → 3, 4, 5; 第三条之一 → 3-1."""
    found: list[Number] = []
    for match in re.finditer(
        r"(至)?第?[（(]?([零〇一二两三四五六七八九十百千\d]+)[）)]?[条款项](?:之([一二三四五六七八九十]+))?", to
    ):
        number = to_int(match.group(2)) or 0
        if match.group(1) and found:
            found.extend((n,) for n in range(found[-1][0] + 1, number))
        found.append((number, to_int(match.group(3)) or 1) if match.group(3) else (number,))
    return found


def with_items(article: Node) -> Node:
    paragraphs = [node for node in article.children if node.kind is Kind.PARAGRAPH]
    listed = [node for node in paragraphs if any(child.kind is Kind.ITEM for child in node.children)]
    if len(listed) == 1:
        return listed[0]
    if len(paragraphs) == 1:
        return paragraphs[0]
    raise Unapplied(f"{article.label}有 {len(paragraphs)} 款，没有写明在第几款增加项。")


def place_below(siblings: Sequence[Node], kind: Kind, number: Number) -> int:
    """Where a new 款 or 项 comes among its siblings; at the end when no number is given."""
    same = [at for at, node in enumerate(siblings) if node.kind is kind]
    if not number:
        return (same[-1] + 1) if same else len(siblings)
    if number[0] - 1 > len(same):
        unit = "款" if kind is Kind.PARAGRAPH else "项"
        raise Unapplied(f"只有 {len(same)} {unit}，排不到第{chinese(number[0])}{unit}。")
    return same[number[0] - 1] if number[0] - 1 < len(same) else (same[-1] + 1 if same else len(siblings))


def take_place(siblings: Sequence[Node], at: int, news: Sequence[Node], numbers: Sequence[Number]) -> None:
    """New items take their number; those after them move on."""
    first = numbers[0][0] if numbers else sum(node.kind is Kind.ITEM for node in siblings[:at]) + 1
    for step, node in enumerate([*news, *(one for one in siblings[at:] if one.kind is Kind.ITEM)]):
        node.number = (first + step,)
        node.label = f"（{chinese(first + step)}）"


def count_through(articles: Sequence[Node]) -> None:
    """Articles numbered through from 1; 第三条之一 follows the article it stands after."""
    base = 0
    for node in articles:
        if len(node.number) == 1:
            base += 1
            node.number = (base,)
        else:
            node.number = (base, *node.number[1:])
        node.label = article_label(node.number)
