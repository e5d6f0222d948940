#!/usr/bin/env python3
"""Checks a downloaded transparency log, a record's proof, and a whole baked site, with Python and `cryptography` alone.

One file, written apart from the platform's own verifier so that neither shares the other's mistakes. To be read by
whoever doubts the portal: RFC 6962 trees, C2SP tlog-tiles, signed-note, tlog-checkpoint and tlog-cosignature.

    verify_site.py LOG [--site SITE] [--key VKEY] [--witness VKEY]... [--proof FILE] [--since CHECKPOINT]

Exit status: 0 all is well, 1 something is wrong (each line names the file), 2 bad input.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH = 256
DIGEST = r"[0-9a-f]{64}"
LEAF = {
    "who": r"[0-9A-Za-z._-]{1,64}",
    "when": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "verb": r"published|changed|withdrawn|superseded|archived",
    "shown": DIGEST,
    "metadata": DIGEST,
    "reason": DIGEST,
}
RECORD = {
    "thing": r"[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}:[0-9]{1,19}",
    "number": r"[0-9A-Za-z\u4e00-\u9fff〔〕（）()/_.:-]{1,80}",
    "path": r"[0-9A-Za-z/_-]{1,160}",
}
MAY_BE_NULL = {"shown", "metadata", "reason", "number", "path"}


class Wrong(Exception):
    """Something that does not hold; the message names it."""


# --- trees (RFC 6962) ------------------------------------------------------------------------------------------------
def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def join(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree(leaves):
    """Root over a list of hashes: split at the largest power of two below its length."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return join(tree(leaves[:middle]), tree(leaves[middle:]))


def root_of_path(leaf, index, size, path):
    """Root that an inclusion path leads to, walking the tree from the top as the path was made."""
    if not 0 <= index < size:
        raise Wrong(f"大小为 {size} 的日志里没有第 {index} 号条目")
    turns, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + (1 << (end - begin - 1).bit_length() - 1)
        turns.append(index < middle)
        begin, end = (begin, middle) if index < middle else (middle, end)
    if len(turns) != len(path):
        raise Wrong("收录证明的长度不对")
    for left, sibling in zip(reversed(turns), path, strict=True):
        leaf = join(leaf, sibling) if left else join(sibling, leaf)
    return leaf


# --- notes -----------------------------------------------------------------------------------------------------------
def unbase64(text, what):
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong(f"{what}不是 base64") from None
    if base64.b64encode(value).decode() != text:
        raise Wrong(f"{what}的 base64 不是规范写法")
    return value


