"""What every page depends on beside its own tags: the program's files, and the frame that all pages share."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict

import mingtang
from mingtang.portal.site import Site

#: What of the package can show on a page.
KINDS = frozenset({".py", ".html", ".json", ".toml", ".txt", ".csv", ".mo", ".css", ".js", ".svg", ".png", ".woff2"})
#: Folders of the package that never do.
ASIDE = frozenset({"tests", "migrations", "__pycache__"})


@cache
def program() -> str:
    """SHA-256 (hex) over the program's files, templates, texts and style sheets as this process found them."""
    root = Path(mingtang.__file__).parent
    digest = hashlib.sha256(version("jinja2").encode())
    for file in sorted(root.rglob("*")):
        if file.suffix in KINDS and not ASIDE.intersection(file.relative_to(root).parts) and file.is_file():
            digest.update(f"\n{file.relative_to(root)}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def of(site: Site) -> str:
    """SHA-256 (hex) over the program and over what `site` puts on every page."""
    bodies = [model_to_dict(body) if body else None for body in (site.government, site.office)]
    frame = [site.name, site.ways, site.is_demo, bodies, settings.PUBLIC_URL, settings.TIME_ZONE]
    spelled = json.dumps(frame, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{program()}\n{spelled}".encode()).hexdigest()
