"""The same words under different kinds of publication; each kind is data with its clauses."""

import pytest

from mingtang.law.profiles import UnknownProfile, likely_profile, profile, profiles
from mingtang.vetting import Options, vet_text
from tests.text.screening.making import identity_number


def codes(text: str, name: str | None) -> set[str]:
    return {each.code for each in vet_text(text, Options(profile=profile(name) if name else None))}


def test_a_list_of_subsidies_names_people_but_never_their_numbers() -> None:
    text = f"户主王小明，{identity_number(3)}，300元。"
    assert codes(text, None) == {"person", "id_number"}
    assert codes(text, "subsidy-list") == {"id_number"}


def test_the_ill_and_minors_are_never_named_whatever_the_kind() -> None:
    for one in profiles().values():
        assert "person" in {each.code for each in vet_text("患者王小明，男。", Options(profile=one))}, one.id


def test_plates_are_in_order_where_vehicles_are_announced() -> None:
    assert codes("蒙A12345的小型客车", None) == {"plate"}
    assert codes("蒙A12345的小型客车", "vehicles") == set()


def test_findings_of_secrecy_cite_the_clauses_of_the_kind() -> None:
    (finding,) = vet_text(f"身份证{identity_number(3)}", Options(profile=profile("penalty")))
    assert {"credit-publicity.penalty", "disclosure-regulation.15"} <= set(finding.rules)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某镇2024年草畜平衡补贴发放名单公示", "subsidy-list"),
        ("关于城乡低保对象名单的公示", "relief-list"),
        ("行政处罚决定书", "penalty"),
        ("事业单位公开招聘拟聘用人员公示", "recruitment"),
        ("关于公开征求某办法意见的公告", "hearing"),
        ("政务公开工作要点", None),
    ],
)
def test_a_title_says_of_which_kind_it_is(title: str, kind: str | None) -> None:
    found = likely_profile(title)
    assert (found.id if found else None) == kind


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(UnknownProfile, match="subsidy-list"):
        profile("x")
