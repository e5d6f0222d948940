"""Whose signature under a site's manifest is believed: the keys of the transparency log."""

from pathlib import Path

from mingtang.trace.log import keys
from mingtang.trace.log.errors import LogError
from mingtang.trace.log.notes import Verifier
from mingtang.trace.log.tiles import KEYS
from mingtang.trace.log.verification import read_chain


def trusted(key: str | None, home: Path) -> tuple[Verifier, ...]:
    """The given public key, or all keys of the instance's chain (its own, else the published one).

    Raises a `LogError` when there is none, or it is no key.
    """
    if key is not None:
        return (Verifier.parse(key),)
    secrets, public = home / "keys" / "log", home / "log"
    chain = keys.chain(secrets) if (secrets / keys.CHAIN).is_file() or not (public / KEYS).is_file() else None
    links = (chain.verified() if chain else read_chain(public)).links
    return tuple(link.key for link in links)


__all__ = ["LogError", "trusted"]
