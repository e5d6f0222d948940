"""Find the government bodies that a sentence names, and in what part: who acts, leads, co-operates, receives."""

import re
from dataclasses import dataclass

from mingtang.text.cleaning import fold
from mingtang.text.lexicon import followers
from mingtang.text.sentences import depths

#: Whole endings that make a name a body wherever it stands.
_LONG_ENDINGS = (
    "政府|人民政府办公室|人民政府办公厅|政府办公室|政府办公厅|人民政府|县政府|市政府|区政府|旗政府|州政府|省政府|镇政府|乡政府|盟行署|行署|政府办|"
    "领导小组办公室|领导小组|工作专班|专班|联席会议办公室|联席会议|指挥部办公室|指挥部|委员会办公室|工作委员会|委员会|管理委员会|管委会|工委|"
    "街道办事处|办事处|街道办|街道|镇街|乡镇街道|乡镇|镇乡|苏木镇|苏木|嘎查村|部门|单位|科室|股室|处室|科队|处所|委局|委办局|各委办|"
    "办公室|督查室|研究室|政研室|接待室|值班室|公开办|政务公开科|信息中心|服务中心|融媒体中心|数据中心|大数据中心|事业中心|管理中心|指导中心|发展中心|监测中心|疾控中心|中心|"
    "管理局|监管局|分局|总局|税务局|公安局|教体局|委员办|党委|党工委|党组|县委|市委|区委|旗委|监委|纪委|发改委|卫健委|"
    "宣传部|组织部|统战部|网信办|编办|机关|机构|企业|企事业单位|学校|院校|高校|医院|银行|公司|集团|法院|检察院|总工会|妇联|残联|团委|"
    "联合会|协会|商会|供销社|派出所|司法所|服务站|服务局|嘎查|村委会|居委会|村（居）委会|社区|园区|开发区|功能区|高新区|新区|农场|林场|"
    "总队|支队|大队|研究院|图书馆|档案馆|博物馆|研究所|责任人|地区|各地|各级|各方|主体|县区|区县|旗县|市县|市区|县市|盟市|旗县区|县市区|区市县"
)
#: One-character endings: a name needs at least three characters, or 各 before it.
_SHORT_ENDINGS = "局厅委办科处股镇乡街县旗区盟市州部院所队"
_LONG = re.compile(rf"(?:{_LONG_ENDINGS})$")
_TRAILING_BRACKET = re.compile(r"\([^()]{1,20}\)$")
_PERSON = re.compile(
    r"(?:的)?(?:主要负责人|主要负责同志|分管负责人|分管负责同志|负责同志|负责人|主要领导|分管领导|班子成员|工作人员|领导班子)$"
)
_NOT_IN_NAME = re.compile(
    r"^[以将把对在从向让按凡此该未不与和及或若如使做抓用可再更最已并发]|至|(?<!自)由|[的了着把被使让是很需您我你他它也均都]|为(?!民|农)|报(?!社|业|刊)|将(?!军)|\d[月日]|于\d|"
    r"实现|追究|尽快|准确|掌握|尽量|达到|出现|存在|参照|参加(?!单位)|问责|追责|通报|责令|处理|处分|考核(?!办|组|委|处|中心|领导)|评估(?!中心|处|组|机构)|验收|整改|检查(?!组|站)|监测(?!中心|站)"
    r"|回应|答复|办理(?!单位|部门|机构)|解读|宣传(?!部|办|科|处|中心|单位|部门|股)|培训(?!中心|机构|学校)|更新|维护(?!单位)|设立|设置|开设|开通|拓展|丰富|扩大|整合|畅通|打造|构建|完成|总结|梳理|细化|分解|压紧|夯实|规范(?!性|化|办)|统筹(?!办|局|科|处|委|小组|中心)|协调(?!小组|办|机构|科|处|中心|组|机制)|选派|配备|配齐|调整|出台|起草(?!单位|部门|机关|科室|处室|股室|机构)|公开(?!办|科|处|股|室|领导|工作|责任|主体|机构|单位|专班|窗口|审查|主管|和|与|部门|协调)"
    r"|(?<![人主重])要|关于"
    r"|加强|加快|推进|推动|做好|做到|做实|发布|公布|开展|建立|建设(?!局|厅|委|部|银行|中心|单位|管理|集团|和)|健全|完善|落实(?!单位|部门)|实施(?!单位|部门|机构|主体)|提升|提高|强化|深化|优化"
    r"|制定(?!单位|部门|机关)|编制(?!单位|部门|机关)|按照|根据|围绕|结合|针对|通过|依托|利用|充分|积极|认真|切实|严格|全面|及时|进一步|不断|继续"
    r"|鼓励|支持|引导|要求|确保|对于|由于|以便|从而|以及|包括|属于|如果|督促|指导(?!中心|处|科|小组|委|股|室|站|组)|报送|反馈|提交|汇总|会同|联合(?!会)|配合(?!单位|部门)|负责|牵头(?!单位|部门|科室|机构)"
    r"|面向|列入|纳入|形成|履行|涉及|印发|转发|报请|征求|听取|邀请|组织(?!部|机构|单位|编制|委)|明确|压实|突出|聚焦|立足|坚持|树立|发挥|运用|促进(?!办|局|中心|会|科|处)|助力|服务(?!中心|局|站|管理|单位|处|办|科|部门|机构|窗口|业|和)"
    r"|人民群众|社会公众|门户网站(?!主管|主办|管理|运维)|网站(?!主管|主办|管理|运维)|平台(?!主管|主办|管理|运维)|系统|专栏|栏目|热线|文件(?!起草|制定|制发|主办|牵头)|政策(?!起草|制定|法规|研究|文件|解读|措施)|信息公开(?!办|科|处|工作|机构|主管|领导|股|室)"
)
#: what no name in a responsibility list holds
_NOT_IN_LIST = re.compile(r"[的了着把被使是]|按照|根据|职责|分工|要求|情况|工作$|完成|落实$|推进$|实施$|^另|^无$|^详见")
#: the field that names the offices of openness themselves: 政务公开政务服务工作领导小组
_OWN_FIELD = re.compile(
    r"(?:政务|政府信息|信息)公开(?:[和与]?政务服务)?(?=.{0,8}(?:领导小组|专班|联席会议|小组|委员会|办公室))"
)
#: Those who are served or addressed are no bodies: firms (but 国有企业, 公共企业), market players, the public.
_SERVED = re.compile(
    r"(?<!国有)(?<!直属)(?<!公用)(?<!公共)(?<!所属)(?<!省属)(?<!市属)(?<!区属)(?<!县属)(?<!旗属)(?<!监管)企业$"
    r"|(?<!责任)(?<!公开)(?<!实施)(?<!发布)(?<!解读)(?<!监管)(?<!工作)主体$|工商户$|行业协会$|^(?:社会)?(?:公众|群众|机构)$"
)
_FALSE_ENDING = re.compile(
    r"(?:干部|副[县市区旗州镇乡]|数字政府|阳光政府|法治政府|服务型政府|效能政府|^政府|呼叫中心|体验区|专区|便民服务区|办事大厅|服务大厅|公开区|数据库|方面|全局|布局|格局|结局|战略|原委|承办|督办|交办|转办|催办|主办|协办|举办|筹办|(?<!公)开办|兴办|代办|帮办|阅办|好办|能办|快办|易办|即办|联办|通办|可办|网办|处处|全部|内部|外部|分镇|地市|城市|上市|超市|股市|中心城区|县域|区域|重点区|示范区|试点区|一处|一部|之处|好处|用处|深处|难处|科学|社会科)$"
)
#: Fixed openings of a group: whatever follows them up to an ending is one name.
_GROUP = re.compile(
    r"(?:全[市县区旗省州盟镇乡])?各(?:级|地|部门|单位|有关|相关|县|市|区|旗|州|盟|省|乡|镇|苏木|街道|街|村|社区|科室|处室|股室|责任|牵头|配合|成员|行政|委|办|局|直属|驻|园区|功能|管委会|学校|企|公共|主管|业务|地区|党|二级|分局|基层|市直|区直|县直|旗直)"
    r"[一-鿿()、和及]{0,22}"
)


