"""Bringing the files of a log up to a list of leaves and signing the head: the one place where the log is signed."""

import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from mingtang.trace.log import keys, merkle
from mingtang.trace.log.errors import BadTile, Fork, LogError
from mingtang.trace.log.notes import Checkpoint, Note
from mingtang.trace.log.proofs import verified_head
from mingtang.trace.log.tiles import CHECKPOINT, ENTRIES, KEYS, Address, Tiles, address, pack, tiles_of, unpack
from mingtang.trace.log.writing import Folder, Growth

#: Gives the leaves from a number on, in order.
Source = Callable[[int], Iterable[bytes]]


@contextmanager
def _alone(secrets: Path) -> Iterator[None]:
    """One writer at a time on this machine; the lock falls with the process."""
    secrets.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (secrets / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def publish(folder: Path, secrets: Path, leaves: Source, count: int) -> Checkpoint:
    """Append the leaves that the log does not have yet and sign its new head; returns it.

    `folder` holds the public files, `secrets` the keys, `leaves(n)` the leaves from number n on, `count` how many there
    are. Stopping at any point leaves the last checkpoint and everything under it intact; the next call goes on.
    Raises `Fork` when there are fewer leaves than were signed or the files do not bear out the last checkpoint, and the
    errors of `keys.signer` when nothing can be signed: before any file is touched.
    """
    with _alone(secrets):
        chain, signer = keys.chain(secrets), keys.signer(secrets)
        present = signed_head(folder, chain)
        if count < present.size:
            raise Fork(
                f"数据库里只有 {count} 条公开行为，而已签名的检查点有 {present.size} 条：数据库可能恢复自较旧的备份。"
                "请恢复更新的备份；在此之前不再签发。"
            )
        files = Folder(folder)
        files.write(KEYS, chain.spelled())
        if count == present.size and (folder / CHECKPOINT).exists():
            files.close()
            return present
        growth = Growth(files, present.size)
        if growth.frontier.root() != present.root:
            raise Fork("日志文件右缘的瓦片与已签名的检查点不符：文件被改动或损坏。请先修复日志再继续。")
        growth.extend(leaves(present.size))
        fresh = Checkpoint(chain.origin, growth.size, growth.finish())
        growth.publish(str(Note(fresh.text).signed(signer)))
        files.close()
        return fresh


def signed_head(folder: Path, chain: keys.Chain) -> Checkpoint:
    """The last head this log signed (empty when it has signed none); raises `Fork` when the file is damaged."""
    place = folder / CHECKPOINT
    if not place.exists():
        return Checkpoint(chain.origin, 0, merkle.EMPTY_ROOT)
    try:
        return verified_head(Note.parse(place.read_bytes()), chain)
    except LogError as problem:
        raise Fork(f"{place}：检查点已损坏（{problem}）。请先修复日志再继续。") from problem


def rotate(folder: Path, secrets: Path, *, lost: bool = False) -> keys.Chain:
    """Bring in a new key at the log's present head and publish the longer chain (see `keys.rotate`).

    After a loss the new key signs the present head again. A stop in between leaves a head that `repair` signs.
    """
    with _alone(secrets):
        head = signed_head(folder, keys.chain(secrets))
        following = keys.rotate(secrets, head, lost=lost)
        files = Folder(folder)
        files.write(KEYS, following.spelled())
        if lost and (folder / CHECKPOINT).exists():
            files.write(CHECKPOINT, str(Note(head.text).signed(keys.signer(secrets))).encode())
        files.close()
        return following


def repair(folder: Path, secrets: Path, leaves: Source, count: int) -> list[str]:
    """Write every file of the log anew from its leaves where it differs, and return the paths that were mended.

    A readable checkpoint must be borne out by the leaves, else `Fork`: then the leaves are what was altered. A damaged
    or missing checkpoint is signed again at the present number of leaves; whoever kept an older one can compare.
    """
    with _alone(secrets):
        chain, signer = keys.chain(secrets), keys.signer(secrets)
        present = _readable_head(folder, chain)
        size = count if present is None else present.size
        if count < size:
            raise Fork(f"只有 {count} 条叶子，检查点却有 {size} 条：请先恢复数据库。")
        aside = Folder(folder / ".repair")
        try:
            growth = Growth(aside, 0)
            growth.extend(islice(leaves(0), size))
            head = Checkpoint(chain.origin, size, growth.finish())
            if present is not None and head.root != present.root:
                raise Fork("数据库里的叶子与已签名的检查点不符：被改动的是数据库，不是文件。请从备份恢复数据库。")
            files = Folder(folder)
            mended = _mend(files, Tiles(aside.root, size))
            own = {KEYS: chain.spelled()}
            if present is None:
                own[CHECKPOINT] = str(Note(head.text).signed(signer)).encode()
            mended += [path for path, content in own.items() if files.write(path, content)]
            files.close()
        finally:
            shutil.rmtree(aside.root, ignore_errors=True)
        return mended


def _readable_head(folder: Path, chain: keys.Chain) -> Checkpoint | None:
    """The signed head, or None when the file is absent or damaged."""
    try:
        return signed_head(folder, chain) if (folder / CHECKPOINT).exists() else None
    except Fork:
        return None


def _mend(files: Folder, right: Tiles) -> list[str]:
    """Put the tiles of `right` into place where they differ, mend older partial tiles, remove what is no tile."""
    mended = [place.path for place in tiles_of(right.size) if files.write(place.path, right.read(place))]
    for file in sorted(p for p in (files.root / "tile").rglob("*") if p.is_file()):
        path = file.relative_to(files.root).as_posix()
        try:
            content = _cut(right, address(path))
        except BadTile:
            file.unlink()
            mended.append(path)
            continue
        if files.write(path, content):
            mended.append(path)
    return mended


def _cut(right: Tiles, place: Address | None) -> bytes:
    """What a tile or an older, narrower state of it must hold; `BadTile` when the tree has no such tile."""
    whole = right.address(place.level, place.index) if place else None
    if place is None or whole is None or place.width > whole.width:
        raise BadTile(place.path if place else "", "不属于这个大小的日志。")
    content = right.read(whole)
    if place.level == ENTRIES:
        return pack(unpack(content, whole)[: place.width])
    return content[: place.width * merkle.HASH_BYTES]
