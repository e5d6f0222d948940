"""Who must do what: the sentences that bind somebody become tasks, with their bodies, deadlines and quotas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mingtang.text.bodies import Acting, acting_in, groups_in, is_body, recipients_in, split_names
from mingtang.text.cleaning import fold
from mingtang.text.deadlines import Moment, find_deadlines, foremost
from mingtang.text.draft import Task
from mingtang.text.quotas import find_quotas
from mingtang.text.references import systems, titles
from mingtang.text.responsibility import Responsibility, is_note, joined, read_note
from mingtang.text.sentences import Span, brackets, clauses, sentences

#: headings under which a notice speaks of aims, not of work
GENERAL_HEADING = re.compile(
    r"^(?:[一-鿿]{0,8})?(?:指导思想|总体要求|基本原则|工作原则|总体思路|总体目标|工作目标|主要目标|目标要求|工作思路|目标任务要求|重要意义|总体考虑|工作背景|总则|目的意义|适用范围|编制依据|依据)$"
)
_PURPOSE = (
    r"为(?!.{0,12}(?:提供|设置))|为了|以便|从而|进而|使得?|让|确保.{0,30}(?:准确|安全|平稳|实效|到位|质量|有序|高效|落地见效|连续性|见效|不断档)$|更好|不断(?:提高|提升|增强|扩大|满足)|切实(?:提高|提升|增强|保障)|有效(?:提升|保障|提高)|"
    r"助力|形成.{0,10}(?:合力|格局|氛围|局面)|营造|促进|引导市场|保障人民|推动.{2,30}(?:上台阶|取得|高质量发展|落地|见效|持续改善)|推进.{2,20}(?:持续改善|现代化)|实现.{2,20}(?:转变|目标|跨越)|发挥.{0,16}作用$|增强.{0,14}(?:实效|意识|获得感|公信力|能力|满意度)|"
    r"提升.{0,20}(?:公信力|满意度|获得感)|努力|奋力|防止|避免|以.{1,16}(?:促|助|推|带|强)"
)
_GENERAL = (
    r"(?:要|应)?(?:始终)?(?:坚持|始终)?以.{1,60}(?:为指导|为引领|为统领|为遵循|为导向|为中心|为目标|为核心|为主线|为重点|为契机|为抓手|为依托|为载体|为基础)|坚持(?:以|和|党|“)|高举|深入学习|学习贯彻|全面贯彻|认真贯彻|深入贯彻|贯彻落实.{0,40}精神|深刻|牢固树立|始终坚持|"
    r"紧扣|紧紧围绕|紧盯|围绕|聚焦|立足|着眼|着力点|根据|按照|依据|依照|针对|结合|对于|随着|鉴于|在.{1,40}(?:基础上|过程中|前提下|方面|领导下|中|下|后|时)$|由于|近年来|目前|当前|\d{4}年是|\d{4}年.{0,30}(?:总体要求|工作)是|"
    r"全(?:面)?落实.{0,30}(?:决策部署|会议精神|重要讲话)|准确把握|统筹推进.{0,6}$"
)
#: a topic with its act in the same clause: 聚焦重点区域深入实施…, unless it only names the topic (…的要求, …等方面)
_TOPIC_THEN_ACT = re.compile(
    r"(?:紧扣|紧紧围绕|紧盯|围绕|聚焦|立足|着眼|根据|按照|依据|依照|针对|结合)(?!.{0,60}关于).{2,40}?"
    r"(?:深入|扎实|全面|积极|切实|大力|认真|严格|及时|持续|进一步|加快|主动|依法|逐项|定期|准确|分类|统一)"
    r"(?:实施|开展|推进|推动|做好|加强|落实|公开|发布|公布|解读|回应|建立|健全|完善|优化|规范|梳理|编制|更新|清理|组织|执行|办理|答复)"
    r"(?!.{0,60}(?:方面|过程中|基础上|前提下|要求|原则|部署|精神|目标|任务|战略|实际|意见|主题|主线|情况|领域)$)"
)
#: improving something of the office's own work: no exhortation where a whole sentence says nothing else
_BETTERS = re.compile(
    r"^(?:切实|不断|有效|着力|全面|进一步|持续)?(?:提高|提升|增强|促进|推动|推进|实现)"
    r".{0,24}(?:公开|解读|回应|发布|办理|答复|平台|网站|专栏|窗口|信息|制度|机制|目录)"
    r"(?!.{0,30}(?:意识|公信力|满意度|获得感|能力水平|合力|氛围))"
)
_EMPTY_CLAUSE = re.compile(rf"^(?:{_PURPOSE}|{_GENERAL})")
_STATEMENT = re.compile(
    r"以习近平.{0,40}为指导|现(?:予以?)?(?:印发|转发|下发)|印发给你们|转发给你们|制定(?:本|如下|此|以下)|(?:现)?将.{0,60}(?:通知|通报|安排|明确|分解)如下|通知如下|提出(?:以下|如下)|如下(?:意见|通知|安排)|特(?:此通知|制定)|(?:已经?|业经|(?<!未)经).{0,50}(?:同意|审定|审议通过|研究通过|批准)|"
    r"请.{0,16}(?:认真|遵照|参照|严格|抓好|一并).{0,8}(?:贯彻|执行|落实)|本(?:要点|通知|方案|办法|意见|规定).{0,12}(?:自.{1,16}(?:起施行|之日起)|由.{1,20}负责解释)|^附件|^此件|同时废止|以下(?:简称|统称)[^)]{0,30}\)?。?$|"
    r"^(?:报送|具体|主要)?内容(?:主要)?包括|^[一二三四五六七八九十]{1,2}是[^,，；;]{2,12}。?$|"
    r"^(?:总体要求|工作要求|指导思想|工作目标|基本原则)(?:是)?[:]"
)
_SPIRIT = re.compile(r"指导思想|为指导|精神|总体要求|中国特色社会主义|决策部署")
_IS_DEFINITION = re.compile(
    r"^[^,，;；]{2,40}[,，]?(?<![一二三四五六七八九十])(?:既)?是"
    r"(?:指|一项|推进|提高|建立|实现|贯彻|落实|构建|社会|党|当前|.{0,40}(?:的(?:重要|关键|基础|必然|有效|具体|内在|一项|客观)|之年))"
)
_MUST = re.compile(
    r"(?<![重主需首概])要(?![点求素])|应当|应(?![急用对变届邀])|必须|务必|须|不得|严禁|请|负责|牵头|落实到"
)
_BY_PHRASE = re.compile(
    r"由(?P<names>[^，。；：,;:由]{2,80}?)(?:具体|统一|共同|分别|按职责(?:分工)?)?(?P<role>牵头|负责|会同|组织|统筹|承担|汇总|督促|予以|进行|落实|提供|审核|审定|承办|实施|做好|报送|公布|公开|发布|编制|制定|开展|答复|办理|配合)"
)
_JOINING = re.compile(r"(?:会同|联合|商)(?!会)")


@dataclass(slots=True)
class Memory:
    """What an item remembers from sentence to sentence: the bodies last named, and a note that holds for all of it."""

    moment: Moment
    addressees: tuple[str, ...]
    last: tuple[str, ...] = ()
    last_lead: tuple[str, ...] = ()
    note: Responsibility = field(default_factory=Responsibility)


@dataclass(slots=True)
class _Passage:
    """A sentence and the notes that hold for it; `own_note`: one of them stands inside it."""

    span: Span
    notes: list[Responsibility] = field(default_factory=list[Responsibility])
    own_note: bool = False


def binds(sentence: str) -> bool:
    """Whether a sentence binds somebody: it tells to do something, not only why, whereby or in what spirit."""
    folded = fold(sentence)
    if _STATEMENT.search(folded) or len(re.sub(r"\W", "", folded)) < 4:
        return False
    if _IS_DEFINITION.match(folded) and not _MUST.search(folded):
        return False
    parts = [clause.text for clause in clauses(Span(folded, 0))]
    return any(map(_acts, parts)) or (not _SPIRIT.search(folded) and any(map(_BETTERS.match, parts)))


def _acts(clause: str) -> bool:
    """Whether a clause tells to do something."""
    bare = re.sub(r"^(?:[一二三四五六七八九十]是|同时|此外|并|要)+", "", clause)
    if len(bare) < 3 or re.fullmatch(r"[\W\d]*", bare):
        return False
    if acting_in(bare) and _MUST.search(clause):
        return True
    return _EMPTY_CLAUSE.match(bare) is None or _TOPIC_THEN_ACT.match(bare) is not None


def binds_by_name(sentence: str, moment: Moment, by_day: bool = True) -> bool:
    """Whether a sentence outside the outline binds a named body, or (`by_day`) sets a day to hand something in."""
    if not binds(sentence):
        return False
    named = any(acting_in(clause.text) for clause in clauses(Span(sentence, 0)))
    if named and _MUST.search(fold(sentence)):
        return True
    dated = by_day and any(one.kind in ("by", "within") for one in find_deadlines(sentence, moment))
    return dated and re.search(r"报送|上报|报至|反馈|提交|完成|报送至|公开", sentence) is not None


def is_spoken(first_sentence: str) -> bool:
    """Whether the first sentence of a numbered line is an instruction of its own, not only a heading."""
    named = any(acting_in(clause.text) for clause in clauses(Span(first_sentence, 0)))
    if named and _MUST.search(fold(first_sentence)):
        return True
    dated = any(one.kind != "ongoing" for one in find_deadlines(first_sentence, Moment()))
    return dated or bool(find_quotas(first_sentence)) or len(first_sentence) > 48


def tasks_in(lines: Iterable[Span], memory: Memory, keep_all: bool = False) -> tuple[Task, ...]:
    """The tasks in the lines of one item or part.

    A responsibility note holds for the sentences before it, back to the note before. `keep_all` keeps every sentence
    (rows of a task table). `memory` is carried on to the next part of the item.
    """
    return tuple(
        _task(piece, passage, memory)
        for passage in _passages(lines, memory.moment)
        for piece in _divided(passage.span, memory.moment)
        if keep_all or binds(piece.text) or (passage.own_note and len(piece.text) > 8)
    )


@dataclass(slots=True)
class _Range:
    """The sentences that the next note holds for: those since the last note; notes in a row hold for the same ones."""

    start: int = 0
    end: int = 0

    def apply(self, passages: list[_Passage], note: Responsibility) -> None:
        """Give a note to the sentences it holds for."""
        if len(passages) > self.end:
            self.start, self.end = self.end, len(passages)
        for passage in passages[self.start : self.end]:
            passage.notes.append(note)


def _passages(lines: Iterable[Span], moment: Moment) -> list[_Passage]:
    """Sentences with the notes that hold for each."""
    passages: list[_Passage] = []
    open_from = _Range()
    for line in lines:
        if is_note(line.text):
            note = read_note(line.text.strip("（）()【】[]"), moment)
            if note:
                open_from.apply(passages, note)
                continue
        listed = _LISTED.match(line.text) is not None
        for index, sentence in enumerate(sentences(line)):
            rest = _without_dash(sentence)
            if listed and index == 0 and len(rest.text) <= 15 and rest.end < line.end and rest.text.endswith("。"):
                continue  # the heading of a place in a list: ——开放日活动。各镇…
            while rest.text[:1] in ("（", "(", "【", "["):
                inner = next(brackets(rest), None)
                note = read_note(inner.text, moment) if inner else None
                if inner is None or note is None:
                    break
                open_from.apply(passages, note)
                rest = Span(rest.text[inner.end + 1 - rest.start :], inner.end + 1).stripped()
            if not re.search(r"\w", rest.text):
                continue
            if is_note(rest.text):
                note = read_note(rest.text, moment)
                if note:
                    open_from.apply(passages, note)
                    continue
            passage = _Passage(rest)
            passages.append(passage)
            notes = [note for note in (_note_in(inner, rest, moment) for inner in brackets(rest)) if note]
            if notes:
                passage.own_note = True
                open_from.apply(passages, joined(notes))
    return passages


_LISTED = re.compile(r"[—–－\-·•●○◆■□▲]")


def _without_dash(sentence: Span) -> Span:
    """A sentence without the dash or bullet of a list before it (——…, ●…)."""
    bare = sentence.text.lstrip("—–－-·•●○◆■□▲★☆※* ")
    return Span(bare, sentence.end - len(bare)) if bare else sentence


def _note_in(inner: Span, sentence: Span, moment: Moment) -> Responsibility | None:
    """A note in brackets inside a sentence: with a label anywhere, without one only at the sentence's end."""
    at_end = re.fullmatch(r"[）)\]】。.；;！\s]*", sentence.text[inner.end - sentence.start :]) is not None
    follows_name = re.search(
        r"(?:局|委|部门|单位|镇|街道|苏木镇|乡|区|县|市|旗)$", sentence.text[: inner.start - 1 - sentence.start]
    )
    if not at_end or (follows_name and not re.search(r"牵头|配合|负责|单位[:：]", inner.text)):
        return read_note(inner.text, moment, labelled_only=True)
    return read_note(inner.text, moment)