def plain_name(text: str) -> str:
    """A name as it stands in a list, without what surrounds it: 由区财政局等 → 区财政局."""
    name = text.strip(" ,，、；;。：:“”")
    name = re.sub(r"^(?:由|请|和|及|与|以及|并由|分别由|其中|各项工作由|对应的)", "", name)
    name = _PERSON.sub("", name)
    return re.sub(
        r"(?:等(?:相关|有关|各|职能)*(?:部门|单位|科室|责任单位)?|分别|按照?职责(?:分工)?|按职能|具体|共同|各自|等)+$",
        _keep_plain_etc,
        name,
    )


def _keep_plain_etc(match: re.Match[str]) -> str:
    return ""


_NOT_IN_ANY = re.compile(r"[,;:。!?《》“”\"]")


def is_body(name: str, strict: bool = True) -> bool:
    """Whether a name is that of a body or a group of bodies.

    `strict` is for running text, where the name's ending must prove it; in a responsibility list anything short
    without verbs will do.
    """
    folded = _TRAILING_BRACKET.sub("", fold(name)).strip()
    if not 2 <= len(folded) <= 34 or not re.search(r"[一-鿿]{2}", folded):
        return False
    if _FALSE_ENDING.search(folded) or _NOT_IN_ANY.search(folded) or folded.count("(") != folded.count(")"):
        return False
    if not strict:
        return len(folded) <= 26 and not _NOT_IN_LIST.search(folded)
    if _NOT_IN_NAME.search(_OWN_FIELD.sub("政务", folded)) or _SERVED.search(folded):
        return False
    if _LONG.search(folded):
        return len(folded) >= 3 or folded in ("各地", "各级", "各方", "镇街", "乡镇", "苏木", "街道", "部门")
    return folded[-1] in _SHORT_ENDINGS and (len(folded) >= 3 or folded[0] == "各")


