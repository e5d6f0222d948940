"""The instance folder: where one installation keeps database, files, keys and baked site."""

import os
import secrets
from pathlib import Path


class BadEnvironment(Exception):
    """The environment does not name a usable installation; `lines` are Chinese lines with the mend."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def home() -> Path:
    """Absolute path of the instance folder: `MINGTANG_HOME`, else `var/` below the working directory."""
    return Path(os.environ.get("MINGTANG_HOME") or "var").resolve()


def secret_key(folder: Path) -> str:
    """The signing key of the instance, read from `secret.key` in its folder and made on first use (mode 0600).

    The key never stands in the repository or in the environment, where process listings would show it. It is
    written to a name of its own and linked into place, so two processes starting at once agree on one key.
    """
    place = folder / "secret.key"
    if not place.exists():
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        draft = folder / f".secret.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, place)
        except FileExistsError:
            pass  # another process was first; its key is the key
        finally:
            draft.unlink()
    return place.read_text(encoding="ascii").strip()
