"""`mingtang verify`: whether a transparency log is whole, from its files alone."""

import sys
from pathlib import Path

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse


@click.command("verify")
@click.option(
    "--log", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="透明日志所在的文件夹。"
)
@click.option(
    "--records", "site", type=click.Path(file_okay=False, path_type=Path), help="网站文件夹：逐条核对信息页面与日志。"
)
@format_option
def verify(folder: Path, site: Path | None, output_format: str) -> None:
    """由文件核对透明日志：签名、每个条目、每块哈希；有出入时逐条指明并以 1 退出。不需要数据库。"""
    from mingtang.trace.log.site import verify_records
    from mingtang.trace.log.verification import verify_log

    if not folder.is_dir():
        refuse(f"{folder}：没有这个文件夹。请指明日志所在的文件夹（实例文件夹下的 log）。")
    if site is not None and not site.is_dir():
        refuse(f"{site}：没有这个文件夹。请指明生成的网站（实例文件夹下的 site/current）。")
    report = verify_log(folder)
    if site is not None and not report.faults:
        verify_records(site, folder, report)
    if output_format == "json":
        checkpoint = report.checkpoint
        emit_json(
            {
                "size": checkpoint.size if checkpoint else None,
                "root": checkpoint.root.hex() if checkpoint else None,
                "faults": [str(fault) for fault in report.faults],
                "remarks": [str(remark) for remark in report.remarks],
            }
        )
    else:
        for line in (*report.faults, *report.remarks):
            click.echo(str(line))
        if report.checkpoint and not report.faults:
            click.echo(f"日志完整：{report.checkpoint.size} 个条目，根哈希 {report.checkpoint.root.hex()}。")
    if report.faults:
        sys.exit(FOUND)
