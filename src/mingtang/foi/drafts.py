"""Writing an application: kept between the pages of the form, encrypted under a secret that the browser alone holds.

Nothing of it is an act of the office, so no event is recorded; sending it is one (`foi.received`). What was written is
encrypted twice: under the secret, so that neither the database nor the key file nor both reveal it, and by the vault.
A draft is forgotten after `KEPT`, its files with it; once sent, only number and tracking secret stay for `SHOWN`, so
that a page loaded again shows the receipt again and sends nothing twice.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.foi import actions, vault
from mingtang.foi.errors import Damaged, DraftRefused
from mingtang.foi.files import Upload
from mingtang.foi.identity import Identity
from mingtang.foi.models import Draft, DraftFile
from mingtang.foi.tracking import ALPHABET

#: How long a draft is kept after its last change, and a receipt after sending.
KEPT, SHOWN = timedelta(days=7), timedelta(minutes=30)
#: A secret: groups of letters and digits that are not mistaken for each other, a hundred random bits.
GROUPS, GROUP = 5, 4
NONCE = 12
#: What all drafts together may take, so that strangers cannot fill the disk: rows, and bytes of files.
MOST_DRAFTS, MOST_BYTES = 20_000, 1024**3
#: Files of one draft.
MOST_FILES = 6


@dataclass(frozen=True)
class Attached:
    """A file of a draft: `token` is its row's, `part` what it is for (identity or attachment)."""

    token: str
    part: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Writing:
    """An application as written so far, opened with its secret. `number` and `tracking` are set once it was sent."""

    secret: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    files: tuple[Attached, ...] = ()
    number: str = ""
    tracking: str = ""

    @property
    def is_sent(self) -> bool:
        return bool(self.number)


