"""The ways that requests of the demo go: what happens, and how many working days pass in between."""

from collections.abc import Iterator

from mingtang.demo.acting import Play
from mingtang.demo.place import MARK
from mingtang.demo.requests import Script


def provided(play: Play) -> Iterator[int]:
    play.receive("counter", delivery="pickup")
    yield 1
    play.register()
    yield 9
    play.provide()


def provided_online(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 1
    play.register()
    yield 14
    play.provide()


def already_public(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 2
    play.register()
    play.decide("already_public", where=f"本网站“教育”栏目，检索“学区划分”。{MARK}")
    yield 1
    play.reply()


def corrected(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 0
    play.register()
    yield 3
    play.ask_correction(f"请写明所需信息的年度。{MARK}", within=21)
    yield 5
    play.apply("receive_correction", text=f"所需为上一年度。{MARK}")
    yield 12
    play.provide()


def not_corrected(play: Play) -> Iterator[int]:
    play.receive("email")
    yield 1
    play.register()
    yield 4
    play.ask_correction(f"申请内容不明确，请说明所需信息的名称。{MARK}", within=14)
    yield 13
    play.close()


def secret_of_trade(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 1
    play.register()
    yield 3
    party = play.ask_third_party()
    yield 6
    play.do("answer", party, answer="refuses", text=f"涉及报价，不同意公开。{MARK}", on=play.today())
    yield 4
    play.decide("trade_secret", explanation=f"合同分项单价属于第三方商业秘密，第三方不同意公开。{MARK}")
    play.reply()


def partly(play: Play) -> Iterator[int]:
    play.receive("fax")
    yield 0
    play.register()
    yield 4
    party = play.ask_third_party()
    yield 10
    play.do("answer", party, answer="partly", text=f"同意公开总价，不同意公开分项单价。{MARK}", on=play.today())
    yield 5
    play.provide_partly()


def silent(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 1
    play.register()
    yield 2
    party = play.ask_third_party()
    yield 18
    play.do("note_silence", party)
    yield 6
    play.provide_partly()


def made_together(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 1
    play.register()
    yield 5
    other = play.ask_other_body(f"联合检查的结果可否公开{MARK}")
    yield 9
    play.do("answer", other, answer="agrees", text=f"同意公开。{MARK}", on=play.today())
    yield 4
    play.provide()


def extended(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 2
    play.register()
    yield 15
    play.extend(20)
    yield 17
    play.provide()


def whole_way(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 0
    play.register()
    yield 2
    play.ask_correction(f"请写明年度。{MARK}", within=20)
    yield 3
    play.apply("receive_correction", text=f"上一年度。{MARK}")
    yield 4
    party = play.ask_third_party()
    yield 8
    play.do("answer", party, answer="partly", text=f"分项单价不同意公开。{MARK}", on=play.today())
    yield 6
    play.extend(10)
    yield 9
    play.provide_partly()


def paid(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 1
    play.register()
    yield 6
    play.charge(120)
    yield 8
    play.pay(1100)
    yield 5
    play.provide()


def not_paid(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 1
    play.register()
    yield 7
    play.charge(260)
    yield 23
    play.close()


def later_date(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 1
    play.register()
    yield 3
    play.ask_reasons(f"一个月内第12件申请。{MARK}")
    yield 4
    play.do("give_reasons", text=f"用于课题研究。{MARK}", on=play.today())
    yield 2
    play.postpone(75, f"须查阅十年的纸质档案。{MARK}")
    yield 30
    play.provide()


def excessive(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 1
    play.register()
    yield 2
    play.ask_reasons(f"一个月内第30件申请。{MARK}")
    yield 5
    play.apply("give_reasons", text=f"没有说明用途。{MARK}")
    yield 3
    play.decide("excessive", explanation=f"数量、频次明显超过合理范围，说明的理由不合理。{MARK}")
    play.reply()


def elsewhere(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 2
    play.register()
    yield 1
    play.point_elsewhere(f"所申请的信息由该机关制作。{MARK}")


def not_there(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 1
    play.register()
    yield 8
    play.search("决算、验收", f"没有检索到。{MARK}")
    play.decide("does_not_exist", explanation=f"没有组织过该项验收。{MARK}")
    yield 2
    play.reply()


def taken_back(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 1
    play.register()
    yield 4
    play.apply("withdraw")


def petition(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 1
    play.register()
    yield 3
    play.decide("petition", explanation=f"内容是对收费的投诉，请向信访机构提出。{MARK}")
    play.reply()


def several(play: Play) -> Iterator[int]:
    play.receive("counter", things=2)
    yield 1
    play.register()
    yield 6
    play.reviewed()
    first, second = play.request.asked.order_by("order")
    play.do("decide", first, ground="provided", where=f"随答复书提供。{MARK}")
    play.search("整改", f"没有检索到。{MARK}", second)
    play.do("decide", second, ground="does_not_exist", explanation=f"没有形成书面材料。{MARK}")
    yield 5
    play.reply()


def late(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 1
    play.register()
    yield 22
    play.decide("enforcement_file", explanation=f"属于行政处罚案卷。{MARK}")
    play.reply()


SCRIPTS: tuple[Script, ...] = (
    provided, already_public, secret_of_trade, not_corrected, made_together, paid, elsewhere, petition, excessive,
    not_there, taken_back, several, not_paid, late, silent, later_date, corrected, partly, extended, whole_way,
    provided_online,
)  # fmt: skip
#: The requests of the demo: how many working days ago each came in, so that the board shows every state.
SEEN: tuple[tuple[int, Script], ...] = (
    (58, provided), (47, not_there), (41, taken_back), (21, late), (19, extended), (18, late), (12, made_together),
    (9, not_there), (8, paid), (6, partly), (4, corrected), (2, provided), (0, provided_online),
)  # fmt: skip
