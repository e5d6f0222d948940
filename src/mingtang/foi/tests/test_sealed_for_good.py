"""Letters as they really are: drafted by the acts, refused while something is missing, sealed, kept as sound files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mingtang.foi import actions, files, letterpress, letters, story
from mingtang.foi.errors import NotSealable, WrongState
from mingtang.foi.identity import Identity
from mingtang.foi.models import File
from mingtang.foi.tests.conftest import MOMENT, County, later
from tests.press.paper import Paper

OTHER = Identity(name="演示客运有限公司", phone="10000000009", organisation_code="91990001MA0000000X")


@pytest.fixture(autouse=True)
def _real_letters(_plain_letters: None) -> Iterator[None]:
    before = letterpress.use(letters)
    yield
    if before:
        letterpress.use(before)


def content_of(kept: File | None, county: County, folder: Path) -> Paper:
    assert kept is not None
    return Paper(files.read(kept, actor=county.handler, moment=later(2)), folder)


def test_a_reply_is_refused_until_it_is_whole_and_then_sealed_as_a_sound_file(county: County, tmp_path: Path) -> None:
    request = county.receive()
    asked = request.asked.get()
    acting = {"actor": county.handler, "moment": later(1)}
    actions.decide(asked, ground="enforcement_file", explanation="载于正在办理的行政处罚案卷。", **acting)
    letter = actions.draft_reply(request, **acting)
    with pytest.raises(NotSealable, match="还没有填写：行政复议机关的名称"):
        actions.seal(letter, version=letter.version, actor=county.head, moment=later(1))
    content = letter.content
    content["paragraphs"] = [
        each.replace("〔待填：行政复议机关的名称〕", "云岭旗人民政府") for each in content["paragraphs"]
    ]
    letter = actions.save_letter(letter, version=letter.version, content=content, **acting)
    sealed = actions.seal(letter, version=letter.version, actor=county.head, moment=later(1))
    read = content_of(sealed.pdf, county, tmp_path)
    assert read.is_sound() and all(embedded for _, embedded, *_ in read.fonts)
    for words in (
        sealed.number,
        "演示甲某：",
        "第十六条第二款、第三十六条第（三）项",
        "理由：载于正在办理的行政处罚案卷。",
    ):
        assert words in read.text
    assert sealed.docx is not None and sealed.docx.size > 5000


def test_a_correction_notice_is_sealed_as_the_act_drafted_it(county: County, tmp_path: Path) -> None:
    request = county.receive()
    until = later(14).date()
    letter = actions.ask_correction(request, items="请写明年度。", until=until, actor=county.handler, moment=MOMENT)
    sealed = actions.seal(letter, version=letter.version, actor=county.head, moment=MOMENT)
    text = content_of(sealed.pdf, county, tmp_path).text
    assert "现一次性告知需要补正的事项：" in text and "请写明年度。" in text and "2024年6月17日前" in text


def test_a_third_party_whose_objection_was_not_followed_is_told(county: County, tmp_path: Path) -> None:
    request = county.receive()
    acting = {"actor": county.handler, "moment": later(1)}
    party = actions.ask_third_party(request, identity=OTHER, concerning="合同单价明细", **acting).party
    assert party is not None
    with pytest.raises(WrongState, match="没有不同意公开"):
        actions.tell_overruled(party, reason="关系公共利益", **acting)
    county.sent(request.letters.get(), later(1))
    actions.answer(party, answer="refuses", text="不同意。", actor=county.handler, moment=later(2))
    party.refresh_from_db()
    with pytest.raises(WrongState, match="还没有作出公开的决定"):
        actions.tell_overruled(party, reason="关系公共利益", **acting)
    actions.decide(request.asked.get(), ground="provided", where="网上下载", **acting)
    letter = actions.tell_overruled(party, reason="合同使用财政资金", **acting)
    content = letter.content
    assert content["addressee"] == "演示客运有限公司"
    content["paragraphs"] = [
        each.replace("〔待填：行政复议机关的名称〕", "云岭旗人民政府") for each in content["paragraphs"]
    ]
    letter = actions.save_letter(letter, version=letter.version, content=content, **acting)
    sealed = actions.seal(letter, version=letter.version, actor=county.head, moment=later(2))
    text = content_of(sealed.pdf, county, tmp_path).text
    assert "理由：合同使用财政资金。" in text and "演示甲某" not in text
    actions.deliver(sealed, means="post", actor=county.handler, moment=later(2))
    assert not any(entry.letter == sealed for entry in story.public(request))