def new_secret() -> str:
    """A secret as it is shown to the applicant for going on elsewhere."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def plain(secret: str) -> str:
    """The secret as typed from paper: in capitals, without what stands between the groups."""
    return "".join(character for character in secret.upper()[:80] if character in ALPHABET)


def opened(secret: str, moment: datetime) -> Writing | None:
    """The application of this secret; None where there is none, or it has expired."""
    row = _row(secret, moment)
    return _read(row, secret) if row else None


def saved(writing: Writing | None, values: Mapping[str, str], moment: datetime) -> Writing:
    """Keep what was written, as a new draft where there is none yet; raises `DraftRefused`."""
    with transaction.atomic():
        row = _row(writing.secret, moment, lock=True) if writing else None
        if writing is None or row is None or row.is_sent:
            if Draft.objects.count() >= MOST_DRAFTS:
                raise DraftRefused(_("现在填写申请的人太多：请过一会儿再试，或者打印申请表寄来。"))
            writing = Writing(new_secret())
            row = Draft(key=_key(writing.secret))
        writing = replace(_read(row, writing.secret) if row.pk else writing, values=dict(values))
        _write(row, writing, moment, KEPT)
    return writing


def attached(writing: Writing, part: str, upload: Upload, moment: datetime) -> Writing:
    """Keep a file with the draft, already examined by the guard; raises `DraftRefused`."""
    with transaction.atomic():
        row = _open_row(writing, moment)
        writing = _read(row, writing.secret)
        if len(writing.files) >= MOST_FILES:
            raise DraftRefused(_("一份申请最多附 %d 个文件：请先去掉一个。") % MOST_FILES)
        taken = DraftFile.objects.aggregate(taken=Sum("size"))["taken"] or 0
        if taken + len(upload.content) > MOST_BYTES:
            raise DraftRefused(_("现在收不下文件：请先不上传，到窗口出示，或者过一会儿再试。"))
        kept = DraftFile(draft=row, size=len(upload.content))
        kept.sealed = _seal(upload.content, writing.secret, str(kept.token))
        kept.save(force_insert=True)
        info = Attached(str(kept.token), part, upload.name[-120:], upload.media_type, len(upload.content))
        writing = replace(writing, files=(*writing.files, info))
        _write(row, writing, moment, KEPT)
    return writing


def without(writing: Writing, token: str, moment: datetime) -> Writing:
    """Drop a file of the draft."""
    with transaction.atomic():
        row = _open_row(writing, moment)
        writing = _read(row, writing.secret)
        if any(each.token == token for each in writing.files):
            row.files.filter(token=token).delete()
        writing = replace(writing, files=tuple(each for each in writing.files if each.token != token))
        _write(row, writing, moment, KEPT)
    return writing


def forget(secret: str) -> None:
    """Remove the draft with everything in it."""
    Draft.objects.filter(key=_key(secret)).delete()


def send(writing: Writing, *, body: Body, identity: Identity, moment: datetime, **fields: Any) -> Writing:
    """Send the application: received once, however often it is asked for. Raises what `actions.receive` raises.

    `fields` are those of `actions.receive` that are not personal.
    """
    with transaction.atomic():
        row = _open_row(writing, moment)
        writing = _read(row, writing.secret)
        if writing.is_sent:
            return writing
        received = actions.receive(
            body=body, identity=identity, channel="online", actor=actions.APPLICANT, moment=moment,
            proofs=_uploads(row, writing, "identity"), attachments=_uploads(row, writing, "attachment"), **fields,
        )  # fmt: skip
        row.files.all().delete()
        row.is_sent = True
        writing = Writing(writing.secret, {}, (), received.request.number, received.secret)
        _write(row, writing, moment, SHOWN)
    return writing


def purge(moment: datetime) -> None:
    """Remove what has expired."""
    Draft.objects.filter(expires_at__lte=moment).delete()


def _row(secret: str, moment: datetime, *, lock: bool = False) -> Draft | None:
    rows = Draft.objects.select_for_update() if lock else Draft.objects
    return rows.filter(key=_key(secret), expires_at__gt=moment).first()


def _open_row(writing: Writing, moment: datetime) -> Draft:
    row = _row(writing.secret, moment, lock=True)
    if row is None:
        raise DraftRefused(_("这份草稿已经过期或者清除了：请重新填写。"))
    return row


def _uploads(row: Draft, writing: Writing, part: str) -> list[Upload]:
    kept = {str(each.token): bytes(each.sealed) for each in row.files.all()}
    return [
        Upload(info.name, _unseal(kept[info.token], writing.secret, info.token), info.media_type)
        for info in writing.files
        if info.part == part
    ]


def _write(row: Draft, writing: Writing, moment: datetime, kept: timedelta) -> None:
    told = {
        "values": dict(writing.values), "files": [vars(each) for each in writing.files], "number": writing.number,
        "tracking": writing.tracking,
    }  # fmt: skip
    row.sealed = _seal(json.dumps(told, ensure_ascii=False).encode(), writing.secret, str(row.token))
    row.changed_at, row.expires_at = moment, moment + kept
    row.save()


def _read(row: Draft, secret: str) -> Writing:
    told = json.loads(_unseal(bytes(row.sealed), secret, str(row.token)))
    files = tuple(Attached(**each) for each in told["files"])
    return Writing(secret, told["values"], files, told["number"], told["tracking"])


def _key(secret: str) -> str:
    return vault.fingerprint(plain(secret), "draft")


def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"mingtang.foi.draft\0" + plain(secret).encode()).digest())


def _seal(content: bytes, secret: str, about: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return vault.seal(nonce + _cipher(secret).encrypt(nonce, content, about.encode()), f"foi.draft:{about}")


def _unseal(kept: bytes, secret: str, about: str) -> bytes:
    inner = vault.unseal(kept, f"foi.draft:{about}")
    try:
        return _cipher(secret).decrypt(inner[:NONCE], inner[NONCE:], about.encode())
    except InvalidTag as error:
        raise Damaged from error


def token_of(written: str) -> str:
    """A file's token as a form sends it back; empty for what is none."""
    try:
        return str(uuid.UUID(written))
    except ValueError:
        return ""
