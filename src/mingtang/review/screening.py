"""Check: personal data, marks of secrecy and slips of writing in the title, the text and every attached file."""

import hashlib
from collections.abc import Iterator

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.law.profiles import likely_profile
from mingtang.records.models import AttachedFile, Record
from mingtang.review.checks import Check, Finding, Severity
from mingtang.review.models import Gate
from mingtang.text import UnreadableFile, read_bytes
from mingtang.text.screening import Finding as Found
from mingtang.vetting import Options, Outcome, vet_apart, vet_document, vet_text

NAME = "screening"
#: So many findings of one file or text are shown, the gravest first; more would hide the rest of the page.
MOST = 60
#: Raised when the checks change, so that no outcome of older ones is used.
_EDITION = 1
_DAY = 24 * 3600
_ORDER = {"block": 0, "warn": 1, "note": 2}


def find(edition: Record) -> Iterator[Finding]:
    """What speaks against publishing the record as this revision has it."""
    options = options_for(edition)
    yield from _told(vet_text(edition.title, options), _("标题"), "title")
    yield from _told(_in_text(edition.text, options), _("正文"), "text")
    for attachment in edition.attachments.all():
        yield from _in_file(attachment.file, attachment.title or attachment.file.title, options)


def options_for(edition: Record) -> Options:
    """The kind of publication that the title speaks of."""
    kind = likely_profile(edition.title)
    return Options(profile=kind, consultation=kind is not None and kind.id == "hearing")


def _in_text(markup: str, options: Options) -> list[Found]:
    try:
        document = read_bytes(f"<html><body>{markup}</body></html>".encode())
    except UnreadableFile:
        return []  # nothing written yet: the check of the fields says so
    return vet_document(document, options)


def _in_file(file: AttachedFile, title: str, options: Options) -> Iterator[Finding]:
    name = _("附件“%s”") % title
    try:
        with file.open_file() as stream:
            data = stream.read()
    except OSError:
        return  # the check of links says that the file is lost
    try:
        outcome = vetted(data, options)
    except UnreadableFile as error:
        yield Finding(NAME, Severity.WARN, _("%(file)s没有检查：%(why)s") % {"file": name, "why": error}, Gate.SECRECY)
        return
    yield from _told(outcome.findings, name, "attachments")
    for note in outcome.notes:
        yield Finding(NAME, Severity.NOTE, f"{name}：{note}", Gate.SECRECY, "attachments")


def vetted(data: bytes, options: Options) -> Outcome:
    """The outcome for a file, kept for a day by its content; only masked quotes are kept. Raises `UnreadableFile`."""
    kind = options.profile.id if options.profile else ""
    key = f"review.vetted:{_EDITION}:{kind}:{hashlib.sha256(data).hexdigest()}"
    known = cache.get(key)
    if known is None:
        try:
            known = vet_apart(data, options)
        except UnreadableFile as error:
            known = str(error)
        cache.set(key, known, _DAY)
    if isinstance(known, str):
        raise UnreadableFile(known)
    return known


def _told(found: "list[Found] | tuple[Found, ...]", where: str, span: str) -> Iterator[Finding]:
    ordered = sorted(found, key=lambda one: _ORDER[one.severity])
    for one in ordered[:MOST]:
        place = f"{where}{one.place}"
        yield Finding(
            NAME,
            Severity(one.severity),
            f"{place}“{one.quote}”：{one.message}",
            Gate(one.gate),
            span,
            key=fingerprint(one, span),
        )
    if len(ordered) > MOST:
        more = _("%(where)s还有 %(count)d 处提示没有列出，改正上面的之后再看。")
        yield Finding(NAME, Severity.NOTE, more % {"where": where, "count": len(ordered) - MOST}, Gate.WORDING, span)


def fingerprint(found: Found, span: str) -> str:
    """What makes two findings the same: the kind, the masked words, the field; never the words themselves."""
    return hashlib.sha256("\0".join((found.code, found.quote, span)).encode()).hexdigest()[:32]


CHECK = Check(NAME, gettext_lazy("内容检查"), Gate.SECRECY, find)
