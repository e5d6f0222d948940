"""What stands around a number says what it is: the clause before it, the line it stands in, the nearest label."""

import re
from dataclasses import dataclass

_CLAUSE_ENDS = re.compile(r"[\n\t。；;，,、|！!？?]")
_SENTENCE_ENDS = re.compile(r"[\n。；;！!？?]")

#: Labels of numbers that are nobody's: of contracts, permits, projects, documents, goods.
CODE = re.compile(
    r"信用代码|组织机构代码|项目代码|项目编|统一代码|识别号|登记号|注册号|合同编?号|文号|字号|编码|编号|索引号|备案|许可证"
    r"|证书|执照|订单|流水|条形码|标准号|ISBN|ISSN|批准文号|批号|序列号|招标|采购|发票|凭证|代码|案号|受理号|查询码|运单"
    r"|快递|宗地|地块|不动产|产权|坐标|经度|纬度|型号|设备号|版本|域名|IP"
)
#: Of these, the ones that excuse even a number whose check digit makes it a citizen's.
SURE_CODE = re.compile(
    r"信用代码|组织机构代码|项目代码|项目编|统一代码|识别号|登记号|注册号|合同编?号|文号|索引号|备案|许可证|资格证书|证书编?号|执照|订单"
    r"|流水|条形码|标准号|批准文号|批号|序列号|招标|采购|发票|凭证|案号|受理号|运单|快递|宗地|地块|不动产|产权|设备号"
)
#: Labels of a person's own numbers and places.
OWN = re.compile(
    r"身份证|身份号码|公民身份|证件号|社会保障号|社保号|学籍号|残疾(?:人)?证|医保(?:卡|证)?号?|驾驶证|户口|本人|个人|家庭"
    r"|住宅|宅电|家里|家中|家长|监护人|患者|病人|申请人|申请者|户主|当事人|举报人|投诉人|来访人|来信人|信访人|村民|牧民"
    r"|居民|学生|考生|被处罚人|受助人|受益人|领取人|补贴对象|农户|牧户|姓名|配偶|父亲|母亲|亲属|手机"
)
#: Words of office business: numbers to call, places to go.
OFFICE = re.compile(
    r"咨询|监督|举报|投诉|办公|值班|热线|客服|服务|报名|联系|单位|传真|受理|窗口|总机|前台|局|办公室|中心|委员会|科室|公司"
)
#: Words that make an account public business.
PUBLIC_ACCOUNT = re.compile(
    r"财政|专户|零余额|国库|对公|基本户|基本存款|保证金|捐赠|公户|募捐|慈善|单位账|对公账|非税|缴款|缴费|履约"
)
_OWNER = re.compile(
    r"(?:户\s?名|开户名称?|账户名称|帐户名称|账户名|收款人?单位|收款人|收款方|单位名称|开户单位|名称)\s?[:：]?\s?([^\n\t，,；;。]{2,40})"
)
_ORGANISATION = re.compile(
    r"(?:局|委|委员会|办|办公室|中心|公司|政府|基金会|协会|学会|商会|医院|学校|幼儿园|银行|院|所|队|站|社|厂|店|会|部|处|科)(?=[\s（(:：]|$)"
)


@dataclass(frozen=True, slots=True)
class Around:
    """The clause before a place (to the last comma or cell), the sentence before it, its line, the words after it."""

    clause: str
    sentence: str
    line: str
    after: str

    def nearest(self, *labels: re.Pattern[str]) -> int | None:
        """Which of the labels stands last in the clause before the place, by its number; None when none does."""
        best, where = None, -1
        for number, label in enumerate(labels):
            for match in label.finditer(self.clause):
                if match.end() > where:
                    best, where = number, match.end()
        return best

    @property
    def of_public_account(self) -> bool:
        """Whether an account here is that of an office or a firm, by its words or by the name of its owner."""
        if PUBLIC_ACCOUNT.search(self.line):
            return True
        return any(_ORGANISATION.search(owner.group(1).strip()) for owner in _OWNER.finditer(self.line))


def around(text: str, start: int, end: int) -> Around:
    """What stands around `text[start:end]`: 40 characters at most for the clause, 80 for the sentence, 240 in all."""
    before = text[max(0, start - 80) : start]
    line_start = max(text.rfind("\n", 0, start), start - 160) + 1
    line_end = text.find("\n", end)
    line_end = min(len(text) if line_end < 0 else line_end, end + 80)
    return Around(
        _CLAUSE_ENDS.split(before[-40:])[-1],
        _SENTENCE_ENDS.split(before)[-1],
        text[line_start:line_end],
        text[end : end + 12].split("\n", 1)[0],
    )
