"""Who asks: what is personal about an applicant or third party, how it is shown masked, and how it is recognised."""

import re
from dataclasses import asdict, dataclass, fields
from typing import Any

#: Longest value of any field, in characters.
LONGEST = 200


@dataclass(frozen=True)
class Identity:
    """What is personal about somebody; kept encrypted only. Empty strings where unknown.

    For an organisation `name` is its name, `organisation_code` its credit code and `contact_person` who speaks for it.
    """

    name: str
    id_type: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    organisation_code: str = ""
    contact_person: str = ""

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Identity":
        """From stored values; unknown keys are passed over."""
        return cls(**{field.name: str(values.get(field.name, "")) for field in fields(cls)})

    def as_json(self) -> dict[str, str]:
        """For storing."""
        return asdict(self)

    def cleaned(self) -> "Identity":
        """The same without spaces around values, the identity number in capitals."""
        values = {name: value.strip() for name, value in asdict(self).items()}
        values["id_number"] = values["id_number"].upper().replace(" ", "")
        values["organisation_code"] = values["organisation_code"].upper().replace(" ", "")
        return Identity(**values)

    def masked(self) -> "Identity":
        """What a screen shows by default: enough to recognise, too little to use."""
        return Identity(
            name=masked_name(self.name, whole=bool(self.organisation_code)),
            id_type=self.id_type,
            id_number=_middle(self.id_number, 6, 4),
            phone=_middle(self.phone, 3, 4),
            email=_masked_email(self.email),
            address=_middle(self.address, 6, 0),
            postcode=self.postcode,
            organisation_code=self.organisation_code,
            contact_person=masked_name(self.contact_person),
        )

    def recognised_by(self) -> str:
        """The value by which the same applicant is recognised: number, else code, else name and phone."""
        known = self.cleaned()
        if known.id_number:
            return f"id:{known.id_number}"
        if known.organisation_code:
            return f"code:{known.organisation_code}"
        return f"name:{known.name}:{re.sub(r'[^0-9]', '', known.phone) or known.email.lower()}"

    def secrets(self) -> tuple[str, ...]:
        """Every value that must not stand in logs or events (for checks)."""
        return tuple(value for key, value in asdict(self).items() if len(value) > 1 and key != "id_type")


def masked_name(name: str, *, whole: bool = False) -> str:
    """张＊＊ for a person; an organisation's name is no secret and stays whole."""
    return name if whole or not name else name[0] + "＊" * (len(name) - 1)


def _middle(value: str, first: int, last: int) -> str:
    """The value with its middle hidden; all of it where it is too short for what is left to hide anything."""
    if len(value) <= first + last:
        return "＊" * len(value)
    return value[:first] + "＊" * (len(value) - first - last) + (value[-last:] if last else "")


def _masked_email(email: str) -> str:
    local, at, domain = email.partition("@")
    return f"{local[:1]}＊＊＊{at}{domain}" if at else _middle(email, 1, 0)
