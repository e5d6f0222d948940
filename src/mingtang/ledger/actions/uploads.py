"""Whether an uploaded file can be taken: its kind by its ending, its size, and that it holds something."""

from collections.abc import Sequence

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from mingtang.ledger.errors import BadUpload

MAX_BYTES = 20 * 1024 * 1024


def checked(file: File, endings: Sequence[str], *, convert: str = "", shrink: str) -> ContentFile:
    """The file's bytes under its bare name; at most 20 MB and one of `endings`.

    `convert` says what to do with other kinds, `shrink` how to make a big one smaller. Raises `BadUpload`.
    """
    name = (file.name or "").rpartition("/")[2]
    if name.rpartition(".")[2].lower() not in endings:
        facts = {"name": name, "kinds": "、".join(endings), "convert": convert}
        raise BadUpload(_("“%(name)s”不是可收的格式：请上传 %(kinds)s 文件%(convert)s。") % facts)
    if file.size > MAX_BYTES:
        facts = {"name": name, "size": file.size / 1024**2, "shrink": shrink}
        raise BadUpload(_("“%(name)s”有 %(size).1f MB，超过 20 MB：%(shrink)s。") % facts)
    data = file.read()
    if not data.strip():
        raise BadUpload(_("“%(name)s”是空文件：请核对后重新上传。") % {"name": name})
    return ContentFile(data, name)
