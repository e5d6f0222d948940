"""What an applicant fills in, and what is missing or wrong in it: the same rules for every step of the form."""

import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import Body
from mingtang.foi.identity import Identity
from mingtang.foi.models import Handover, Provision
from mingtang.foi.pages import offices
from mingtang.law.documents import credit_code_is_valid
from mingtang.law.requests import Applicant

#: Longest value of each field, in characters; what is longer is cut before it is kept and named.
LONGEST = {
    "body": 64, "subject": 100, "wanted": 2000, "applicant_kind": 16, "name": 60, "id_type": 20, "id_number": 40,
    "organisation": 120, "organisation_code": 30, "contact_person": 60, "phone": 40, "email": 120, "address": 200,
    "postcode": 10, "provision": 16, "delivery": 16,
}  # fmt: skip
WANTED = ("body", "subject", "wanted")
PERSON = tuple(name for name in LONGEST if name not in WANTED)
CITIZEN_CARD = "居民身份证"
ID_TYPES = (
    (CITIZEN_CARD, gettext_lazy("居民身份证")),
    ("护照", gettext_lazy("护照")),
    ("港澳台居民居住证或通行证", gettext_lazy("港澳台居民居住证或通行证")),
    ("外国人永久居留身份证", gettext_lazy("外国人永久居留身份证")),
    ("其他", gettext_lazy("其他证件")),
)
#: Ways of handing over that a form on the internet offers.
HANDOVERS = (Handover.ONLINE, Handover.POST, Handover.EMAIL, Handover.PICKUP)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def typed(sent: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """The fields of these names as sent, without what no text may hold, cut at twice their length."""
    found: dict[str, str] = {}
    for name in names:
        value = sent.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()
        found[name] = value[: LONGEST[name] * 2]
    return found


def wanted_faults(values: Mapping[str, str], on: date) -> dict[str, str]:
    """What is missing of what is wanted, by field."""
    found = _too_long(values, WANTED)
    if not values.get("body") or body_of(values, on) is None:
        found["body"] = _("请选择向哪个机关申请；不知道找谁，就选政务公开主管部门。")
    if len(values.get("subject", "")) < 2:
        found["subject"] = _("请用一句话写明要的是什么。")
    elif "＿＿" in values["subject"]:
        found["subject"] = _("还有空没有填：请把＿＿换成实际的内容，不知道的删去。")
    if len(values.get("wanted", "")) < 5:
        found["wanted"] = _("请再写具体一点：什么时间、什么地方、哪件事、哪份文件。")
    elif "＿＿" in values["wanted"]:
        found["wanted"] = _("还有空没有填：请把＿＿换成实际的内容，不知道的删去。")
    return found


def person_faults(values: Mapping[str, str]) -> dict[str, str]:
    """What is missing of who asks and how the answer is to come, by field."""
    found = _too_long(values, PERSON)
    kind = values.get("applicant_kind", "")
    if kind not in {each.value for each in Applicant}:
        found["applicant_kind"] = _("请选择是个人，还是哪一类单位。")
    elif kind == Applicant.NATURAL.value:
        found |= _natural_faults(values)
    else:
        found |= _organisation_faults(values)
    return found | _contact_faults(values)


def _natural_faults(values: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not values.get("name"):
        found["name"] = _("请填写姓名，与证件上的一致。")
    if values.get("id_type") not in dict(ID_TYPES):
        found["id_type"] = _("请选择证件的种类。")
    number = values.get("id_number", "").upper().replace(" ", "")
    if not number:
        found["id_number"] = _("请填写证件号码。")
    elif values.get("id_type") == CITIZEN_CARD and not citizen_number_is_valid(number):
        found["id_number"] = _("身份证号不对：应是18位，请对着证件核对每一位。")
    return found


def _organisation_faults(values: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not values.get("organisation"):
        found["organisation"] = _("请填写单位的全称。")
    code = values.get("organisation_code", "").upper().replace(" ", "")
    if not code or not credit_code_is_valid(code):
        found["organisation_code"] = _("统一社会信用代码不对：应是18位，请对着证照核对。")
    if not values.get("contact_person"):
        found["contact_person"] = _("请填写联系人的姓名。")
    return found


def _contact_faults(values: Mapping[str, str]) -> dict[str, str]:
    """Contact and ways: each way of handing over needs what it goes to."""
    found: dict[str, str] = {}
    digits = re.sub(r"[^0-9]", "", values.get("phone", ""))
    if not 7 <= len(digits) <= 15:
        found["phone"] = _("请填写能打通的电话，机关要用它跟您确认收到了申请。")
    email, delivery = values.get("email", ""), values.get("delivery", "")
    if email and not _is_email(email):
        found["email"] = _("这不像一个邮箱地址，请核对；没有可以不填。")
    if delivery not in {each.value for each in HANDOVERS}:
        found["delivery"] = _("请选择怎样拿到答复。")
    elif delivery == Handover.EMAIL and not email:
        found["email"] = _("您选了用电子邮件拿答复，请填写邮箱。")
    elif delivery == Handover.POST and len(values.get("address", "")) < 5:
        found["address"] = _("您选了邮寄，请填写能收到信的地址。")
    if values.get("provision") not in Provision.values:
        found["provision"] = _("请选择要纸质的还是电子的。")
    return found


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _too_long(values: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {
        name: _("最多%d个字，请精简。") % LONGEST[name] for name in names if len(values.get(name, "")) > LONGEST[name]
    }


def citizen_number_is_valid(number: str) -> bool:
    """Whether a citizen's number has eighteen places, a possible birthday and its check digit (GB 11643)."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(place) for weight, place in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[17]


def body_of(values: Mapping[str, str], on: date) -> Body | None:
    """The body that is asked, if it takes requests on that day."""
    return offices.answering(on).filter(code=values.get("body", "")).first()


def identity_of(values: Mapping[str, str]) -> Identity:
    """Who asks, as it is kept; what belongs to the other kind of applicant is left out."""
    shared = {name: values.get(name, "") for name in ("phone", "email", "address", "postcode")}
    if values.get("applicant_kind") == Applicant.NATURAL.value:
        own = {name: values.get(name, "") for name in ("name", "id_type", "id_number")}
        return Identity(**own, **shared).cleaned()
    organisation = {
        "name": values.get("organisation", ""), "organisation_code": values.get("organisation_code", ""),
        "contact_person": values.get("contact_person", ""),
    }  # fmt: skip
    return Identity(**organisation, **shared).cleaned()
