"""Whether a file a stranger sends may be kept: what it really is, and that nothing in it acts, hides or swells."""

import json
import subprocess
import sys
from dataclasses import asdict

from mingtang.text.guard.findings import DEFAULT, ENDINGS, MEDIA_TYPES, Accepted, Code, Kind, Limits, Refused, Unfit
from mingtang.text.guard.naming import ending_of, shown
from mingtang.text.guard.signature import container_of, refuse_second

__all__ = ["DEFAULT", "Accepted", "Code", "Kind", "Limits", "Refused", "inspect_apart", "inspect_upload"]


def inspect_upload(name: str, data: bytes, limits: Limits = DEFAULT) -> Accepted | Refused:
    """Judge a file by its name and bytes, in this process; never raises, whatever the bytes are.

    All work is bounded by `limits`. Libraries written in C look at PDFs and pictures: where a stranger can reach,
    use `inspect_apart`, which also bounds processor time and memory and survives a crash in them.
    """
    try:
        ending = _outside(name, data, limits)
        kind, pages = _kind(data, limits)
        if kind not in limits.kinds:
            raise Unfit("kind", f"{kind} 文件不在可收之列", f"请上传 {_listed(limits)} 文件")
        if ending not in ENDINGS[kind]:
            raise Unfit("lie", f"内容是 {kind}，扩展名却是 {shown(ending)}", f"请用原程序另存为 {kind}，或改正扩展名")
    except Unfit as unfit:
        return _refused(name, unfit)
    except RecursionError:
        return _refused(name, Unfit("bomb", "内部层层嵌套", "请用原程序重新另存后再传"))
    return Accepted(kind, MEDIA_TYPES[kind], len(data), pages)


def inspect_apart(name: str, data: bytes, limits: Limits = DEFAULT, *, seconds: int = 10) -> Accepted | Refused:
    """The same judgement made in a process of its own, with at most `seconds` of processor time and 1 GB of memory."""
    try:
        _outside(name, data, limits)
    except Unfit as unfit:
        return _refused(name, unfit)
    wanted = {"name": name, "seconds": seconds, "limits": {**asdict(limits), "kinds": sorted(limits.kinds)}}
    command = [sys.executable, "-m", "mingtang.text.guard", json.dumps(wanted)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds * 2 + 5, check=False)  # noqa: S603
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return _refused(name, Unfit("slow", "内容过于复杂，未能在限时内检查完", "请重新打印为 PDF 后再传"))
    return Refused(**answer["refused"]) if "refused" in answer else Accepted(**answer["accepted"])


def _outside(name: str, data: bytes, limits: Limits) -> str:
    """The ending of the name, when name and size are in order."""
    ending = ending_of(name, limits)
    if not data.strip(b"\x00 \t\r\n"):
        raise Unfit("size", "文件是空的", "请重新选择")
    if len(data) > limits.max_bytes:
        allowed = limits.max_bytes / 1048576
        raise Unfit("size", f"文件有 {len(data) / 1048576:.1f} MB，超过 {allowed:.0f} MB", "请压缩图片或拆分后再传")
    return ending


def _refused(name: str, unfit: Unfit) -> Refused:
    return Refused(unfit.code, f"“{shown(name)}”不能上传：{unfit.wrong}；{unfit.mend}。")


def _kind(data: bytes, limits: Limits) -> tuple[Kind, int | None]:
    container = container_of(data)
    refuse_second(data, container)
    if container == "pdf":
        from mingtang.text.guard.pdf import check_pdf

        return "pdf", check_pdf(data, limits)
    if container == "jpg" or container == "png":
        from mingtang.text.guard.pictures import check_picture

        check_picture(data, container, limits)
        return container, None
    if container == "package":
        from mingtang.text.guard.package import kind_of_package

        kind = kind_of_package(data, limits)
        if kind == "pptx":
            raise Unfit("kind", "演示文稿（pptx）不在可收之列", "请打印为 PDF 后再传")
        return kind, None
    _check_text(data, limits)
    return "txt", None


def _check_text(data: bytes, limits: Limits) -> None:
    wrong = Unfit("kind", "认不出是什么文件", f"请上传 {_listed(limits)} 文件")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = data.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        else:
            raise wrong
    if "\ufffd" in text or any(ord(char) < 32 and char not in "\t\r\n\f" for char in text):
        raise wrong
    if len(text) > limits.max_characters:
        raise Unfit("size", f"文字超过 {limits.max_characters} 字", "请拆分后再传")


def _listed(limits: Limits) -> str:
    return "、".join(kind for kind in ENDINGS if kind in limits.kinds)
