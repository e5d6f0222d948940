"""`mingtang review`: what speaks against publishing files, in all that they carry; needs no instance."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingtang.cli.output import BAD_INPUT, FOUND, emit_json, format_option, refuse

if TYPE_CHECKING:
    from mingtang.vetting import Options, Outcome

_SEVERITIES = {"block": "不得发布", "warn": "请核对", "note": "提示"}
_GATES = {"politics": "政治关", "law": "法律关", "policy": "政策关", "secrecy": "保密关", "wording": "文字关"}


@click.command(
    help="发布前检查文件（txt、html、docx、pdf、xlsx、jpg、png）：个人信息、密级和内部标志、隐藏内容、发文字号、文字差错。"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--consultation", is_flag=True, help="文件是征求意见的，“征求意见稿”不算差错。")
@click.option(
    "--profile", "profile_name", metavar="类型", help="按哪类发布检查（subsidy-list、penalty 等，写 list 列出全部）。"
)
@click.option(
    "--register", "register_file", type=click.Path(path_type=Path), help="本单位的机构、人员、用语名录（CSV）。"
)
@click.option("--document", "layout", is_flag=True, help="docx 文件再按公文格式（GB/T 9704）检查版式。")
@click.option("--no-pictures", is_flag=True, help="不识别图片里的文字（快）。")
@click.option("--clean", "out", type=click.Path(path_type=Path), help="把遮盖、清理后的副本写到这个文件夹。")
@format_option
def review(
    files: tuple[Path, ...],
    consultation: bool,
    profile_name: str | None,
    register_file: Path | None,
    layout: bool,
    no_pictures: bool,
    out: Path | None,
    output_format: str,
) -> None:
    """Vet files; ends with 1 when something must or should be mended, with 2 when a file cannot be read."""
    from mingtang.text import TextError
    from mingtang.vetting import vet

    if profile_name == "list":
        _show_profiles(output_format)
        return
    options = _options(consultation, profile_name, register_file, layout, recognise=not no_pictures)
    printer = _Printer(output_format)
    problems: list[str] = []
    for file in files:
        try:
            data = read_file(file)
            outcome = vet(data, options)
            printer.show(file, outcome)
            if out is not None:
                _clean(file, data, out, options)
        except TextError as error:
            problems.append(f"{file}：{error}")
            click.echo(problems[-1], err=True)
    printer.end()
    raise SystemExit(BAD_INPUT if problems else FOUND if printer.wrong else 0)


def read_file(file: Path) -> bytes:
    """The bytes of a file within the limits; raises `UnreadableFile` with the reason."""
    from mingtang.text.errors import UnreadableFile
    from mingtang.text.formats import bytes_of

    data = bytes_of(file)
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile("文件是空的，请换一个有内容的文件。")
    return data


def _options(
    consultation: bool, profile_name: str | None, register_file: Path | None, layout: bool, *, recognise: bool
) -> "Options":
    from mingtang.law.errors import LawError
    from mingtang.law.profiles import profile
    from mingtang.text import TextError
    from mingtang.text.formats.detect import decode
    from mingtang.text.screening.register import EMPTY, read_register
    from mingtang.vetting import Options

    try:
        kind = profile(profile_name) if profile_name else None
        register = read_register(decode(read_file(register_file))) if register_file else EMPTY
    except LawError as error:
        refuse(str(error))
    except TextError as error:
        refuse(f"{register_file}：{error}")
    return Options(kind, consultation, register, recognise, layout)


def _show_profiles(output_format: str) -> None:
    from mingtang.law.profiles import profiles

    if output_format == "json":
        emit_json(
            {"profiles": [{"id": each.id, "title": each.title, "says": each.says} for each in profiles().values()]}
        )
        return
    for each in profiles().values():
        click.echo(f"{each.id}  {each.title}：{each.says}")


def _clean(file: Path, data: bytes, out: Path, options: "Options") -> None:
    from mingtang.vetting.cleaning import cleaned

    done = cleaned(data, options)
    out.mkdir(parents=True, exist_ok=True)
    target = out / file.name
    if target.resolve() == file.resolve():
        refuse(f"{file}：副本不能写在原文件上，请换一个文件夹。")
    target.write_bytes(done.data)
    click.echo(f"{target}：{'；'.join(done.done) or '没有要清理的内容，照原样写出'}。", err=True)


class _Printer:
    """Writes the outcomes one after the other, so that a thousand files take no more memory than one."""

    def __init__(self, output_format: str) -> None:
        self._json = output_format == "json"
        self._count = 0
        self.wrong = False

    def show(self, file: Path, outcome: "Outcome") -> None:
        """One file."""
        self.wrong = self.wrong or any(each.severity != "note" for each in outcome.findings)
        if self._json:
            import json

            value = {
                "file": str(file),
                "findings": [each.as_json() for each in outcome.findings],
                "notes": list(outcome.notes),
            }
            text = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n    ")
            click.echo(('{\n  "files": [\n    ' if not self._count else ",\n    ") + text, nl=False)
        else:
            self._show(file, outcome)
        self._count += 1

    def end(self) -> None:
        """Close the JSON value; nothing where no file could be read."""
        if self._json and self._count:
            click.echo("\n  ]\n}")

    def _show(self, file: Path, outcome: "Outcome") -> None:
        from mingtang.law.shelf import rule
        from mingtang.text.screening.finding import CODES
        from mingtang.vetting.vetting import gravest_first

        click.echo(f"■ {file}")
        if not outcome.findings:
            click.echo("  没有发现问题。")
        for each in gravest_first(outcome.findings):
            head = f"[{_SEVERITIES[each.severity]}·{_GATES[each.gate]}·{CODES[each.code]}]"
            where = f"{each.place} " if each.place else ""
            click.echo(f"  {head} {where}“{each.quote}”：{each.message}")
            if each.rules:
                click.echo("      依据：" + "；".join(rule(name).citation for name in each.rules))
        for note in outcome.notes:
            click.echo(f"  注意：{note}")
