"""Pages that nginx shows in the application's place: it is away, a form was too large, requests came too often.

They are baked beside all others, so they need neither application nor database.
"""

from functools import partial

from django.utils.translation import gettext_lazy

from mingtang.portal.pages import FRAME_VERBS
from mingtang.trace import pages
from mingtang.trace.pages import Page, PageSource

#: Files of the release, by what they say.
AWAY, TOO_LARGE, TOO_OFTEN = "503.html", "413.html", "429.html"

_TITLES = {
    AWAY: gettext_lazy("暂时不能办理"),
    TOO_LARGE: gettext_lazy("内容太大"),
    TOO_OFTEN: gettext_lazy("请求过于频繁"),
}
_LINES = {
    AWAY: (
        gettext_lazy("检索、提交和工作台的程序正在维护，或者暂时没有应答。公开的信息照常可以查阅。"),
        gettext_lazy("刚才提交的内容可能没有收到：请过几分钟后退回上一页再提交一次，以收到编号为准。"),
    ),
    TOO_LARGE: (
        gettext_lazy("提交的内容超过了大小上限，没有收下。"),
        gettext_lazy("请退回上一页，减小附件（如降低扫描分辨率、拆成几份）后再提交。"),
    ),
    TOO_OFTEN: (
        gettext_lazy("同一网络的请求来得太快，这一次没有处理。"),
        gettext_lazy("请等半分钟再试。多人共用一个网络时，这一限制按网络计算。"),
    ),
}


def register() -> None:
    """Tell the registry of pages about the notices."""
    pages.register(
        *(
            PageSource(_name(file), file, partial(notice, file), verbs=FRAME_VERBS, timeless=True, listed=False)
            for file in _TITLES
        )
    )


def notice(file: str) -> Page:
    """The notice that lies at `file`."""
    context = {"title": _TITLES[file], "lines": _LINES[file], "searchable": file == AWAY}
    return Page("portal/notice.html", context, frozenset())


def _name(file: str) -> str:
    return f"notice-{file.partition('.')[0]}"
