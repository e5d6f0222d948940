"""The files that desk and portal need (styles, scripts, icons): collected into the instance with hashed names."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.test.utils import override_settings


def fingerprint() -> str:
    """A digest of which files there are and when they last changed: a new version of anything gives another."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect(*, force: bool = False) -> bool:
    """Collect the files into `STATIC_ROOT` unless they are already those of this version; True when it was done.

    The new folder is made beside the old one and takes its place when it is whole.
    """
    target = Path(settings.STATIC_ROOT)
    wanted = fingerprint()
    mark = target / ".fingerprint"
    if not force and mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".static-", dir=target.parent))
    try:
        with override_settings(STATIC_ROOT=str(fresh)):
            call_command("collectstatic", interactive=False, verbosity=0)
        (fresh / ".fingerprint").write_text(wanted, encoding="ascii")
        fresh.chmod(0o750)
        if target.exists():
            old = Path(tempfile.mkdtemp(prefix=".static-old-", dir=target.parent))
            target.rename(old / "static")
            fresh.rename(target)
            shutil.rmtree(old)
        else:
            fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True
