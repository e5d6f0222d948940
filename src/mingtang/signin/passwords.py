"""What a password must be: long, not one that everybody tries first, not the account's own name."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: So many characters must be left when everything that can be guessed is taken away.
LEFT_AT_LEAST = 6
_LOOKALIKE = str.maketrans("@0$1!3", "aosiie")
_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "1234567890-=", "!@#$%^&*()_+", "abcdefghijklmnopqrstuvwxyz")
_COLUMNS = "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"


class GuessableValidator:
    """Refuses what remains short after common words (also pinyin), keyboard runs, years and repetitions are removed."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` with the mend."""
        if len(unguessable(password)) < LEFT_AT_LEAST:
            raise ValidationError(
                _("这个口令容易被猜到：去掉常见词、拼音、键盘顺序、年份和重复后所剩太少。请换几个互不相干的词。"),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """What a form says beside the field."""
        return _("不要用常见词、拼音、键盘顺序或日期拼成；几个互不相干的词连起来就很好。")


class LengthValidator:
    """At least twelve characters; a Chinese character counts as two, for there are so many more of them."""

    minimum = 12

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` with the number that is missing."""
        length = sum(2 if ord(character) > 0x2E7F else 1 for character in password)
        if length < self.minimum:
            raise ValidationError(
                _("口令太短：至少 %(minimum)d 个字符（汉字算两个），还差 %(missing)d 个。")
                % {"minimum": self.minimum, "missing": self.minimum - length},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        """What a form says beside the field."""
        return _("至少 %(minimum)d 个字符，汉字算两个。") % {"minimum": self.minimum}


class OwnNameValidator:
    """Refuses passwords that hold the account's or the person's name, or are held by it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError`; without a user there is nothing to compare."""
        if user is None:
            return
        plain = password.lower()
        names = {user.get_username().lower(), user.get_full_name().lower()}
        if any(name and ((len(name) >= 2 and name in plain) or plain in name) for name in names):
            raise ValidationError(_("口令里不要含有用户名或姓名。"), code="password_own_name")

    def get_help_text(self) -> str:
        """What a form says beside the field."""
        return _("不含用户名和姓名。")


def unguessable(password: str) -> str:
    """What is left of a password when the guessable is taken away, each character once."""
    left = _without_words(password.lower())
    left = re.sub(r"(19|20)\d\d|\d{6,}", "", left)
    for run in _runs():
        left = left.replace(run, "")
    left = re.sub(r"(.{1,4}?)\1{2,}", r"\1", left)
    return "".join(dict.fromkeys(left))


def _without_words(text: str) -> str:
    """The text without the listed words, also where digits and signs stand for letters (p@ssw0rd)."""
    for word in _words():
        seen = text.translate(_LOOKALIKE)
        for spelling in (text, seen):
            while (at := spelling.find(word)) >= 0:
                text = text[:at] + text[at + len(word) :]
                spelling = spelling[:at] + spelling[at + len(word) :]
    return text


@cache
def _words() -> tuple[str, ...]:
    """The list, longest first, so that no word breaks a longer one."""
    lines = (files("mingtang.signin") / "guessable.txt").read_text(encoding="utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _runs() -> tuple[str, ...]:
    """Pieces of three and more neighbours of the keyboard, the digits and the alphabet, either way; longest first."""
    found: set[str] = set()
    for row in (*_ROWS, _COLUMNS):
        for text in (row, row[::-1]):
            found |= {text[i:j] for i in range(len(text)) for j in range(i + 3, len(text) + 1)}
    return tuple(sorted(found, key=lambda run: (-len(run), run)))
