"""Shapes of public data: each field listed once, from which both the JSON value and its JSON Schema are made.

A page's data and an answer of the public API are written by the same shape, so that the two never differ and nothing
reaches the public that no shape names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Kind:
    """A kind of value: its JSON Schema, how a value is written, and the shapes that it is made of."""

    schema: Mapping[str, Any]
    write: Callable[[Any], Any]
    shapes: tuple["Shape", ...] = ()


@dataclass(frozen=True)
class Field:
    """A field: its name in the data, what it says (Chinese), its kind, and how it is read from the thing shown."""

    name: str
    says: str
    kind: Kind
    read: Callable[[Any], Any]


def field_of(name: str, says: str, kind: Kind, read: Callable[[Any], Any] | str = "") -> Field:
    """A field that is read by a function or an attribute (its own name where none is given)."""
    return Field(name, says, kind, read if callable(read) else attrgetter(read or name))


@dataclass(frozen=True)
class Shape:
    """An object with exactly these fields. `name` is that of its schema; `says` is one Chinese sentence."""

    name: str
    says: str
    fields: tuple[Field, ...]

    def write(self, thing: Any) -> dict[str, Any]:
        """The JSON value of a thing."""
        return {each.name: each.kind.write(each.read(thing)) for each in self.fields}

    @property
    def kind(self) -> Kind:
        """This shape as the kind of a field."""
        return Kind({"$ref": f"#/components/schemas/{self.name}"}, self.write, (self,))

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of the object; those of its parts are named, see `definitions`."""
        return {
            "type": "object",
            "description": str(self.says),
            "properties": {each.name: {**each.kind.schema, "description": str(each.says)} for each in self.fields},
            "required": [each.name for each in self.fields],
            "additionalProperties": False,
        }

    def definitions(self) -> Iterator["Shape"]:
        """This shape and all it is made of, each once."""
        seen: dict[str, Shape] = {}
        waiting: list[Shape] = [self]
        while waiting:
            shape = waiting.pop()
            if shape.name not in seen:
                seen[shape.name] = shape
                waiting += [part for each in shape.fields for part in each.kind.shapes]
        yield from seen.values()


def within(fields: Iterable[Field], read: Callable[[Any], Any]) -> tuple[Field, ...]:
    """The same fields, read from a part of a larger thing."""
    return tuple(replace(each, read=_through(each.read, read)) for each in fields)


def _through(inner: Callable[[Any], Any], outer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda thing: inner(outer(thing))


def absolute(path: str) -> str:
    """The full address of a path below the portal's root; an address that is full already stays."""
    return path if "://" in path else f"{settings.PUBLIC_URL}/{path.removeprefix('/')}"


def _day(value: date | datetime) -> str:
    return (timezone.localtime(value).date() if isinstance(value, datetime) else value).isoformat()


TEXT = Kind({"type": "string"}, str)
NUMBER = Kind({"type": "integer"}, int)
FLAG = Kind({"type": "boolean"}, bool)
#: A day in the site's time zone.
DAY = Kind({"type": "string", "format": "date"}, _day)
#: A moment with its offset from UTC.
MOMENT = Kind({"type": "string", "format": "date-time"}, lambda moment: timezone.localtime(moment).isoformat())
#: A full address, given as a path below the portal's root or in full.
LINK = Kind({"type": "string", "format": "uri"}, absolute)


def maybe(kind: Kind) -> Kind:
    """Null where there is nothing (None or an empty text)."""
    schema = {"anyOf": [kind.schema, {"type": "null"}]}
    return Kind(schema, lambda value: None if value is None or value == "" else kind.write(value), kind.shapes)


def many(kind: Kind) -> Kind:
    """A list."""
    schema = {"type": "array", "items": kind.schema}
    return Kind(schema, lambda values: [kind.write(value) for value in values], kind.shapes)


def one_of(codes: Iterable[Any]) -> Kind:
    """A code out of a fixed list."""
    return Kind({"type": "string", "enum": [str(code) for code in codes]}, str)


@dataclass(frozen=True)
class Named:
    """Something with a code, a name and, where it has a page, a path."""

    code: str
    name: str
    path: str = ""


NAMED = Shape(
    "Named",
    "代码与名称；有页面的另有地址。",
    (field_of("code", "代码", TEXT), field_of("name", "名称", TEXT), field_of("url", "页面地址", maybe(LINK), "path")),
)
ENTRY = Shape(
    "Entry",
    "指向一个页面的一行。",
    (
        field_of("title", "标题", TEXT),
        field_of("url", "页面地址", LINK, "path"),
        field_of("on", "日期", maybe(DAY)),
    ),
)