def _divided(sentence: Span, moment: Moment) -> list[Span]:
    """A sentence cut at its semicolons when its parts bind different bodies or to different days; else whole."""
    parts = list(clauses(sentence, marks="；;"))
    if len(parts) < 2:
        return [sentence]
    actors = [_first_actor(part) for part in parts]
    days = [
        foremost(one for one in find_deadlines(part.text, moment) if one.kind in ("by", "within")) for part in parts
    ]
    own_actors = all(actors) and len({actor.names for actor in actors if actor}) > 1
    own_days = all(days) and len({day.text for day in days if day}) > 1
    if not own_actors and not own_days:
        return [sentence]
    ends = [part.start for part in parts[1:]] + [sentence.end]
    return [
        Span(sentence.text[part.start - sentence.start : end - sentence.start], part.start).stripped()
        for part, end in zip(parts, ends, strict=True)
    ]


def _first_actor(part: Span) -> Acting | None:
    first = next(clauses(part), None)
    return acting_in(first.text) if first else None


def _task(piece: Span, passage: _Passage, memory: Memory) -> Task:
    own = _own_bodies(piece)
    note = joined(passage.notes) if passage.notes else memory.note
    inherited = inferred = False
    lead, supporting = own.lead, own.supporting
    bodies = own.bodies
    if bodies:
        both = joined([own, note])
        bodies, lead, supporting = both.bodies, both.lead, both.supporting
        memory.last, memory.last_lead = tuple(dict.fromkeys((*own.lead, *own.does))) or bodies, own.lead
    elif note.bodies:
        bodies, lead, supporting, inherited = note.bodies, note.lead, note.supporting, not passage.own_note
    elif memory.last:
        bodies, lead, inherited = memory.last, memory.last_lead, True
    else:
        bodies = tuple(_named_groups(piece.text))
        memory.last = bodies
        if not bodies:
            bodies, inferred = memory.addressees, True
    deadlines = find_deadlines(piece.text, memory.moment)
    deadlines = tuple(dict.fromkeys((*deadlines, *note.deadlines)))
    return Task(
        text=piece.text,
        start=piece.start,
        end=piece.end,
        bodies=bodies,
        lead=lead,
        supporting=supporting,
        recipients=tuple(name for name in recipients_in(piece.text) if name not in bodies),
        deadline=foremost(deadlines),
        deadlines=deadlines,
        quotas=find_quotas(piece.text),
        systems=tuple(systems(piece.text)),
        documents=tuple(titles(piece.text)),
        inherited=inherited,
        inferred=inferred,
    )


