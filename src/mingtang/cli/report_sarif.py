"""Findings as SARIF 2.1.0 (OASIS), so that any code-scanning viewer can show them."""

from pathlib import Path
from urllib.parse import quote

from mingtang import __version__
from mingtang.cli.report_reading import Checked
from mingtang.law.annual import CODES, Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def sarif_of(checked: Checked) -> dict[str, object]:
    """One run with a result for each finding; places are character offsets into the text that was read."""
    results = [_result(report.file, finding) for report, findings in checked.reports for finding in findings]
    results += [_result(each.files[0], each.finding, also=each.files[1]) for each in checked.across]
    rules = [{"id": code, "shortDescription": {"text": label}} for code, label in CODES.items()]
    driver = {"name": "mingtang", "version": __version__, "rules": rules}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _result(file: str, finding: Finding, also: str | None = None) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.where}：{finding.message}"},
        "locations": [_location(file, finding)],
        "properties": {"expected": finding.expected, "found": finding.found, "rules": list(finding.rules)},
    }
    if also:
        result["relatedLocations"] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(also)}}}]
    return result


def _location(file: str, finding: Finding) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(file)}}
    if finding.start is not None and finding.end is not None:
        region: dict[str, object] = {"charOffset": finding.start, "charLength": finding.end - finding.start}
        if finding.quote:
            region["snippet"] = {"text": finding.quote}
        place["region"] = region
    return {"physicalLocation": place}


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
