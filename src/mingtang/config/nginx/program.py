"""What the nginx of this machine can do: its version, and whether it gives out files compressed with brotli."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

#: Also where administrators keep their programs, which an ordinary account does not search.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BROTLI = "ngx_http_brotli_static_module.so"
#: From here on HTTP/2 has a directive of its own.
HTTP2_DIRECTIVE = (1, 25, 1)


@dataclass(frozen=True)
class Program:
    """An nginx; `version` is that of Debian 12 where none is installed."""

    version: tuple[int, ...] = (1, 22, 1)
    brotli: bool = False

    @property
    def has_http2_directive(self) -> bool:
        """Whether `http2 on;` is known, and the parameter of `listen` no longer wanted."""
        return self.version >= HTTP2_DIRECTIVE


def executable() -> str | None:
    """The path of the program, or None when there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path=PATH)


def installed() -> Program:
    """The nginx of this machine, or what Debian 12 has when there is none."""
    path = executable()
    if path is None:
        return Program()
    said = subprocess.run([path, "-V"], capture_output=True, text=True, timeout=10, check=False).stderr  # noqa: S603
    number = re.search(r"nginx version: \S+/(\d+(?:\.\d+)+)", said)
    version = tuple(int(part) for part in number[1].split(".")) if number else Program.version
    return Program(version, _has_brotli(said))


def _has_brotli(said: str) -> bool:
    """Built in, or a module that Debian loads (its package puts a line into modules-enabled)."""
    if "brotli" in said and "dynamic" not in said.partition("brotli")[2].partition(" ")[0]:
        return True
    enabled = Path("/etc/nginx/modules-enabled").glob("*.conf")
    return any(BROTLI in each.read_text(encoding="utf-8", errors="replace") for each in enabled if each.is_file())
