"""The ways that requests of the demo go: what happens, and how many working days pass in between."""

from collections.abc import Iterator
from decimal import Decimal

from mingtang.demo.place import MARK
from mingtang.demo.requests import Play, Script
from mingtang.foi import actions
from mingtang.foi.models import Party


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
    play.send(
        actions.ask_correction(play.request, items=f"请写明所需信息的年度。{MARK}", until=play.today(21), **play.acting)
    )
    yield 5
    actions.receive_correction(
        play.request, text=f"所需为上一年度。{MARK}", actor=actions.APPLICANT, moment=play.moment
    )
    yield 12
    play.provide()


def not_corrected(play: Play) -> Iterator[int]:
    play.receive("email")
    yield 1
    play.register()
    yield 4
    play.send(
        actions.ask_correction(
            play.request, items=f"申请内容不明确，请说明所需信息的名称。{MARK}", until=play.today(14), **play.acting
        )
    )
    yield 13
    play.send(actions.close_abandoned(play.request, **play.acting))


def secret_of_trade(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 1
    play.register()
    yield 3
    party = play.ask_third_party()
    yield 6
    actions.answer(party, answer="refuses", text=f"涉及报价，不同意公开。{MARK}", **play.acting)
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
    actions.answer(party, answer="partly", text=f"同意公开总价，不同意公开分项单价。{MARK}", **play.acting)
    yield 5
    play.provide_partly()


def silent(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 1
    play.register()
    yield 2
    party = play.ask_third_party()
    yield 18
    actions.note_silence(party, **play.acting)
    yield 6
    play.provide_partly()


def made_together(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 1
    play.register()
    yield 5
    letter = actions.ask_body(
        play.request, other=play.cast.other, joint=True, concerning=f"联合检查的结果可否公开{MARK}", **play.acting
    )
    play.send(letter, "pickup")
    yield 9
    actions.answer(Party.objects.get(pk=letter.party_id), answer="agrees", text=f"同意公开。{MARK}", **play.acting)
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
    play.send(actions.ask_correction(play.request, items=f"请写明年度。{MARK}", until=play.today(20), **play.acting))
    yield 3
    actions.receive_correction(play.request, text=f"上一年度。{MARK}", actor=actions.APPLICANT, moment=play.moment)
    yield 4
    party = play.ask_third_party()
    yield 8
    actions.answer(party, answer="partly", text=f"分项单价不同意公开。{MARK}", **play.acting)
    yield 6
    play.extend(10)
    yield 9
    play.provide_partly()


def paid(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 1
    play.register()
    yield 6
    play.send(actions.notify_fee(play.request, schedule="pages", count=120, **play.acting))
    yield 8
    actions.pay(play.request, amount=Decimal(1100), receipt_number=f"演示{play.number:05}", **play.acting)
    yield 5
    play.provide()


def not_paid(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 1
    play.register()
    yield 7
    play.send(actions.notify_fee(play.request, schedule="pages", count=260, **play.acting))
    yield 23
    play.send(actions.close_abandoned(play.request, **play.acting))


def later_date(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 1
    play.register()
    yield 3
    play.send(actions.ask_reasons(play.request, why=f"一个月内第12件申请。{MARK}", **play.acting))
    yield 4
    actions.give_reasons(play.request, text=f"用于课题研究。{MARK}", **play.acting)
    yield 2
    play.send(actions.postpone(play.request, until=play.today(75), why=f"须查阅十年的纸质档案。{MARK}", **play.acting))
    yield 30
    play.provide()


def excessive(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 1
    play.register()
    yield 2
    play.send(actions.ask_reasons(play.request, why=f"一个月内第30件申请。{MARK}", **play.acting))
    yield 5
    actions.give_reasons(play.request, text=f"没有说明用途。{MARK}", **play.acting)
    yield 3
    play.decide("excessive", explanation=f"数量、频次明显超过合理范围，说明的理由不合理。{MARK}")
    play.reply()


def elsewhere(play: Play) -> Iterator[int]:
    play.receive("counter")
    yield 2
    play.register()
    yield 1
    play.send(
        actions.transfer(
            play.request, right_body=play.cast.other.name, right_contact=play.cast.other.openness_phone,
            explanation=f"所申请的信息由该机关制作。{MARK}", **play.acting,
        )
    )  # fmt: skip


def not_there(play: Play) -> Iterator[int]:
    play.receive("post")
    yield 1
    play.register()
    yield 8
    actions.search(
        play.request, where=f"档案室、办公系统{MARK}", words="决算、验收", found=False, result=f"没有检索到。{MARK}",
        **play.acting,
    )  # fmt: skip
    play.decide("does_not_exist", explanation=f"没有组织过该项验收。{MARK}")
    yield 2
    play.reply()


def taken_back(play: Play) -> Iterator[int]:
    play.receive("online")
    yield 1
    play.register()
    yield 4
    actions.withdraw(play.request, reason=f"已在网站上查到。{MARK}", actor=actions.APPLICANT, moment=play.moment)


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
    actions.decide(first, ground="provided", where=f"随答复书提供。{MARK}", **play.acting)
    found = {"where": "档案室", "words": "整改", "found": False, "result": f"没有检索到。{MARK}"}
    actions.search(play.request, asked=second, **found, **play.acting)
    actions.decide(second, ground="does_not_exist", explanation=f"没有形成书面材料。{MARK}", **play.acting)
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
