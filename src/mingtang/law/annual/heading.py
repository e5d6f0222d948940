"""Whose report a text is and about which year: by its title, else by the page, the opening or the signature."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR_WORDS = r"(20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})"
_YEAR = re.compile(rf"(?<![〔\[\d（(])(?:(?<=^)|(?<=\D)){_YEAR_WORDS}\s*年?(度)?(?!\d)")
_YEAR_OF_REPORT = re.compile(
    rf"{_YEAR_WORDS}\s*年(?:度)?(?=[^。；]{{0,24}}(?:政府信息公开|政务公开|年度报告|工作报告))"
)
_PERIOD = re.compile(r"(20\d\d)\s*年\s*1\s*月\s*1\s*日")
_YEAR_SAID = re.compile(r"(?:^|[。\n])[^。，]{0,8}?(20\d\d)年")
_TITLE = re.compile(r"年度报告|年报|工作报告|情况的?报告")
_TITLE_BEGINS = re.compile(r"^[^。，；：]{4,56}?(年度报告|年报)")
_QUOTED = re.compile(r"[《“]([^》”]{6,60}?(?:年度报告|年报|工作报告|情况的?报告)[^》”]{0,12})[》”]")
_PASSED_ON = re.compile(r"现将|印发|转发|公布|发布|报送|的通知|的公告|的函")
_NAME_NOISE = re.compile(
    r"^(现将|现|将)|(关于|印发|公布|发布|做好)|(20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})\s*年?(度)?|(的)?(政府)?信息(主动)?公开|(的)?政务公开"
    r"|(工作)?(年度)?(工作)?(情况)?的?(报告|年报)|年度|[《》“”\"（）()【】\[\]\s—_|-]|全文|正文|终稿|定稿"
)
_OFFICE = (
    r"(?:局|委员会|政府|办公室|办公厅|厅|院|中心|办事处|管委会|公安局|分局|支队|大队|委|办|站|所|队|社|会"
    r"|镇|乡|苏木|街道|旗|县|区|市|盟|州|省)"
)
_OPENING = (
    re.compile(rf"现(?:将|公布|发布|公开)([一-龥]{{2,24}}?{_OFFICE})(?=20\d\d|二[〇零○]|的?政府信息公开|年度)"),
    re.compile(rf"(?:^|[，。])([一-龥]{{2,24}}?{_OFFICE})20\d\d年(?:度)?政府信息公开(?:工作)?(?:年度)?(?:工作)?报告"),
    re.compile(rf"由([一-龥]{{3,24}}?{_OFFICE})(?:编制|负责编制|根据|依据|按照|结合|汇总|组织编制)"),
    re.compile(rf"请(?:直接)?(?:与|联系|致电)([一-龥]{{3,24}}?{_OFFICE})(?:政务公开\S{{0,6}}|政府信息公开\S{{0,6}}|办公室)?(?:联系|[（(])"),
)  # fmt: skip
_SIGNATURE = re.compile(rf"^[一-龥]{{3,26}}{_OFFICE}$")
_NOBODY = re.compile(r"^(本|我|该|各|全|有关|其)|公开条例|国务院|有关统计")


def title_of(heads: Sequence[str], titles: Sequence[str]) -> str:
    """The line that names the report: of the text itself (`heads`), else of its frame (`titles`).

    A title broken in two is put together; of a notice that passes the report on, the report's own title is taken.
    """
    passed_on = ""
    for index, line in enumerate(heads):
        quoted = _QUOTED.search(line) if _PASSED_ON.search(line) else None
        if quoted and _named(quoted.group(1)):
            passed_on = passed_on or quoted.group(1)
            continue
        joined = heads[index - 1] + line if index and len(line) < 16 and len(heads[index - 1]) < 40 else line
        for candidate in (line, joined):
            if _named(candidate) and not _PASSED_ON.search(candidate):
                return candidate
    for line in heads[:3]:  # a title that runs on into the text, as a page's lines were joined
        begun = _TITLE_BEGINS.match(line)
        if begun and _named(begun.group()) and not _PASSED_ON.search(begun.group()):
            return begun.group()
    if passed_on:
        return passed_on
    for title in titles:
        quoted = _QUOTED.search(title)
        if quoted and _named(quoted.group(1)):
            return quoted.group(1)
        if _named(title):
            return title
    likely = (line for line in (*heads[:6], *titles) if len(line) <= 60 and "。" not in line and _TITLE.search(line))
    return next(likely, next(iter(titles), heads[0] if heads else ""))


def _named(line: str) -> bool:
    return (
        len(line) <= 60
        and _TITLE.search(line) is not None
        and "公开" in line
        and _YEAR.search(_plain(line)) is not None
        and "。" not in line
        and "根据" not in line
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def year_of(title: str, titles: Sequence[str], texts: Sequence[str], file: str) -> int | None:
    """The year the report is about; `texts` are its first paragraphs, `file` the name of its file."""
    for line in (title, *titles):
        if _TITLE.search(line) and (found := _YEAR.search(_plain(line))):
            return _number(found.group(1))
    opening = [_plain(text) for text in texts]
    for pattern, lines in ((_YEAR_OF_REPORT, opening[:6]), (_PERIOD, opening[:12])):
        for line in lines:
            if found := pattern.search(line):
                return _number(found.group(1))
    if ("公开" in file or "年报" in file or "年度报告" in file) and (found := _YEAR.search(_plain(file))):
        return _number(found.group(1))
    said = Counter(year for text in opening for year in _YEAR_SAID.findall(text))
    return int(said.most_common(1)[0][0]) if said else None


def _number(words: str) -> int:
    return int(words.translate(_DIGITS))


def body_of(title: str, titles: Sequence[str], texts: Sequence[str], issuer: str, file: str) -> str:
    """The body whose report it is; "" where nothing names one."""
    for line in (title, *titles):
        if _TITLE.search(line) and (name := name_in(line)):
            return name
    if issuer:
        return issuer
    for pattern in _OPENING:
        for text in texts[:6]:
            match = pattern.search(text)
            if match and not _NOBODY.search(match.group(1)):
                return match.group(1)
    for text in (*texts[:2], *texts[-4:]):
        if _SIGNATURE.match(text.strip()) and not _TITLE.search(text):
            return text.strip()
    return name_in(file) if _TITLE.search(file) and "公开" in file else ""


def name_in(title: str) -> str:
    """The body that a title names."""
    bare = _plain(title)
    ends = [match.end() for match in _TITLE.finditer(bare)]
    after = re.match(r"\s*[（(]([^）)]{3,24})[）)]", bare[ends[-1] :]) if ends else None
    name = _NAME_NOISE.sub("", bare[: ends[-1]] if ends else bare).strip("的、，：:,. 年报告")
    if not name and after:
        name = _NAME_NOISE.sub("", after.group(1))
    return name


def dated_lines(texts: Sequence[str]) -> Iterator[str]:
    """The lines at the end of a report that hold nothing but a day: the day it was signed."""
    for text in texts[-4:]:
        if re.fullmatch(r"\s*(20\d\d|二[〇零○]\S{2})\s*年\s*\S{1,2}\s*月\s*\S{1,3}\s*日\s*", text):
            yield text
