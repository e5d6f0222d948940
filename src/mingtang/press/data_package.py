"""Tables as a data package (Frictionless, Data Package 1.0): CSV files, a schema for each, all in one zip.

Source: https://specs.frictionlessdata.io/data-package/ and /table-schema/. The same content gives the same bytes.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mingtang.press.bag import EPOCH

DESCRIPTOR = "datapackage.json"
Value = str | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in the file, its type, what it is called in Chinese, and the constraints of Table Schema."""

    name: str
    type: Literal["string", "integer", "number", "date", "datetime"]
    title: str
    constraints: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def as_json(self) -> dict[str, Any]:
        said = {"name": self.name, "type": self.type, "title": self.title}
        return {**said, "constraints": dict(self.constraints)} if self.constraints else said


@dataclass(frozen=True, slots=True)
class Resource:
    """A table: its name (that of its file), its title, its columns, the columns that name a row, its rows."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Sequence[Sequence[Value]]

    @property
    def path(self) -> str:
        """Its file in the package."""
        return f"{self.name}.csv"

    def csv(self) -> bytes:
        """The rows below their heads, in UTF-8, lines ended as RFC 4180 wants; what is missing is empty."""
        written = io.StringIO(newline="")
        writer = csv.writer(written)
        writer.writerow([each.name for each in self.fields])
        writer.writerows([["" if value is None else value for value in row] for row in self.rows])
        return written.getvalue().encode()

    def as_json(self) -> dict[str, Any]:
        """Its part of the descriptor."""
        content = self.csv()
        return {
            "name": self.name,
            "path": self.path,
            "title": self.title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
            "schema": {
                "fields": [each.as_json() for each in self.fields],
                "primaryKey": list(self.key),
                "missingValues": [""],
            },
        }


def descriptor(facts: Mapping[str, Any], resources: Sequence[Resource]) -> dict[str, Any]:
    """The package's description; `facts` are its name, title and what else is said of the whole."""
    return {**facts, "profile": "tabular-data-package", "resources": [each.as_json() for each in resources]}


def data_package(facts: Mapping[str, Any], resources: Sequence[Resource]) -> bytes:
    """The zip: the descriptor first, then the files it names."""
    described = json.dumps(descriptor(facts, resources), ensure_ascii=False, indent=2) + "\n"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((DESCRIPTOR, described.encode()), *((each.path, each.csv()) for each in resources)):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
