"""The file around the pages: a new PDF that takes over the pages and nothing else of the old one."""

import io
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from mingtang.press.redaction.content import HIDDEN, without
from mingtang.press.redaction.errors import Unreadable, Unworkable
from mingtang.press.redaction.picture import as_picture
from mingtang.press.redaction.places import opened

pikepdf: Any = import_module("pikepdf")

_PAGE_KEYS = frozenset(
    {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group", "/Parent"}
)
#: What may hang on any object and say more than is seen.
_TALKING_KEYS = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/OPI", "/Alternates", "/Measure"}
    | {"/PtData", "/AF", "/Name", "/Thumb", "/OC", HIDDEN}
)


def prepared(data: bytes) -> bytes:
    """A PDF with what the pages of another one show, and nothing else of it; raises `Unreadable`.

    What stands in form fields and notes is drawn on the page. Left behind: hidden layers, outlines, named places,
    attachments, forms, scripts, tags, metadata, earlier versions. A page whose hidden layers cannot be taken apart
    surely becomes a picture.
    """
    viewer = opened(data)
    try:
        made = _fresh(data)
        for number, page in enumerate(made.pages):
            if not _uses_layers(page):
                continue
            try:
                put(made, page, *without(made, page, page.obj.Resources, []))
            except Unworkable:
                shown = viewer[number]
                shown.set_rotation(0)
                put(made, page, *as_picture(made, shown, [], None))
        _silence(made)
        return saved(made)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        raise Unreadable("PDF 打不开：可能损坏或加了密码，请重新导出后再试。") from None
    finally:
        viewer.close()


def put(pdf: Any, page: Any, content: bytes, resources: Any) -> None:
    """Give a page new content and resources."""
    page.obj.Contents = pdf.make_stream(content)
    page.obj.Resources = resources
    if "/Group" in page.obj:
        del page.obj["/Group"]


def _fresh(data: bytes) -> Any:
    old = pikepdf.open(io.BytesIO(data))
    old.flatten_annotations("screen")
    _mark_hidden(old)
    made = pikepdf.new()
    for page in old.pages:
        for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
            _inherit(page.obj, key)
        if "/Resources" not in page.obj:
            page.obj.Resources = pikepdf.Dictionary()
        for key in [key for key in list(page.obj.keys()) if key not in _PAGE_KEYS]:
            del page.obj[key]
        made.pages.append(page)
    return made


def _mark_hidden(pdf: Any) -> None:
    """Mark the layers that a viewer does not show at first."""
    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return
    shown = layers.get("/D", pikepdf.Dictionary())
    off = list(shown.get("/OFF", []))
    if str(shown.get("/BaseState", "")) == "/OFF":
        on = {one.objgen for one in shown.get("/ON", [])}
        off += [one for one in layers.get("/OCGs", []) if one.objgen not in on]
    for layer in off:
        layer[HIDDEN] = True


def _inherit(page: Any, key: str) -> None:
    """Give a page what its parents say for it."""
    parent, steps = page, 0
    while key not in page and "/Parent" in parent and steps < 50:
        parent, steps = parent.Parent, steps + 1
        if key in parent:
            page[key] = parent[key]


def _uses_layers(page: Any) -> bool:
    """Whether something of a page belongs to a layer, which may be hidden."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    if any("/OC" in thing for thing in resources.get("/XObject", pikepdf.Dictionary()).values()):
        return True
    marks = resources.get("/Properties", pikepdf.Dictionary())
    return any(str(mark.get("/Type", "")) in ("/OCG", "/OCMD") for mark in marks.values())


def _silence(pdf: Any) -> None:
    """Take from every object what is not seen but could be read."""
    pdf.remove_unreferenced_resources()
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in _present(thing):
                del thing[key]


def _present(thing: Any) -> Iterable[str]:
    keep_name = str(thing.get("/Type", "")) == "/Font"
    return [key for key in list(thing.keys()) if key in _TALKING_KEYS and not (key == "/Name" and keep_name)]


def saved(pdf: Any) -> bytes:
    """The file written anew, in one version."""
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