def _own_bodies(piece: Span) -> Responsibility:
    """The bodies that a sentence itself makes act."""
    lead: list[str] = []
    does: list[str] = []
    supporting: list[str] = []
    for clause in clauses(piece):
        acting = acting_in(clause.text)
        if acting:
            {"lead": lead, "support": supporting, "do": does}[acting.role].extend(acting.names)
            joins = _JOINING.match(clause.text[acting.end :])
            joined_by = acting_in(clause.text[acting.end + joins.end() :]) if joins else None
            if joined_by:
                lead.extend(acting.names)
                supporting.extend(joined_by.names)
        by = _BY_PHRASE.search(clause.text)
        if by:
            names = _sure_names(by.group("names"))
            (lead if by.group("role") == "牵头" else supporting if by.group("role") == "配合" else does).extend(names)
        encouraged = re.search(r"(?:鼓励|支持|引导)(?P<names>[^，。；,;]{2,40})", clause.text)
        if encouraged:
            acted = acting_in(encouraged.group("names"))
            if acted:
                does.extend(acted.names)
    return joined([Responsibility(tuple(lead), tuple(does), tuple(supporting))])


def _sure_names(text: str) -> list[str]:
    names = split_names(text)
    return names if names and all(is_body(name) for name in names) else []


_OVERSEEN = re.compile(
    r"(?:督促|指导|监督|检查|对|向|给|帮助|考核|通报|为|服务|协调|推动|统筹|汇总|抽查|培训|在|与|和|及|让|使|供|受|被|同|于|将|把|听取|征求|公开|公布|展示|梳理|细化|清理|明确|完善|优化|提升|提高|加强|强化|规范)$"
)
#: what follows a group that only qualifies a noun: 各部门的应用水平, 各部门间
_QUALIFIES = re.compile(r"(?:的|之间|间|内部|以外|网站|官网)")


def _named_groups(text: str) -> list[str]:
    """Groups named in a sentence without a subject, except those that somebody else is to watch or serve."""
    named: list[str] = []
    for name in groups_in(re.sub(r"《[^《》]{0,120}》", lambda match: "□" * len(match.group()), text)):
        place = text.find(name)
        after = text[place + len(name) :] if place >= 0 else ""
        if not _OVERSEEN.search(text[max(0, place - 3) : place]) and not _QUALIFIES.match(after):
            named.append(name)
    return named
