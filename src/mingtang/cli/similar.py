"""`mingtang similar`: near-duplicate passages among files; needs no instance."""

from pathlib import Path

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse


@click.command(help="在多个文件之间查找雷同的段落（txt、html、docx、pdf、xlsx）。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.1, show_default=True, help="相同文字占比低于此数的不列出。"
)
@format_option
def similar(files: tuple[Path, ...], least: float, output_format: str) -> None:
    """Compare each file with each other one."""
    from mingtang.text import TextError, read
    from mingtang.text.similarity import similar as compare
    from mingtang.text.similarity import sketch

    if len(files) < 2:
        refuse("请给出至少两个文件来比较。")
    texts: list[str] = []
    problems: list[str] = []
    for file in files:
        try:
            texts.append(read(file).text)
        except TextError as error:
            problems.append(f"{file}：{error}")
    if problems:
        refuse(*problems)
    pairs = compare([sketch(text) for text in texts], least=least)
    if output_format == "json":
        emit_json(
            {
                "pairs": [
                    {
                        "a": str(files[pair.a]),
                        "b": str(files[pair.b]),
                        "score": pair.score,
                        "passages": [{"a": list(each.a), "b": list(each.b)} for each in pair.passages],
                    }
                    for pair in pairs
                ]
            }
        )
    else:
        for pair in pairs:
            click.echo(f"{files[pair.a]} ↔ {files[pair.b]}：相同文字 {pair.score:.0%}")
            for each in sorted(pair.passages, key=lambda passage: -passage.length)[:10]:
                click.echo(f"  “{texts[pair.a][slice(*each.a)]}”")
        if not pairs:
            click.echo("没有发现雷同的段落。")
    raise SystemExit(FOUND if pairs else 0)