def split_names(text: str) -> list[str]:
    """The names in a list such as 旗直各部门、苏木镇(街道办)和有关单位, in order.

    A bracket that holds a body of its own is a name of its own (苏木镇(街道办)); one that completes the word stays
    (各镇（街道）, 各县（市、区）).
    """
    folded = fold(text)
    depth = depths(text)
    pieces: list[str] = []
    start = 0
    index = 0
    while index < len(text):
        width = _joint(folded, index) if depth[index] == 0 else 0
        if width:
            pieces.append(text[start:index])
            start = index = index + width
        else:
            index += 1
    pieces.append(text[start:])
    names: list[str] = []
    for piece in rejoined(pieces):
        for name in _unbracketed(plain_name(piece)):
            if name and name not in names:
                names.append(name)
    return names


def _joint(folded: str, index: int) -> int:
    """The width of the joint between two names at a place, 0 if there is none."""
    char = folded[index]
    if char in "、,;/ " or folded.startswith("\n", index):
        return 1
    if folded.startswith("以及", index):
        return 2
    if (
        char in "和及与"
        and index >= 2
        and not folded.startswith("及其", index)
        and not folded.startswith(
            (
                "和改革",
                "和信息化",
                "和旅游",
                "和社会",
                "和城乡",
                "和水务",
                "和草原",
                "和规划",
                "和体育",
                "和科技",
                "和农村",
                "和计划",
                "和应急",
                "和健康",
                "和林业",
                "和统计",
                "和审批",
                "和商务",
                "和新闻",
                "和监督",
                "和民族",
                "和退役",
                "和执法",
                "和行政",
                "和医疗",
                "和自然",
                "和生态",
                "和住房",
                "和建设",
                "和管理",
                "和广播",
                "和移民",
                "和养老",
                "和国土",
                "和环境",
            ),
            index,
        )
    ):
        left = folded[max(0, index - 30) : index]
        return 1 if is_body(re.split(r"[、,;]", left)[-1]) or re.search(r"(?:各[镇乡县区市]|[)])$", left) else 0
    return 0


