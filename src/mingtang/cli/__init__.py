"""The command `mingtang`: a subcommand is imported when it is called, so the foundations start without Django."""

import importlib
import sys

import click

from mingtang import __version__
from mingtang.cli.output import refuse
from mingtang.cli.words import speak_chinese
from mingtang.config.instance import BadEnvironment

#: subcommand → "module:attribute". Foundation commands (no database) come first.
COMMANDS = {
    "ledger": "mingtang.cli.ledger:ledger",
    "clock": "mingtang.cli.clock:clock",
    "fees": "mingtang.cli.fees:fees",
    "workdays": "mingtang.cli.workdays:workdays",
    "report": "mingtang.cli.report:report",
    "review": "mingtang.cli.review:review",
    "similar": "mingtang.cli.similar:similar",
    "demo": "mingtang.cli.demo:demo",
    "import": "mingtang.cli.import_:import_",
    "setup": "mingtang.cli.setup:setup",
    "bake": "mingtang.cli.bake:bake",
    "search": "mingtang.cli.search:search",
    "serve": "mingtang.cli.serve:serve",
    "nginx": "mingtang.cli.nginx:nginx",
    "worker": "mingtang.cli.worker:worker",
    "backup": "mingtang.cli.backup:backup",
    "restore": "mingtang.cli.restore:restore",
    "verify": "mingtang.cli.verify:verify",
    "log": "mingtang.cli.log:log",
    "doctor": "mingtang.cli.doctor:doctor",
}


class LazyGroup(click.Group):
    """A click group whose subcommands are named in a table and imported on use."""

    def __init__(self, *args: object, commands_at: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self.commands_at.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        return getattr(importlib.import_module(module), attribute)


@click.group(cls=LazyGroup, commands_at=COMMANDS, help="明堂：政务公开平台的命令行。")
@click.version_option(__version__, prog_name="mingtang", message="%(prog)s %(version)s")
def mingtang() -> None:
    """Root of the command tree."""


def main() -> None:
    """Entry point of the console script."""
    speak_chinese()
    try:
        sys.exit(mingtang(prog_name="mingtang"))
    except BadEnvironment as error:
        refuse(*error.lines)
