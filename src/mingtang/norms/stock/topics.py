"""Topics of documents of the stock: a name to its code, and a proposal by the words of a title."""

import re

from mingtang.records import classes

#: words of titles → topic, for a first proposal only
_TOPICS = (
    ("草原|草场|林业|森林|湿地|禁牧|休牧|造林", "E02"), ("水利|水库|灌溉|供水|饮水|用水|河道", "E03"),
    ("农业|牧区|畜|棚圈|耕地|种植|农机|渔", "E01"), ("教育|学校|招生|校车", "J02"),
    ("道路|公路", "F04"), ("住房|租赁|城镇|市容|物业|征收|建设", "I01"), ("环境|污染|禁燃|垃圾", "I02"),
    ("价格|收费", "B04"), ("补贴|财政|资金|预算", "C01"),
    ("土地|宅基地", "D01"),
)  # fmt: skip
_OTHER_TOPIC = "A99"


def topic_code(words: str) -> str | None:
    """The code of a topic given by its code, its name or both levels (农业、林业、水利／林业、草原)."""
    topics = classes.load().topics
    bare = words.strip()
    if bare in topics:
        return bare
    last = re.split(r"[／/\\>]", bare)[-1].strip()
    lower = [code for code, label in topics.items() if label == last and label != "其他"]
    return next((code for code in reversed(lower)), None)


def suggested_topic(title: str) -> str:
    """A topic by the words of the title: a proposal for people to correct, 其他 where nothing speaks for one."""
    return next((code for words, code in _TOPICS if re.search(words, title)), _OTHER_TOPIC)


def proposed_label(stated: str | None, title: str) -> str:
    """The topic as the review sheet shows it: that stated on the document's page, else the one its title speaks for."""
    code = topic_code(stated) if stated else None
    return classes.topic_label(code or suggested_topic(title))
