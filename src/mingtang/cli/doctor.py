"""`mingtang doctor`: what is unsafe or missing in this installation, each with its mend."""

import sys

import click

from mingtang.cli.output import FOUND, emit_json, format_option


@click.command("doctor")
@format_option
def doctor(output_format: str) -> None:
    """检查本安装有哪些不安全或缺失之处；有误时以 1 退出。"""
    from mingtang.config import readiness

    readiness.start_django()
    from django.conf import settings
    from django.utils import timezone

    from mingtang.config.checkup import State, examine

    findings = examine(timezone.now())
    wrong = any(finding.state is State.BAD for finding in findings)
    if output_format == "json":
        listed = [{"code": f.code, "state": f.state.value, "what": f.what, "mend": f.mend} for f in findings]
        emit_json({"home": str(settings.HOME), "sound": not wrong, "findings": listed})
    else:
        for finding in findings:
            click.echo(" · ".join(filter(None, (finding.state.label, finding.what, finding.mend))))
    sys.exit(FOUND if wrong else 0)
