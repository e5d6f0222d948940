"""The OpenAPI 3.1 document of the API, written from the registry of endpoints and the shapes of their answers."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from mingtang.trace import endpoints
from mingtang.trace.endpoints import Endpoint
from mingtang.trace.shapes import absolute

VERSION = "1.0.0"
#: Path of the API's version below the portal's root.
BASE = "api/v1/"
CONVERTER = re.compile(r"<(?P<kind>\w+):(?P<name>\w+)>")
#: What Django's converters take, as JSON Schema.
PATHS: Mapping[str, Mapping[str, Any]] = {
    "slug": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,80}$"},
    "int": {"type": "integer", "minimum": 0, "maximum": 999999},
    "path": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,60}(/[A-Za-z0-9_-]{1,60}){0,5}$"},
}
PROBLEM = {
    "type": "object",
    "description": "错误说明（RFC 9457）。",
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "错误的种类，也是说明它的地址"},
        "title": {"type": "string", "description": "错误的名称"},
        "status": {"type": "integer", "description": "状态码"},
        "detail": {"type": "string", "description": "哪里不对，怎样改"},
        "errors": {
            "type": "array",
            "description": "逐个参数的说明",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["name", "detail"],
            },
        },
        "withdrawn_at": {"type": "string", "format": "date-time", "description": "撤下的时刻（仅 410）"},
        "reason": {"type": "string", "description": "撤下的原因（仅 410）"},
    },
    "required": ["type", "title", "status", "detail"],
}


def path_of(endpoint: Endpoint) -> str:
    """The path below the version with its arguments in braces: `records/{slug}`."""
    return CONVERTER.sub(lambda match: "{" + match["name"] + "}", endpoint.path)


@cache
def document() -> Mapping[str, Any]:
    """The whole document; the registry does not change once the process has started."""
    shapes = {shape.name: shape.schema for each in endpoints.registered() for shape in each.shape.definitions()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("政务公开开放接口"),
            "version": VERSION,
            "description": _("只读，只含公开信息，无需注册。说明见 %s") % absolute("api/"),
        },
        "servers": [{"url": absolute(BASE).rstrip("/")}],
        "paths": {"/" + path_of(each): {"get": _operation(each)} for each in endpoints.registered()},
        "components": {"schemas": {**shapes, "Problem": PROBLEM}},
    }


def _operation(endpoint: Endpoint) -> Mapping[str, Any]:
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{endpoint.shape.name}"}}}
    responses = {
        "200": {"description": str(endpoint.shape.says), "content": answer, "headers": HEADERS},
        "304": {"description": _("没有变化")},
        "400": _problem(_("请求有误")),
        "404": _problem(_("没有找到")),
        "429": _problem(_("请求过于频繁")),
        "default": _problem(_("其他错误")),
    }
    if endpoint.may_be_gone:
        responses["410"] = _problem(_("已撤下，附时间和原因"))
    return {
        "operationId": endpoint.name,
        "summary": endpoint.title,
        "description": endpoint.says,
        "parameters": [*_path_parameters(endpoint), *_query_parameters(endpoint)],
        "responses": responses,
    }


HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "内容的标记，下次以 If-None-Match 带上"},
    "Last-Modified": {"schema": {"type": "string"}, "description": "公众所见最近一次变化的时刻"},
}


def _problem(says: str) -> Mapping[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": says, "content": {"application/problem+json": {"schema": schema}}}


def _path_parameters(endpoint: Endpoint) -> list[Mapping[str, Any]]:
    return [
        {
            "name": match["name"],
            "in": "path",
            "required": True,
            "description": endpoint.asks[match["name"]],
            "schema": PATHS[match["kind"]],
        }
        for match in CONVERTER.finditer(endpoint.path)
    ]


def _query_parameters(endpoint: Endpoint) -> list[Mapping[str, Any]]:
    return [
        {"name": each.name, "in": "query", "description": each.says, "schema": each.schema, "example": each.example}
        for each in endpoint.parameters
    ]


def words(schema: Mapping[str, Any]) -> str:
    """A schema in a few Chinese words, for the page that people read."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return _("%s，可为空") % words(schema["anyOf"][0])
    if schema.get("type") == "array":
        return _("%s 的列表") % words(schema["items"])
    if "enum" in schema:
        return _("代码：%s") % "、".join(schema["enum"])
    if schema.get("type") == "integer" and "maximum" in schema:
        return _("整数，%(minimum)s 至 %(maximum)s") % schema
    kinds = {
        "date": _("日期"), "date-time": _("时刻"), "uri": _("地址"), "integer": _("整数"), "boolean": _("是或否"),
        "string": _("文字"),
    }  # fmt: skip
    return kinds[schema.get("format", schema["type"])]
