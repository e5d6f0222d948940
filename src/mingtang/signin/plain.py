"""A page that needs nothing: no template, no database, no file; for errors and for a door that is shut."""

import base64
import hashlib
from html import escape

from django.http import HttpResponse

STYLE = """
:root{color-scheme:light dark;--paper:#fbfaf7;--sheet:#fff;--ink:#1d2433;--ink2:#565e6c;--rule:#dcd7cc;--link:#2b4a8b}
@media(prefers-color-scheme:dark){:root{--paper:#14171c;--sheet:#1b1f26;--ink:#ece9e1;--ink2:#a9afba;--rule:#343a44;
--link:#9db6f0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:17px/1.75 "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:38em;margin:12vh auto;padding:2em;background:var(--sheet);border:1px solid var(--rule)}
h1{margin:0 0 .5em;font:600 1.5em/1.3 "Songti SC","Source Han Serif SC","Noto Serif CJK SC",SimSun,serif}
p{margin:.5em 0}.more{color:var(--ink2)}a{color:var(--link)}
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def document(title: str, *lines: str, ways: tuple[tuple[str, str], ...] = ()) -> str:
    """The page's HTML; `ways` are (address, words) of links below the text. Everything is escaped."""
    text = "".join(f"<p{' class=more' if index else ''}>{escape(line)}</p>" for index, line in enumerate(lines))
    links = " · ".join(f'<a href="{escape(address)}">{escape(words)}</a>' for address, words in ways)
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{text}{f'<p>{links}</p>' if links else ''}</main></body></html>"
    )


def page(status: int, title: str, *lines: str, ways: tuple[tuple[str, str], ...] = ()) -> HttpResponse:
    """The page as a response, with a policy that allows its own style and nothing else."""
    response = HttpResponse(document(title, *lines, ways=ways), status=status)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    return response
