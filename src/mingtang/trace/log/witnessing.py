"""What a witness keeps: its own key, which keys of which logs it believes, and what it cosigned last, in one folder.

`witness.key` (0600) is the witness's; for each log, under the digest of its name, `<digest>.keys.json` is the chain of
its keys from the one that was told to the witness, `<digest>.note` the checkpoint it cosigned last. The note is on the
disk before it is handed out, so that a stop never lets the witness sign two histories.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from mingtang.trace.log import keys
from mingtang.trace.log.errors import BadChain, BadNote
from mingtang.trace.log.keys import Chain, Link
from mingtang.trace.log.notes import COSIGNATURE, Checkpoint, Note, Signer, Verifier
from mingtang.trace.log.witness import Request, answer

KEY = "witness.key"


class Witness:
    """A witness in its folder; use it under `alone`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether the witness has its key."""
        return (self.folder / KEY).exists()

    def set_up(self, name: str) -> Signer:
        """Make the witness's key under its name (its address, no scheme), once."""
        if self.exists:
            return self.signer()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Signer.generate(name, COSIGNATURE)
        keys.write_whole(self.folder / KEY, f"{made.spelled()}\n".encode(), 0o600)
        return made

    def signer(self) -> Signer:
        """The witness's key; raises a `KeyUnusable`."""
        return keys.load_private(self.folder / KEY)

    def believe(self, key: Verifier) -> None:
        """Believe a log's key that was learnt from elsewhere, also as the replacement of one that the log has lost."""
        keys.write_whole(self._place(key.name, "keys.json"), Chain((Link(key),)).spelled(), 0o644)

    def follow(self, published: bytes) -> None:
        """Follow a log's published chain of keys from the one that is believed; raises `BadChain`."""
        chain = Chain.parse(published)
        known = self.chain(chain.origin)
        following = chain.verified(known.current)
        keys.write_whole(self._place(chain.origin, "keys.json"), following.spelled(), 0o644)

    def chain(self, origin: str) -> Chain:
        """The keys of a log that the witness believes; raises `BadChain` for a log it was not told of."""
        place = self._place(origin, "keys.json")
        if not place.exists():
            raise BadChain(f"见证方还不认识日志 {origin}。请从别的渠道核对它的公钥，再用 --trust 给出。")
        return Chain.parse(place.read_bytes())

    def last(self, origin: str) -> Note | None:
        """What the witness cosigned last of a log; raises `BadNote` when the file is damaged."""
        place = self._place(origin, "note")
        return Note.parse(place.read_bytes()) if place.exists() else None

    def cosign(self, request: Request, moment: datetime) -> Note:
        """The request's checkpoint cosigned, after what `witness.answer` checks; kept before it is returned."""
        origin = Checkpoint.parse(Note.parse(request.checkpoint).text).origin
        chain = self.chain(origin)
        try:
            signed = answer(request, chain, self.last(origin), self.signer(), moment)
        except BadNote as problem:
            raise BadNote(f"{problem}（若日志换过密钥，请用 --keys 附上它的 keys.json。）") from problem
        keys.write_whole(self._place(origin, "note"), str(signed).encode(), 0o644)
        return signed

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder: two requests at once must not both continue the same note."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _place(self, origin: str, ending: str) -> Path:
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:16]}.{ending}"
