"""`mingtang log`: the transparency log's keys, and its confirmation by an upper body."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from mingtang.cli.output import FOUND, emit_json, format_option, refuse

FILE = click.Path(dir_okay=False, exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("log")
def log() -> None:
    """透明日志：密钥、轮换、上级见证。"""


@contextmanager
def _telling() -> Iterator[None]:
    """What goes wrong with a log ends the command with one line: 1 for a log that does not hold, 2 for the rest."""
    from mingtang.trace.log.errors import BadProof, BadTile, Fork, LogError

    try:
        yield
    except (BadProof, BadTile, Fork) as problem:
        click.echo(str(problem), err=True)
        sys.exit(FOUND)
    except (LogError, OSError) as problem:
        refuse(str(problem))


def _instance() -> None:
    from mingtang.config import readiness

    readiness.start_django()
    if problem := readiness.obstacle():
        refuse(problem)


@log.command("key")
@format_option
def key(output_format: str) -> None:
    """显示日志现用的公钥（供上级见证方和公众另行核对），以及此前用过的公钥。"""
    _instance()
    from mingtang.trace.log import builder

    with _telling():
        chain = builder.set_up()
    if output_format == "json":
        emit_json({"key": str(chain.current), "earlier": [str(link.key) for link in chain.links[:-1]]})
        return
    click.echo(str(chain.current))
    for link in chain.links[:-1]:
        click.echo(f"此前：{link.key}")


@log.command("rotate")
@click.option("--lost", is_flag=True, help="旧私钥确已丢失、无法恢复：另立新钥，旧钥不再交接，须向公众和见证方公告。")
@format_option
def rotate(lost: bool, output_format: str) -> None:
    """更换日志的签名密钥：旧钥签字交接给新钥；私钥疑似外泄或到期时用。"""
    _instance()
    from django.utils import timezone

    from mingtang.trace.log import builder

    with _telling():
        moment = timezone.now()
        if not lost:
            builder.keep_up(moment)
        chain = builder.rotate(moment, lost=lost)
    old = chain.links[-2].key
    if output_format == "json":
        emit_json({"key": str(chain.current), "before": str(old), "lost": lost})
        return
    click.echo(f"新公钥：{chain.current}")
    click.echo(f"旧公钥：{old}")
    if lost:
        click.echo("旧钥没有交接：核验者只认旧钥的会拒绝本日志，请尽快公告新公钥，并请见证方用 --trust 重新认定。")
    else:
        click.echo(f"旧私钥已停用，确认备份后可删除：{builder.secret_folder() / (old.key_id.hex() + '.key')}")


@log.command("repair")
@format_option
def repair(output_format: str) -> None:
    """由数据库重写损坏、缺失或多余的日志文件；已签名的历史与数据库不符时不写，退出状态 1。"""
    _instance()
    from mingtang.trace.log import builder

    with _telling():
        mended = builder.repair()
    if output_format == "json":
        emit_json({"mended": mended})
        return
    for path in mended:
        click.echo(f"已修复 {path}")
    click.echo(f"共修复 {len(mended)} 个文件。")


@log.command("request")
@click.argument("out", type=NEW_FILE)
@click.option("--since", type=click.IntRange(min=0), help="见证方上次签的条数；不给则取本站留存的上一次见证。")
def request(out: Path, since: int | None) -> None:
    """生成见证申请（OUT）：最新检查点，以及它是上次见证的延续的证明。"""
    _instance()
    from django.utils import timezone

    from mingtang.trace.log import builder, witness

    with _telling():
        builder.keep_up(timezone.now())
        asked = witness.ask(builder.public_folder(), builder.witnessed_size() if since is None else since)
        out.write_text(asked.spelled(), encoding="utf-8")
    click.echo(f"已写入 {out}：从 {asked.old} 条起。请送上级见证（mingtang log witness）。")


@log.command("witness")
@click.argument("asked", metavar="REQUEST", type=FILE)
@click.argument("out", type=NEW_FILE)
@click.option("--state", "folder", required=True, type=FOLDER, help="见证方自己的文件夹：密钥和上次所签的检查点。")
@click.option("--name", help="第一次使用时：见证方的名称（如 city.example/witness）。")
@click.option("--trust", help="第一次见证某日志时：它的公钥（须从别的渠道核对）；日志丢失旧钥后重新认定也用它。")
@click.option("--keys", "published", type=FILE, help="日志换过密钥时：它的 keys.json。")
@format_option
def witness_(
    asked: Path,
    out: Path,
    folder: Path,
    name: str | None,
    trust: str | None,
    published: Path | None,
    output_format: str,
) -> None:
    """上级机关见证：核对 REQUEST 里的检查点是上次所签的延续，再签名写入 OUT。不需要数据库。

    日志若改写过历史，或给不同的人看不同的历史，就签不成，退出状态 1。
    """
    from mingtang.trace.log.notes import Checkpoint, Verifier
    from mingtang.trace.log.witness import Request
    from mingtang.trace.log.witnessing import Witness

    witness = Witness(folder)
    if not witness.exists and not name:
        refuse(f"{folder}：还没有见证方的密钥。第一次使用请用 --name 给出名称。")
    with _telling(), witness.alone():
        signer = witness.set_up(name or "")
        if trust:
            witness.believe(Verifier.parse(trust))
        if published:
            witness.follow(published.read_bytes())
        signed = witness.cosign(Request.parse(asked.read_bytes()), datetime.now(UTC))
        out.write_text(str(signed), encoding="utf-8")
    head = Checkpoint.parse(signed.text)
    if output_format == "json":
        emit_json({"origin": head.origin, "size": head.size, "witness": str(signer.verifier)})
        return
    click.echo(f"已见证 {head.origin} 的 {head.size} 条，写入 {out}。")
    click.echo(f"见证方公钥：{signer.verifier}")


@log.command("attach")
@click.argument("cosigned", type=FILE)
@click.option("--witness", "told", multiple=True, help="见证方公钥，第一次收到其见证时给出，以后记得。")
def attach(cosigned: Path, told: tuple[str, ...]) -> None:
    """收下上级的见证（COSIGNED），随日志公布为 witnessed。"""
    _instance()
    from mingtang.trace.log import builder
    from mingtang.trace.log.notes import Checkpoint, Note, Verifier

    with _telling():
        note = Note.parse(cosigned.read_bytes())
        builder.attach(note, [Verifier.parse(text) for text in told])
    click.echo(f"已公布 {Checkpoint.parse(note.text).size} 条的见证：{builder.public_folder() / 'witnessed'}")
