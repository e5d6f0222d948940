"""Programs of Debian that tests run: found where administrators keep them too, and a failure when they are absent."""

import os
import shutil

import pytest

#: Also where an ordinary account does not look.
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"))


def program(name: str, *packages: str) -> str:
    """Path of a program; fails the test, never skips it, when there is none."""
    if found := shutil.which(name, path=PLACES):
        return found
    pytest.fail(f"缺少 {name}：请安装 Debian 软件包 {' '.join(packages)}。", pytrace=False)