#: pieces that only end the name before them (市政府各委、办、局), and names that wait for their end (各乡、镇人民政府)
_COMPLETES = frozenset(("人民政府", "办", "局", "街", "区", "镇", "市", "办局", "中心", "场"))
_WAITS = re.compile(r"(?:^各|[^一-鿿])[乡镇县市区街旗]$|^各县\(市\)$|^[省市州盟县区旗乡镇]$")


def rejoined(pieces: list[str]) -> list[str]:
    """Pieces that belong to one name joined again: 各乡、镇人民政府; 市政府各委、办、局; 州、县两级财政部门."""
    joined: list[str] = []
    for piece in pieces:
        bare = fold(piece).strip()
        waits = bool(joined) and _WAITS.search(fold(joined[-1]).strip()) is not None
        if joined and (bare in _COMPLETES or (waits and bare[:1] in "镇乡街区市县" and len(bare) > 2)):
            joined[-1] = f"{joined[-1]}、{piece}"
        else:
            joined.append(piece)
    return joined


_OWN_BODY = re.compile(r"(?:街道办|办事处|管委会|单位|部门|中心|公司|机构|企业|委员会|苏木|园区|开发区)$")


def _unbracketed(name: str) -> list[str]:
    match = re.match(r"^([^()（）]{2,})[(（]([^()（）]{2,12})[)）]$", name)
    if match is None:
        return [name]
    outer, inner = match.group(1), match.group(2)
    if _OWN_BODY.search(inner) and "、" not in inner and not outer.endswith(("政府", "人民政府")):
        return [outer, inner]
    return [name]


@dataclass(frozen=True, slots=True)
class Acting:
    """Bodies that act in a clause: `role` lead, support or do; `end` is where their names end in it."""

    names: tuple[str, ...]
    role: str
    end: int


_MODAL = re.compile(
    r"(?:的?(?:主要负责人|主要负责同志|分管负责人|分管负责同志|负责同志|负责人|主要领导|分管领导|领导班子|班子成员|政务公开工作机构|工作人员))?"
    rf"(?:等)?(?:{followers()})"
)
_LEADS = re.compile(r"(?:等)?(?:分别|具体|共同)?牵头")
_SUPPORTS = re.compile(r"(?:等)?(?:按职责|按照职责|分别|共同|积极|协助|予以|做好)*(?:配合|协助|协同|参与)")
_OPENING = re.compile(
    r"^(?:(?:同时|此外|另外|其中|并且|而且|对此|为此|首先|其次|再次|最后|并|[一二三四五六七八九十]是(?:要)?|各项工作|此项工作|该项工作|由|请|要由|应由|分别由|统一由|具体由|并由|主要由|"
    r"鼓励|支持|倡导|引导|要求|要|凡|除|原则上|今年|\d{4}年(?:度)?|(?:\d{1,2}月)?(?:年底|月底|底)前|(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、]))+"
)
_LONGEST_LIST = 120
_RELATIVE = re.compile(r"的([^的,，;；:：]{2,24})$")


def acting_in(clause: str) -> Acting | None:
    """The bodies that a clause begins with and makes act, or None.

    A clause is what stands between commas. The longest opening that is a list of bodies and is followed by a modal,
    an adverb or a verb counts; a relative clause before the name is passed over (涉及…的部门要).
    """
    folded = fold(clause)
    opening = _OPENING.match(folded)
    offset = opening.end() if opening else 0
    by = opening is not None and opening.group().endswith(("由", "请"))
    for begin in dict.fromkeys((offset, 0)):
        found = _acting_from(clause, folded, begin, by and begin == offset)
        if found:
            return found
    return None


