"""What a password must be: guessable ones are refused with a reason, good ones pass."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mingtang.bodies.actions.accounts import new_password
from mingtang.bodies.models import Person, User

GUESSABLE = [
    "admin@123456789", "Admin123!@#2024", "qwertyuiop123", "1qaz2wsx3edc4rfv", "woaini5201314", "Woaini1314520!",
    "zhengwugongkai2024", "P@ssw0rd123456", "aaaaaaaaaaaa", "abcabcabcabc", "123456789012", "13800138000a",
    "neimenggu@2025", "mima123456789", "政务公开政务公开", "password1234!", "asdfghjkl;123", "abcdefghijkl",
    "xitongguanliyuan1", "zhangwangchen123",
]  # fmt: skip
GOOD = ["竹影-横斜-水清-浅7", "tulip oven cargo bleak", "Kq7-vRw2-mXp9-tZd4", "早餐吃了两个包子"]


@pytest.mark.parametrize("password", GUESSABLE)
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", GOOD)
def test_unrelated_words_pass(password: str) -> None:
    validate_password(password)


def test_what_the_platform_gives_passes() -> None:
    validate_password(new_password())


def test_eleven_characters_are_too_few_and_the_message_says_how_many_are_missing() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("tulip oven ")
    assert any("还差 1 个" in message for message in refused.value.messages)


@pytest.mark.parametrize("password", ["tulip-oven-xinxiyuan-x", "张晓岚-tulip-oven", "XINXIYUAN-bleak-cargo"])
def test_the_accounts_and_the_persons_name_are_refused(password: str) -> None:
    user = User(username="xinxiyuan", person=Person(name="张晓岚"))
    with pytest.raises(ValidationError, match="用户名或姓名"):
        validate_password(password, user)


def test_messages_never_repeat_the_password() -> None:
    for password in GUESSABLE:
        with pytest.raises(ValidationError) as refused:
            validate_password(password)
        assert all(password not in message for message in refused.value.messages)
