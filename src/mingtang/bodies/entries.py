"""One row of an import against what is known: text becomes typed values, then the acts create or edit the body."""

import re
from datetime import datetime
from typing import Any, Literal

from mingtang.bodies import actions
from mingtang.bodies.errors import Invalid
from mingtang.bodies.models import Alias, Area, Body, Kind, Level

Outcome = Literal["created", "updated", "unchanged"]

#: What offices write for a kind, besides its own label.
KINDS = {
    "人民政府": Kind.GOVERNMENT, "政府": Kind.GOVERNMENT,
    "政府办": Kind.OFFICE, "政府办公室": Kind.OFFICE, "办公室": Kind.OFFICE, "政务公开办": Kind.OFFICE,
    "部门": Kind.DEPARTMENT, "政府部门": Kind.DEPARTMENT, "旗直部门": Kind.DEPARTMENT, "县直部门": Kind.DEPARTMENT,
    "镇": Kind.TOWN, "乡": Kind.TOWN, "乡镇": Kind.TOWN, "苏木": Kind.SUMU,
    "街道": Kind.SUBDISTRICT, "街道办": Kind.SUBDISTRICT, "街道办事处": Kind.SUBDISTRICT,
    "村": Kind.VILLAGE, "嘎查": Kind.VILLAGE, "嘎查村": Kind.VILLAGE, "村委会": Kind.VILLAGE, "社区": Kind.COMMUNITY,
    "公共企事业单位": Kind.INSTITUTION, "事业单位": Kind.INSTITUTION,
    "指挥部": Kind.HEADQUARTERS, "领导小组": Kind.HEADQUARTERS, "议事协调机构": Kind.HEADQUARTERS,
}  # fmt: skip
LEVELS = {
    "国家": Level.NATION, "省": Level.PROVINCE, "自治区": Level.PROVINCE, "直辖市": Level.PROVINCE,
    "市": Level.PREFECTURE, "盟": Level.PREFECTURE, "州": Level.PREFECTURE, "地级": Level.PREFECTURE,
    "县": Level.COUNTY, "旗": Level.COUNTY, "区": Level.COUNTY, "县级": Level.COUNTY, "旗县": Level.COUNTY,
    "乡镇": Level.TOWNSHIP, "苏木": Level.TOWNSHIP, "街道": Level.TOWNSHIP, "苏木镇": Level.TOWNSHIP,
    "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP,
    "村": Level.VILLAGE, "嘎查": Level.VILLAGE, "社区": Level.VILLAGE, "嘎查村": Level.VILLAGE,
}  # fmt: skip
#: Kinds that say their level by themselves.
LEVEL_OF = {
    Kind.TOWN: Level.TOWNSHIP, Kind.SUMU: Level.TOWNSHIP, Kind.SUBDISTRICT: Level.TOWNSHIP,
    Kind.VILLAGE: Level.VILLAGE, Kind.COMMUNITY: Level.VILLAGE,
}  # fmt: skip
#: Kinds whose body governs an area of its own, which the import may add under its code.
TERRITORIAL = (Kind.GOVERNMENT, *LEVEL_OF)
AREA_SUFFIX = re.compile(r"(人民政府|办事处|村民委员会|嘎查委员会|居民委员会|村委会|居委会)$")
BETWEEN_ALIASES = re.compile(r"[、，,;；|\n]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
PHONE = re.compile(r"[0-9０-９()（）+\-—－ 转、,，;；/]{5,40}")


def _by_label(choices: Any, spellings: dict[str, Any]) -> dict[str, Any]:
    return spellings | {str(choice.label): choice for choice in choices} | {choice.value: choice for choice in choices}


class Register:
    """The bodies and areas known so far, in memory, and the acts that a row leads to."""

    def __init__(self, *, actor: Any, moment: datetime) -> None:
        self.actor, self.moment = actor, moment
        self.kinds, self.levels = _by_label(Kind, KINDS), _by_label(Level, LEVELS)
        self.areas = {area.code: area for area in Area.objects.all()}
        self.bodies: dict[str, Body] = {}
        self.short_names: dict[str, set[str]] = {}
        self.aliases = dict(Alias.objects.values_list("name", "body__name"))
        self._learned: list[Body | Area | tuple[str, str]] = []
        for body in Body.objects.all():
            self._keep(body)

    def knows(self, name: str) -> bool:
        """Whether a body can be found by this name."""
        return name in self.bodies or name in self.aliases or name in self.short_names

    def take(self, values: dict[str, str]) -> Outcome:
        """Create or edit the body of one row within the current transaction; `learn` when that has ended well.

        Raises `Invalid` and the other refusals of the acts.
        """
        self._learned = []
        values = _clean(values)
        present = self._present(values)
        fields = self._fields(values, present)
        names = [part.strip() for part in BETWEEN_ALIASES.split(values.get("aliases", "")) if part.strip()]
        acting = {"actor": self.actor, "moment": self.moment}
        if present is None:
            body = actions.create_body(code=values.get("code", ""), **fields, **acting)
        elif differing := {name: value for name, value in fields.items() if getattr(present, name) != value}:
            body = actions.edit_body(present, **differing, **acting)
        else:
            body = present
        new = [name for name in names if self.aliases.get(name) != body.name and name != body.name]
        for name in new:
            actions.add_alias(body, name, **acting)
        self._learned += [body, *((name, body.name) for name in new)]
        if present is None:
            return "created"
        return "unchanged" if body is present and not new else "updated"

    def learn(self) -> None:
        """Know from now on what the last row wrote."""
        for thing in self._learned:
            if isinstance(thing, Body):
                self._keep(thing)
            elif isinstance(thing, Area):
                self.areas[thing.code] = thing
            else:
                self.aliases[thing[0]] = thing[1]

    def _keep(self, body: Body) -> None:
        self.bodies[body.name] = body
        self.short_names.setdefault(body.short_name, set()).add(body.name)

    def _present(self, values: dict[str, str]) -> Body | None:
        present = self.bodies.get(values["name"])
        code = values.get("code")
        if present is not None and code and code != present.code:
            raise Invalid({"code": [f"该机构的代码是 {present.code}，代码不能更改：请改回，或留空"]})
        return present

    def _fields(self, values: dict[str, str], present: Body | None) -> dict[str, Any]:
        fields: dict[str, Any] = {
            name: values[name]
            for name in (
                "name", "short_name", "credit_code", "address", "office_hours", "openness_office", "openness_phone",
                "openness_email", "duties",
            )
            if name in values
        }  # fmt: skip
        kind = fields["kind"] = self._kind(values, present)
        if "parent" in values:
            fields["parent"] = self._parent(values["parent"])
        level = self._level(values, kind, fields.get("parent"), present)
        fields["level"] = level
        if "area" in values:
            fields["area"] = self._area(values, kind, level)
        return fields

    def _kind(self, values: dict[str, str], present: Body | None) -> Kind:
        if "kind" not in values:
            if present is None:
                raise Invalid({"kind": ["没有填写类别：请填政府部门、苏木、镇、街道办事处、嘎查、社区等"]})
            return Kind(present.kind)
        kind = self.kinds.get(values["kind"])
        if kind is None:
            labels = "、".join(str(choice.label) for choice in Kind)
            raise Invalid({"kind": [f"没有“{values['kind'][:20]}”这一类别：可填{labels}"]})
        return kind

    def _level(self, values: dict[str, str], kind: Kind, parent: Body | None, present: Body | None) -> Level:
        if "level" in values:
            level = self.levels.get(values["level"])
            if level is None:
                labels = "、".join(str(choice.label) for choice in Level)
                raise Invalid({"level": [f"没有“{values['level'][:20]}”这一层级：可填{labels}"]})
            if LEVEL_OF.get(kind, level) != level:
                raise Invalid({"level": [f"层级与类别“{kind.label}”不符：请改为{LEVEL_OF[kind].label}，或留空"]})
            return level
        if kind in LEVEL_OF:
            return LEVEL_OF[kind]
        if present is not None:
            return Level(present.level)
        if parent is not None and kind != Kind.GOVERNMENT:
            return Level(parent.level)
        raise Invalid({"level": ["没有填写层级，也无法从类别与上级机构推出：请填写层级"]})

    def _parent(self, name: str) -> Body:
        if name in self.bodies:
            return self.bodies[name]
        if name in self.aliases:
            return self.bodies[self.aliases[name]]
        found = self.short_names.get(name, set())
        if len(found) == 1:
            return self.bodies[next(iter(found))]
        if found:
            raise Invalid({"parent": [f"“{name}”对应 {len(found)} 个机构：请改写全称"]})
        raise Invalid({"parent": [f"没有名为“{name[:40]}”的机构：请先导入它，或改正名称"]})

    def _area(self, values: dict[str, str], kind: Kind, level: Level) -> Area:
        code = area_code(values["area"])
        if code is None:
            raise Invalid({"area": ["区划代码应为 6、9 或 12 位数字：请核对，并把该列设为文本格式"]})
        if code in self.areas:
            return self.areas[code]
        if kind not in TERRITORIAL:
            raise Invalid({"area": [f"区划 {code} 尚未登记：请先导入该地的人民政府、苏木镇或嘎查（村）"]})
        above = next((self.areas[code[:n]] for n in (9, 6) if n < len(code) and code[:n] in self.areas), None)
        name = AREA_SUFFIX.sub("", values["name"]) or values["name"]
        area = Area.objects.create(code=code, name=name[:100], level=level, parent=above)
        self._learned.append(area)
        return area


def area_code(text: str) -> str | None:
    """A division code without the zeros that stand for "all below" (6, 9 or 12 digits), or None when it is none."""
    if not re.fullmatch(r"\d{6}(\d{3}){0,2}", text, re.ASCII):
        return None
    while len(text) > 6 and text.endswith("000"):
        text = text[:-3]
    return text


def _clean(values: dict[str, str]) -> dict[str, str]:
    if "name" not in values:
        raise Invalid({"name": ["没有填写全称：请填写机构的全称"]})
    for name, value in values.items():
        if CONTROL.search(value):
            raise Invalid({name: ["含有看不见的控制字符：请重新键入这一格"]})
    if (phone := values.get("openness_phone")) and not PHONE.fullmatch(phone):
        raise Invalid({"openness_phone": ["电话里有不属于电话号码的字：请只填号码，多个号码用顿号分开"]})
    return values
