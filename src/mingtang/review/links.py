"""Check: do attachments open, and do the links of the text lead somewhere that the public can reach?"""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.records import files
from mingtang.records.errors import FileRefused
from mingtang.records.models import AttachedFile, Record
from mingtang.records.queries import public
from mingtang.review.checks import Check, Finding, Severity
from mingtang.review.models import Gate

NAME = "links"
#: Endings by which a link is an attachment rather than a page.
FILE_ENDINGS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".csv", ".txt", ".zip", ".rar", ".7z")
#: Hosts that the public may be led to without a second look: governments and public bodies.
TRUSTED_ENDINGS = (".gov.cn", ".政务.cn", ".公益.cn")


def find(edition: Record) -> Iterator[Finding]:
    """Attachments that are missing or not what they say, external attachments, dead and foreign links."""
    for attachment in edition.attachments.all():
        yield from _of_file(attachment.file, attachment.title or attachment.file.title)
    links = _Links()
    links.feed(edition.text)
    for number in links.documents:
        file = AttachedFile.objects.filter(pk=number).first()
        if file is None:
            yield _finding(Severity.BLOCK, _("正文：链接的附件（编号 %s）已不存在，请重新上传并更换链接。") % number)
        else:
            yield from _of_file(file, file.title)
    for address in links.addresses:
        yield from _of_address(address)


def _of_file(file: AttachedFile, title: str) -> Iterator[Finding]:
    try:
        with file.open_file() as stream:
            files.examine(stream, file.file.name)
    except OSError:
        yield _finding(Severity.BLOCK, _("附件“%s”：文件已丢失，无法打开，请重新上传。") % title, "attachments")
    except (FileRefused, ValidationError) as error:
        yield _finding(Severity.BLOCK, _("附件“%(title)s”：%(why)s") % {"title": title, "why": error}, "attachments")


def _of_address(address: str) -> Iterator[Finding]:
    parts = urlsplit(address)
    if parts.scheme in ("mailto", "tel") or (not parts.netloc and not parts.path):
        return
    if parts.scheme not in ("", "http", "https"):
        yield _finding(Severity.BLOCK, _("正文：链接“%s”不是网页地址，请改正或去掉。") % address)
    elif parts.netloc and parts.netloc != urlsplit(settings.PUBLIC_URL).netloc:
        yield from _of_foreign(address, parts.hostname or "", parts.path)
    elif not _leads_somewhere(parts.path):
        yield _finding(Severity.BLOCK, _("正文：本站没有页面“%s”，或该信息尚未公开，请核对链接。") % address)


def _of_foreign(address: str, host: str, path: str) -> Iterator[Finding]:
    if path.lower().endswith(FILE_ENDINGS):
        mend = _("正文：附件“%s”在外部网站上，可能随时失效，请下载核对后作为附件上传。")
        yield _finding(Severity.BLOCK, mend % address)
    elif not host.endswith(TRUSTED_ENDINGS):
        mend = _("正文：链接“%s”指向非政府网站，请核对其主办单位和内容后再保留。")
        yield _finding(Severity.WARN, mend % address)


def _leads_somewhere(path: str) -> bool:
    try:
        match = resolve(path if path.startswith("/") else f"/{path}")
    except Resolver404:
        return False
    steps = path.strip("/").split("/")
    if steps[0] == "records" and "slug" in match.kwargs:
        return public().filter(slug=match.kwargs["slug"]).exists()
    return steps[0] != "desk"


def _finding(severity: Severity, mend: str, span: str = "text") -> Finding:
    return Finding(NAME, severity, mend, Gate.SECRECY if severity is Severity.WARN else Gate.WORDING, span)


class _Links(HTMLParser):
    """Collects what a rich text links to: addresses, and numbers of documents of this installation."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.documents: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("linktype") == "document":
            self.documents.append(given.get("id") or "")
        elif tag == "a" and given.get("href"):
            self.addresses.append((given["href"] or "").strip())


CHECK = Check(NAME, gettext_lazy("附件与链接"), Gate.WORDING, find)
