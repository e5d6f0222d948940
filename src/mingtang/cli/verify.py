"""`mingtang verify`: whether a transparency log and a baked site are whole, from their files alone."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse

if TYPE_CHECKING:
    from mingtang.trace.log.verification import Report

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("verify")
@click.option("--log", "log", type=_FOLDER, help="透明日志所在的文件夹。")
@click.option("--records", type=_FOLDER, help="网站文件夹：逐条核对信息页面与日志（须同时给出 --log）。")
@click.option("--site", type=_FOLDER, help="烘焙输出的文件夹：每个文件与签名清单核对。")
@click.option("--repair", is_flag=True, help="由存档恢复被改动和缺失的文件，多出的移到 quarantine/。")
@click.option("--key", help="可信公钥（名称+编号+base64）；不给时用实例文件夹里日志的公钥链。")
@format_option
def verify(
    log: Path | None, records: Path | None, site: Path | None, repair: bool, key: str | None, output_format: str
) -> None:
    """由文件核对透明日志（--log）和静态网站（--site）；有出入时逐条指明并以 1 退出。不需要数据库。

    加 --repair 时，全部恢复则以 0 退出。
    """
    _require(log, records, site, repair)
    said: dict[str, Any] = {}
    lines: list[str] = []
    bad = False
    if log is not None:
        bad |= _verify_log(log, records, said, lines)
    if site is not None:
        bad |= _verify_site(site, key, repair, said, lines)
    if output_format == "json":
        emit_json(said)
    else:
        for line in lines:
            click.echo(line)
    if bad:
        sys.exit(FOUND)


def _require(log: Path | None, records: Path | None, site: Path | None, repair: bool) -> None:
    if log is None and site is None:
        refuse("请给出要核对的 --log（实例文件夹下的 log）或 --site（bake 的输出文件夹）。")
    if repair and site is None:
        refuse("--repair 只用于网站，请同时给出 --site。日志用 mingtang log repair。")
    if records is not None and log is None:
        refuse("--records 由日志核对，请同时给出 --log。")
    if log is not None and not log.is_dir():
        refuse(f"{log}：没有这个文件夹。请指明日志所在的文件夹（实例文件夹下的 log）。")
    if records is not None and not records.is_dir():
        refuse(f"{records}：没有这个文件夹。请指明生成的网站（实例文件夹下的 site/current）。")


def _verify_log(folder: Path, records: Path | None, said: dict[str, Any], lines: list[str]) -> bool:
    from mingtang.trace.log.site import verify_records
    from mingtang.trace.log.verification import verify_log

    report: Report = verify_log(folder)
    if records is not None and not report.faults:
        verify_records(records, folder, report)
    checkpoint = report.checkpoint
    said |= {
        "size": checkpoint.size if checkpoint else None,
        "root": checkpoint.root.hex() if checkpoint else None,
        "faults": [str(fault) for fault in report.faults],
        "remarks": [str(remark) for remark in report.remarks],
    }
    lines += [str(line) for line in (*report.faults, *report.remarks)]
    if checkpoint and not report.faults:
        lines.append(f"日志完整：{checkpoint.size} 个条目，根哈希 {checkpoint.root.hex()}。")
    return bool(report.faults)


def _verify_site(site: Path, key: str | None, repair: bool, said: dict[str, Any], lines: list[str]) -> bool:
    from mingtang.config.instance import home
    from mingtang.portal.bake import checking
    from mingtang.portal.bake.errors import BakeError
    from mingtang.portal.bake.keys import LogError, trusted

    try:
        checked = checking.check(site, trusted(key, home()), repair=repair)
    except LogError as problem:
        refuse(f"{problem} 核对网站须有可信公钥：请用 --key 给出，或在实例所在处执行（MINGTANG_HOME）。")
    except BakeError as problem:
        refuse(str(problem))
    said["site"] = {
        "release": checked.release,
        "files": checked.files,
        "differences": [
            {"kind": str(each.kind), "path": each.path, "message": each.what} for each in checked.differences
        ],
        "restored": checked.mended.restored,
        "quarantined": checked.mended.aside,
        "quarantine": str(checked.mended.folder) if checked.mended.folder else None,
        "failed": checked.mended.failed,
        "whole": checked.is_whole,
    }
    lines += [str(each) for each in checked.differences]
    lines += checked.mended.failed
    if checked.mended.folder:
        lines.append(f"多出的 {len(checked.mended.aside)} 个文件已移到 {checked.mended.folder}。")
    if checked.mended.restored:
        lines.append(f"已恢复 {len(checked.mended.restored)} 个文件。")
    if checked.is_whole:
        lines.append(f"网站完整：{checked.files} 个文件与签名清单一致（{checked.release}）。")
    else:
        lines.append(f"网站有 {len(checked.differences)} 处与签名清单不一致（{checked.release}）。")
    return not checked.is_whole
