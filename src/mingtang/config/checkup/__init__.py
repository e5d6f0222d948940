"""What is unsafe or missing in an installation: the findings that `mingtang doctor` prints."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError

from mingtang.config.checkup import database, files, network, running
from mingtang.config.checkup.finding import Finding, State

__all__ = ["Finding", "State", "examine"]

Check = Callable[[datetime], Iterator[Finding]]

#: Those of the second line need a database that is reachable and up to date.
ALWAYS: tuple[Check, ...] = (
    files.folder, files.keys, files.space, files.file_system, files.restoring, files.dependencies, files.fonts,
    files.calendar,
    network.hosts, network.https, network.proxy, network.logging, database.state,
)  # fmt: skip
WITH_DATABASE: tuple[Check, ...] = (
    database.journal, database.clock, database.chain, database.accounts, network.demo, running.processes,
    running.tasks, running.events, running.site, running.search, running.backups,
)  # fmt: skip


def examine(moment: datetime) -> list[Finding]:
    """All findings at `moment`, good ones too, in a fixed order."""
    found = [finding for check in ALWAYS for finding in check(moment)]
    if any(finding.code == "database" and finding.state is State.BAD for finding in found):
        return found
    for check in WITH_DATABASE:
        try:
            found += check(moment)
        except DatabaseError as error:
            line = str(error).strip().splitlines()[0]
            found.append(Finding("database", State.BAD, f"查询数据库时出错：{line}", "请检查数据库服务。"))
    return found