class Key:
    def __init__(self, text):
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise Wrong(f"公钥应写成“名称+编号+base64”：{text[:60]}")
        raw = unbase64(parts[2], "公钥")
        self.text, self.name, self.kind, self.raw = text, parts[0], raw[:1], raw[1:]
        self.id = hashlib.sha256(parts[0].encode() + b"\n" + raw).digest()[:4]
        if self.kind not in (b"\x01", b"\x04") or len(self.raw) != 32 or self.id.hex() != parts[1]:
            raise Wrong(f"公钥编号与内容不符或类型不支持：{text[:60]}")

    def signed(self, text, signatures):
        """Whether this key signed; a signature in its name that does not hold is an error."""
        found = False
        for name, value in signatures:
            if (name, value[:4]) == (self.name, self.id):
                self.check(text, value[4:])
                found = True
        return found

    def check(self, text, value):
        message = text.encode()
        if self.kind == b"\x04":
            if len(value) != 72:
                raise Wrong(f"{self.name} 的见证签名长度不对")
            stamp = int.from_bytes(value[:8], "big")
            message, value = f"cosignature/v1\ntime {stamp}\n{text}".encode(), value[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(value, message)
        except InvalidSignature:
            raise Wrong(f"{self.name} 的签名不成立") from None


def read_note(content):
    """A note's text and its signatures."""
    text, gap, lines = content.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise Wrong("签名文书应为正文、空行、签名行")
    signatures = []
    for line in lines[:-1].split("\n"):
        found = re.fullmatch("— (\\S+) (\\S+)", line)
        if not found:
            raise Wrong("签名行写法不对")
        signatures.append((found[1], unbase64(found[2], "签名")))
    return text + "\n", signatures


def read_checkpoint(text):
    """Origin, size, root and extension lines."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not re.fullmatch(r"0|[1-9]\d{0,18}", lines[1]):
        raise Wrong("检查点应有来源、大小、根三行")
    return lines[0], int(lines[1]), unbase64(lines[2], "检查点的根"), lines[3:-1]


class Keys:
    """The chain of the log's keys from the trusted one on, each introduced by the one before."""

    def __init__(self, content, trusted):
        data = json.loads(content)
        if canonical(data) != content or set(data) != {"format", "keys"} or data["format"] != "mingtang.log-keys/1":
            raise Wrong("密钥链不是规范写法")
        links = [(Key(item["key"]), item["handover"]) for item in data["keys"]]
        if any(set(item) != {"key", "handover"} for item in data["keys"]):
            raise Wrong("密钥链里有多余的字段")
        start = 0
        if trusted:
            places = [n for n, (key, _) in enumerate(links) if key.text == trusted]
            if not places:
                raise Wrong("密钥链里没有所给的可信公钥")
            start = places[-1]
        self.origin, self.heads, self.known = links[0][0].name, [], [key for key, _ in links]
        self.keys = [(self._from_size(links[start][1]), links[start][0])]
        for (old, _), (new, handover) in zip(links[start:], links[start + 1 :], strict=False):
            text, signatures = read_note(handover)
            origin, size, root, more = read_checkpoint(text)
            if more == [f"replacement {new.text}"]:
                raise Wrong(f"公钥 {new.text} 未经前一把公钥签名（私钥曾丢失），请另行核实后用 --key 给出")
            if origin != old.name or more != [f"successor {new.text}"] or size + 1 < self.keys[-1][0]:
                raise Wrong(f"公钥 {new.text} 的交接书写的不是它")
            if not (old.signed(text, signatures) and new.signed(text, signatures)):
                raise Wrong(f"公钥 {new.text} 的交接书缺少签名")
            self.heads.append((size, root))
            self.keys.append((size + 1, new))

    @staticmethod
    def _from_size(handover):
        """The smallest checkpoint that a key signs which took over by this note."""
        if not handover:
            return 0
        _, size, _, more = read_checkpoint(read_note(handover)[0])
        return size if more and more[0].startswith("replacement ") else size + 1

    def head(self, content, witnesses=()):
        """Size and root of a checkpoint signed by the key in service at that size, and by every witness."""
        text, signatures = read_note(content)
        origin, size, root, _ = read_checkpoint(text)
        if origin != self.origin:
            raise Wrong(f"检查点属于另一个日志：{origin}")
        serving = [key for begin, key in self.keys if begin <= size]
        if not serving:
            raise Wrong("检查点早于可信公钥启用的时候")
        for key in (serving[-1], *witnesses):
            if not key.signed(text, signatures):
                raise Wrong(f"检查点缺少 {key.name} 的签名")
        return size, root

    def any_head(self, content):
        """Size and root of a checkpoint that any of the log's keys signed; the caller compares it with the log."""
        text, signatures = read_note(content)
        origin, size, root, _ = read_checkpoint(text)
        if origin != self.origin or not [key for key in self.known if key.signed(text, signatures)]:
            raise Wrong("检查点没有本日志公钥的签名")
        return size, root


def canonical(value):
    """RFC 8785 for what occurs here: text, whole numbers, null, lists and objects with ASCII keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- the log's files -------------------------------------------------------------------------------------------------
def check_leaf(entry):
    """An entry follows the closed schema in its one spelling."""
    try:
        data = json.loads(entry)
        fields = [(LEAF, {k: v for k, v in data.items() if k not in ("version", "record")}), (RECORD, data["record"])]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Wrong("不是日志条目") from None
    if data.get("version") != 1 or canonical(data).encode() != entry:
        raise Wrong("不是规范写法")
    for patterns, values in fields:
        if set(values) != set(patterns):
            raise Wrong("字段多了或少了")
        for name, value in values.items():
            if not (value is None and name in MAY_BE_NULL) and not (
                isinstance(value, str) and re.fullmatch(patterns[name], value, re.ASCII if name == "when" else 0)
            ):
                raise Wrong(f"{name} 的值不合规定")
    return data


def spell(number):
    """A tile's number in groups of three digits, all but the last behind an x."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups)


class Log:
    def __init__(self, folder, faults):
        self.folder, self.faults, self.seen = folder, faults, {"checkpoint", "witnessed", "keys.json"}
        self.leaves, self.records = [], {}

    def check(self, size, root):
        """Every entry, every tile, and that nothing else is there."""
        for number in range(-(-size // WIDTH)):
            self.bundle(number, min(WIDTH, size - number * WIDTH))
        row, level = self.leaves, 0
        while row:
            for at in range(0, len(row), WIDTH):
                part = row[at : at + WIDTH]
                self.compare(f"tile/{level}/{spell(at // WIDTH)}", [32] * len(part), b"".join(part))
            row = [tree(row[at : at + WIDTH]) for at in range(0, len(row) - WIDTH + 1, WIDTH)]
            level += 1
        if tree(self.leaves) != root:
            self.faults.append("checkpoint：根与全部条目算出的根不符")
        for file in sorted(self.folder.rglob("*")):
            path = file.relative_to(self.folder).as_posix()
            if file.is_file() and not path.startswith(".") and path not in self.seen:
                self.faults.append(f"{path}：多余的文件")

    def bundle(self, number, count):
        stem = f"tile/entries/{spell(number)}"
        place = self.folder / (stem if count == WIDTH else f"{stem}.p/{count}")
        content = place.read_bytes() if place.is_file() else b""
        entries, at = [], 0
        while at < len(content):
            end = at + 2 + int.from_bytes(content[at : at + 2], "big")
            entries.append(content[at + 2 : end])
            at = end
        if at != len(content) or len(entries) != count:
            self.faults.append(f"{place.relative_to(self.folder)}：缺失、残缺或混入他物")
            entries = (entries + [b""] * count)[:count]
        for offset, entry in enumerate(entries):
            self.leaves.append(leaf_hash(entry))
            try:
                data = check_leaf(entry)
                if data["record"]["path"]:
                    acts = self.records.setdefault(data["record"]["path"], [])
                    acts.append((number * WIDTH + offset, entry, data))
            except Wrong as problem:
                self.faults.append(f"{stem}：第 {number * WIDTH + offset} 号条目{problem}")
        self.compare(stem, [len(entry) + 2 for entry in entries], content)

    def compare(self, stem, lengths, content):
        """The tile, and its earlier narrower states, must be beginnings of what was computed."""
        partial = self.folder / f"{stem}.p"
        files = {str(WIDTH): self.folder / stem} if (self.folder / stem).is_file() else {}
        files.update({p.name: p for p in partial.iterdir()} if partial.is_dir() else {})
        if str(WIDTH) not in files and str(len(lengths)) not in files:
            self.faults.append(f"{stem}：文件缺失")
        for name, file in files.items():
            path = file.relative_to(self.folder).as_posix()
            self.seen.add(path)
            width = int(name) if re.fullmatch(r"[1-9]\d{0,2}", name, re.ASCII) else 0
            if not 0 < width <= len(lengths) or file.read_bytes() != content[: sum(lengths[:width])]:
                self.faults.append(f"{path}：内容与条目算出的不符")

    def grown_from(self, size, root, what):
        """Consistency, shown in the plainest way: the first `size` entries have that root."""
        if size > len(self.leaves) or tree(self.leaves[:size]) != root:
            raise Wrong(f"{what}：日志不是它的延续，历史被改动过")


def check_proof(content, keys, witnesses, *, any_key=False):
    """A record's proof; returns its leaf, size and root."""
    data = json.loads(content)
    fields = {"format", "leaf", "index", "size", "path", "checkpoint"}
    if set(data) != fields or data["format"] != "mingtang.log-proof/1":
        raise Wrong("证明文件应为 mingtang.log-proof/1")
    size, root = keys.any_head(data["checkpoint"]) if any_key else keys.head(data["checkpoint"], witnesses)
    if size != data["size"]:
        raise Wrong("证明里的大小与检查点不符")
    entry = data["leaf"].encode()
    path = [unbase64(value, "证明里的哈希") for value in data["path"]]
    if root_of_path(leaf_hash(entry), data["index"], size, path) != root:
        raise Wrong("收录证明不成立：内容、位置或证明被改动过")
    return check_leaf(entry), size, root


# --- the site --------------------------------------------------------------------------------------------------------
def roots_at(leaves, sizes):
    """Roots of the first n leaves, for each n asked for, in one pass."""
    found, stack = {0: tree([])}, []
    for size, leaf in enumerate(leaves, 1):
        stack.append((1, leaf))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            right, left = stack.pop(), stack.pop()
            stack.append((left[0] * 2, join(left[1], right[1])))
        if size in sizes:
            root = stack[-1][1]
            for _, left in reversed(stack[:-1]):
                root = join(left, root)
            found[size] = root
    return found


class Site:
    """Each record's pages show what the log says was shown: nothing less, nothing altered, nothing withdrawn."""

    def __init__(self, folder, log, keys, faults):
        self.folder, self.log, self.keys, self.faults = folder, log, keys, faults
        self.heads = []

    def check(self):
        for path, acts in sorted(self.log.records.items()):
            try:
                self.record(path, acts)
            except (Wrong, OSError, ValueError, KeyError, TypeError) as problem:
                self.faults.append(f"{path}：{problem}")
        roots = roots_at(self.log.leaves, {size for size, _, _ in self.heads})
        for size, root, path in self.heads:
            if roots.get(size) != root:
                self.faults.append(f"{path}proof.json：凭证里的检查点不是这个日志的")
        for place in sorted((self.folder / "records").glob("*/proof.json")):
            path = place.relative_to(self.folder).parent.as_posix() + "/"
            if path not in self.log.records and any(act["proof"] for act in json.loads(place.read_bytes())["acts"]):
                self.faults.append(f"{path}：日志里没有这条信息")

    def record(self, path, acts):
        raw = (self.folder / path / "proof.json").read_bytes()
        bundle = json.loads(raw)
        told = [act for act in bundle["acts"] if act["proof"]]
        number = acts[-1][2]["record"]["number"] or bundle["record"]
        form = {"format": "mingtang.record-proof/1", "record": number, "path": path, "acts": bundle["acts"]}
        if json.dumps(form, ensure_ascii=False, indent=1).encode() != raw:
            raise Wrong("proof.json 不是规范写法")
        if len(told) != len(acts) or told != bundle["acts"][: len(told)]:
            raise Wrong(f"proof.json 有 {len(told)} 份凭证，日志里有 {len(acts)} 条：网页落后于日志或被改动过")
        ends = [place for place, (_, _, leaf) in enumerate(acts) if leaf["verb"] == "withdrawn"]
        texts = [place for place, (_, _, leaf) in enumerate(acts) if leaf["verb"] in ("published", "changed")]
        for place, (act, logged) in enumerate(zip(told, acts, strict=True)):
            self.proof(path, act, logged)
            is_closed = bool(ends) and place <= ends[-1]
            version = texts.index(place) + 1 if place in texts else None
            if act["version"] != version or act["reason"] == "" or act["metadata"] == "":
                raise Wrong("proof.json 的版本或理由写法不对")
            if is_closed and (act["metadata"] is not None or act["content"] is not None):
                raise Wrong("已撤下的内容仍在网页上")
            if not is_closed and hashed(act["metadata"]) != logged[2]["metadata"]:
                raise Wrong(f"第 {logged[0]} 号条目：目录信息与日志里的摘要不符")
            if len(bundle["acts"]) > len(told):
                continue  # the newest act waits to be signed; the text beside the page is already the next one
            name = "record.json" if [place] == texts[-1:] else f"versions/{version}/record.json"
            if version and not is_closed and (act["content"] or [place] == texts[-1:]):
                self.text(path, name, act["content"], logged)
            elif version and (self.folder / path / name).exists():
                raise Wrong(f"{name}：不应再公开")
        if ends and ends[-1] == len(acts) - 1 and quoted(told[-1]["reason"]) not in self.page(path + "index.html"):
            raise Wrong("index.html：撤下说明缺失或被改动过")

    def proof(self, path, act, logged):
        index, entry, leaf = logged
        proof = act["proof"]
        if (proof["index"], proof["leaf"].encode()) != (index, entry):
            raise Wrong(f"第 {index} 号条目的凭证是另一条的")
        _, size, root = check_proof(json.dumps(proof), self.keys, (), any_key=True)
        self.heads.append((size, root, path))
        if (act["act"], act["moment"], hashed(act["reason"])) != (leaf["verb"], leaf["when"], leaf["reason"]):
            raise Wrong(f"第 {index} 号条目：行为、时刻或理由与日志不符")

    def text(self, path, name, told, logged):
        raw = (self.folder / path / name).read_bytes()
        if told != name or hashlib.sha256(raw).hexdigest() != logged[2]["shown"]:
            raise Wrong(f"{name}：内容与日志第 {logged[0]} 号条目的摘要不符")
        said, page = json.loads(raw), name.replace("record.json", "index.html")
        html = self.page(path + page)
        if said["text"] not in html or quoted(said["title"]) not in html:
            raise Wrong(f"{page}：标题或正文与存证全文不符")
        for file in said["files"]:
            place = self.folder / unquote(file["path"])
            if name != "record.json" and not place.is_file():
                continue  # a past text's file need not be served any more
            content = place.read_bytes()
            if file["sha256"] and hashlib.sha256(content).hexdigest() != file["sha256"]:
                raise Wrong(f"{file['path']}：附件与存证不符")

    def page(self, path):
        return (self.folder / path).read_text(encoding="utf-8")


def hashed(text):
    """SHA-256 of a text, None for none."""
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


def quoted(text):
    """A text as it stands in HTML."""
    for character, spelling in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        text = text.replace(character, spelling)
    return text


def run(options, faults):
    """Check what was asked for; returns what is to be printed when all is well."""
    folder = Path(options.log)
    keys = Keys((folder / "keys.json").read_text(encoding="utf-8"), options.key)
    witnesses = [Key(text) for text in options.witness]
    size, root = keys.head((folder / "checkpoint").read_text(encoding="utf-8"))
    log = Log(folder, faults)
    log.check(size, root)
    heads = [(*head, "keys.json") for head in keys.heads]
    if witnesses or (folder / "witnessed").is_file():
        heads.append((*keys.head((folder / "witnessed").read_text(encoding="utf-8"), witnesses), "witnessed"))
    if options.since:
        heads.append((*keys.head(Path(options.since).read_text(encoding="utf-8")), options.since))
    if options.site and not faults:
        Site(Path(options.site), log, keys, faults).check()
    found = {"origin": keys.origin, "size": size, "root": base64.b64encode(root).decode()}
    if options.proof:
        found["leaf"], *head = check_proof(Path(options.proof).read_text(encoding="utf-8"), keys, ())
        heads.append((*head, options.proof))
    for head in heads:
        log.grown_from(*head)
    return found


def read_options(arguments=None):
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="核验下载的透明日志，以及一条信息的证明。")
    parser.add_argument("log", help="日志文件夹（含 checkpoint、keys.json、tile/）")
    parser.add_argument("--site", help="网站文件夹：逐条核对信息页面与日志")
    parser.add_argument("--key", help="从别处得知的日志公钥；不给则以日志自带的第一把为准")
    parser.add_argument("--witness", action="append", default=[], help="见证方的公钥，可多次给出；每一方都须签过")
    parser.add_argument("--proof", help="信息页面所附的证明（JSON 文件）")
    parser.add_argument("--since", help="先前保存的 checkpoint 文件：日志须是它的延续")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = read_options(arguments)
    faults, found = [], {}
    if not Path(options.log).is_dir():
        sys.stderr.write(f"{options.log}：没有这个文件夹\n")
        return 2
    try:
        found = run(options, faults)
    except (Wrong, OSError, ValueError, KeyError, TypeError) as problem:
        faults.append(str(problem))
    if options.format == "json":
        sys.stdout.write(json.dumps(found | {"faults": faults}, ensure_ascii=False) + "\n")
    elif faults:
        sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    else:
        trust = "" if options.key else "（未给出可信公钥，仅核对了前后一致）"
        sys.stdout.write(f"核验通过：{found['origin']}，{found['size']} 条，根 {found['root']}{trust}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
