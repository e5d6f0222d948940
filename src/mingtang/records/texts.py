"""A record's text with its files: safe HTML, and the stored files that it links to by their public path."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.db.models import Q
from markupsafe import Markup
from wagtail.images import get_image_model

from mingtang.records import public_files, richtext
from mingtang.records.models import AttachedFile, Record


def html_of(
    record: Record, documents: Mapping[int, AttachedFile], images: Mapping[int, Any], carried: dict[str, Any]
) -> Markup:
    """The text as the public reads it; the files it speaks of are added to `carried`.

    `documents` and `images` are stored files by primary key; those that are missing lose their link or picture.
    """
    named = richtext.mentioned(record.text)
    addresses = {key: "/" + carry(documents[key], carried) for key in sorted(named.documents & documents.keys())}
    pictures: dict[int, richtext.Picture] = {}
    for key in sorted(named.images & images.keys()):
        image = images[key]
        pictures[key] = richtext.Picture("/" + carry(image, carried), image.width, image.height)
    return richtext.public_html(record.text, addresses, pictures)


def carry(stored: Any, carried: dict[str, Any]) -> str:
    """Note a stored file (a document or an image) as one that a page carries; returns its public path."""
    path = public_files.path_of(stored)
    carried[path] = stored.file
    return path


def stored_files(text: str) -> tuple[Mapping[int, AttachedFile], Mapping[int, Any]]:
    """The documents and images that a text speaks of, from the database."""
    named = richtext.mentioned(text)
    return (
        AttachedFile.objects.in_bulk(named.documents) if named.documents else {},
        get_image_model().objects.in_bulk(named.images) if named.images else {},
    )


def kept_files(paths: Iterable[str]) -> Mapping[str, Any]:
    """The stored files that public paths name by their content, as far as the installation still has them.

    A past text names the files that it had; the record may have others now.
    """
    wanted = frozenset(paths)
    found: dict[str, Any] = {}
    for model in (AttachedFile, get_image_model()):
        for stored in _of_content(model, {PurePosixPath(path).parts[-2] for path in wanted - found.keys()}):
            path = public_files.path_of(stored)
            if path in wanted and stored.file.storage.exists(stored.file.name):
                found[path] = stored.file
    return found


def _of_content(model: Any, beginnings: Iterable[str]) -> Iterator[Any]:
    """Stored files of a kind whose noted digest begins in one of these ways; read from the index of digests."""
    asked = Q()
    for digits in beginnings:
        asked |= Q(file_hash__gte=digits, file_hash__lt=f"{digits}g")
    return model.objects.filter(asked).iterator() if asked else iter(())
