"""Numerals and units by GB/T 15835-2011 and GB 3100: one way of writing a number, units of the law."""

import re
from collections.abc import Iterator

from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

_DIGITS = "0123456789"
#: name, code, pattern, literals, message, what to put in its place (None where a person decides)
_RULES: tuple[tuple[str, str, str, tuple[str, ...], str, str | None], ...] = (
    (
        "until",
        "confused",
        r"截止(?=(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末)?[，,]?(?:[^，。\n]{0,8}(?:共|已|累计|完成|收到|办结|有|实现)))",
        ("截止",),
        "“截至”表示到某时还未停，“截止”表示到此为止",
        "截至",
    ),
    (
        "approximate",
        "numeral",
        r"(?<![、第零〇一二三四五六七八九十百千万])(?:[一二三四五六七八九]、[二三四五六七八九])(?=[个件次天年月日周名位人户家条项点处米吨倍岁千百万十亿])",
        ("一、二", "二、三", "三、四", "四、五", "五、六", "六、七", "七、八", "八、九"),
        "相邻两数表示概数，中间不用顿号（GB/T 15835 4.2）",
        None,
    ),
    (
        "mixed",
        "numeral",
        r"\d{1,12}千\d{1,12}百|\d{1,12}百\d{1,12}十|\d{1,12}千\d{3}(?!\d)|\d{1,12}十\d(?!\d)|\d{1,12}[百千](?=[元人件户名亩吨米公个次])",
        tuple(f"{digit}{unit}" for digit in _DIGITS for unit in "千百十"),
        "除“万”“亿”外，阿拉伯数字不与“十、百、千”连用（GB/T 15835 4.1）",
        None,
    ),
    (
        "zero_year",
        "numeral",
        r"[一二]零[零〇一二三四五六七八九][零〇一二三四五六七八九]年|[一二]〇?[零][一二三四五六七八九]年|[一二]〇零[一二三四五六七八九]年",
        ("零",),
        "汉字年份中的“0”用“〇”（GB/T 15835 4.2）",
        None,
    ),
    (
        "short_year",
        "numeral",
        r"(?<![\d.〇零一二三四五六七八九])(?:1\d|2\d)年(?=\d{1,2}月\d{1,2}日)",
        tuple(f"{ten}{one}年{month}" for ten in "12" for one in _DIGITS for month in _DIGITS),
        "年份应写全四位（GB/T 15835 5.1）",
        None,
    ),
    (
        "redundant",
        "numeral",
        (
            r"(?:大约|约|近|将近|大概)\s?\d[\d.,]{0,15}(?:万|亿)?[一-龥]{0,3}?(?:左右|上下|余|多(?=[一-龥]))|(?:超过|多于|逾)\s?\d[\d.,]{0,15}(?:万|"
            r"亿)?[一-龥]{0,3}?以上|(?:不足|低于|不到)\s?\d[\d.,]{0,15}(?:万|亿)?[一-龥]{0,3}?以下"
        ),
        tuple(
            f"{word}{gap}{digit}"
            for word in ("约", "近", "大概", "超过", "多于", "逾", "不足", "低于", "不到")
            for gap in ("", " ")
            for digit in _DIGITS
        ),
        "概数的说法重复，只留一个",
        None,
    ),
    (
        "percent_range",
        "numeral",
        r"(?<![\d.])\d{1,12}(?:\.\d{1,12})?\s?(?:-|—|～|~|至|到)\s?\d{1,12}(?:\.\d{1,12})?%",
        ("%",),
        "百分数的起止都要写百分号（GB/T 15835 5.1）",
        None,
    ),
    (
        "reduce_times",
        "numeral",
        r"(?:减少|降低|下降|缩小|压缩|缩短)(?:了|到)?\s?\d*[一二三四五六七八九十两]?(?:\.\d{1,12})?倍",
        ("倍",),
        "减少、降低不能用倍数，请改为分数或百分数",
        None,
    ),
    (
        "comma_count",
        "numeral",
        r"(?<![\d,])\d{1,3}，\d{3}(?!\d)",
        tuple(f"{digit}，{other}" for digit in _DIGITS for other in _DIGITS),
        "数字分节不用全角逗号（GB/T 15835 5.1）",
        None,
    ),
    ("wide_digits", "numeral", r"[０-９]{2,}", tuple("０１２３４５６７８９"), "数字应为半角", None),
    ("unit_gongfen", "unit", r"(?<=\d)\s?公分", ("公分",), "法定计量单位是“厘米”", "厘米"),
    (
        "unit_pingmi",
        "unit",
        r"(?<=[\d万])\s?(?:平米|平方(?!米|公里|千米|厘米|毫米|分米|数))",
        ("平米", "平方"),
        "法定计量单位是“平方米”",
        "平方米",
    ),
    ("unit_lifang", "unit", r"(?<=[\d万])\s?立方(?!米|厘米|分米|毫米)", ("立方",), "法定计量单位是“立方米”", "立方米"),
    (
        "unit_jin",
        "unit",
        r"(?<=[\d万])\s?(?:市斤|华里|公尺|英里|英尺|英寸|市尺|丈)(?!\w)",
        ("市斤", "华里", "公尺", "英里", "英尺", "英寸", "市尺", "丈"),
        "不是法定计量单位，请换算",
        None,
    ),
    (
        "unit_case",
        "unit",
        r"(?<=\d)\s?(?:KG|Kg|KM|Km|MM|Mm|CM|Cm|KWH|KWh|Kwh|kwh|KW|Kw|ML|MG|Mpa|MPA|M2|M3|m2|m3|km2)(?![A-Za-z0-9])",
        (
            "KG",
            "Kg",
            "KM",
            "Km",
            "MM",
            "Mm",
            "CM",
            "Cm",
            "KW",
            "Kw",
            "kwh",
            "ML",
            "MG",
            "Mpa",
            "MPA",
            "M2",
            "M3",
            "m2",
            "m3",
        ),
        "单位符号的大小写或上标不对（GB 3100）",
        None,
    ),
    (
        "unit_watt",
        "unit",
        r"(?<=\d)\s?(?:匹(?!配|马)|马力|瓩|摄氏\d|华氏度)",
        ("匹", "马力", "瓩", "华氏度"),
        "不是法定计量单位，请换算",
        None,
    ),
    (
        "unit_twice",
        "unit",
        r"\d\s?(?:元|万元|亿元)人民币元|(?:¥|￥)\s?\d[\d,.]*\s?(?:万|亿)?元(?!\w*以)",
        ("人民币元", "¥", "￥"),
        "货币符号与“元”只用其一",
        None,
    ),
)
SOUGHT = tuple(Sought(name, re.compile(pattern, re.M), literals) for name, _, pattern, literals, _, _ in _RULES)
_SIEVE = Sieve(SOUGHT)
_SAYS = {name: (code, message, mend) for name, code, _, _, message, mend in _RULES}
_OFTEN = 3


def numerals(text: str) -> Iterator[Finding]:
    """Numbers and units that are not written as the standards ask; a slip that comes often is told once."""
    found: dict[str, list[re.Match[str]]] = {}
    for sought, match in _SIEVE.matches(text):
        found.setdefault(sought.name, []).append(match)
    for name, matches in found.items():
        code, message, mend = _SAYS[name]
        count = f"（全文 {len(matches)} 处）" if len(matches) > _OFTEN else ""
        for match in matches[: 1 if count else None]:
            around = text[max(0, match.start() - 8) : match.end() + 8].replace("\n", " ")
            yield Finding(code, "wording", "note", match.start(), match.end(), around, f"{message}{count}。", (), mend)