def _acting_from(clause: str, folded: str, begin: int, by: bool) -> Acting | None:
    for end in range(min(len(folded), begin + _LONGEST_LIST), begin + 1, -1):
        if folded[end - 1] not in _ENDS:
            continue
        follows = folded[end:]
        if follows and not by and not _MODAL.match(follows):
            continue
        names = _names_of_list(clause[begin:end]) or _fields_of(clause[begin:end])
        if names:
            return Acting(tuple(names), _role(follows), end)
        relative = _RELATIVE.search(clause[begin:end])
        if relative and re.match(r"要|应|须|负责|必须|需", follows):
            names = _names_of_list(relative.group(1))
            if names:
                return Acting(tuple(names), _role(follows), end)
    return None


_ENDS = frozenset(_SHORT_ENDINGS + "".join(ending[-1] for ending in _LONG_ENDINGS.split("|")) + ")")


def _names_of_list(text: str) -> list[str]:
    names = split_names(text)
    return names if names and all(is_body(name) or _known_short(name) for name in names) else []


_FIELDS = re.compile(r"[一-鿿]{2,8}(?:、[一-鿿]{2,8}){1,12}等[一-鿿]{0,6}(?:主管部门|部门|企事业单位|单位|机关|机构)")


def _fields_of(text: str) -> list[str]:
    """Bodies named by their fields, which are one name: 教育、卫生健康、生态环境等部门."""
    return [text] if _FIELDS.fullmatch(text) and not _NOT_IN_ANY.search(text) else []


def _known_short(name: str) -> bool:
    if re.fullmatch(r"[村镇乡县区旗市][(（][^()（）]{1,8}[)）]", name):
        return True
    return (
        re.fullmatch(r"各?(?:镇|乡|街道?|村|社区|县|区|旗)(?:\(.{1,8}\)|（.{1,8}）)?", name) is not None
        and name[0] == "各"
    )


def _role(follows: str) -> str:
    if _LEADS.match(follows):
        return "lead"
    return "support" if _SUPPORTS.match(follows) else "do"


def groups_in(text: str) -> list[str]:
    """Groups of bodies (各级各部门, 各乡镇) named anywhere in a sentence, for one that has no subject."""
    folded = fold(text)
    found: list[str] = []
    for match in _GROUP.finditer(folded):
        for end in range(match.end(), match.start() + 1, -1):
            piece = text[match.start() : end]
            names = split_names(piece)
            if names and all(is_body(name) or _known_short(name) for name in names):
                found.extend(name for name in names if name not in found)
                break
    return found


_RECEIVES = re.compile(
    r"(?:报送至?|上报至?|报至|报给|报(?=[省市县区旗州盟乡镇本上厅局委])|反馈给?至?|报请|提交至?|抄送|汇总至|发送至?|送至?|交由?|移交|向|函告|告知|上传至|备案至|报备至)"
    r"(?!道|前)(?P<name>[^,，。;；、:：()（）《》“”]{1,26}?(?:办公室|办公厅|政务办|党政办|督查室|综合科|公开办|公开科|信息科|政务公开股|政务公开主管部门|主管部门|工作机构|领导小组|政府办|部门|中心|委员会|专班|单位|局|科|股))"
    r"(?=[,，。;；、:：()（）]|备案|汇总|审核|审定|备查|报送|报告|反馈|统一|后|及|和|存档|登记|通报|$)"
)


def recipients_in(text: str) -> list[str]:
    """The bodies to which a sentence has something reported."""
    found: list[str] = []
    for match in _RECEIVES.finditer(text):
        name = re.sub(r"^(?:送|至|给|到|于|本单位|书面)+", "", match.group("name"))
        if name not in found and 3 <= len(name) <= 24 and not re.search(r"报送|反馈|情况|要求", name):
            found.append(name)
    return found
