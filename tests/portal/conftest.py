"""What the portal's tests share: a browser in each language, the cast, the example as the form sends it."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.cases.bridge import Entry
from portal.institutions.models import Institution
from portal.transfer.example import example_entry

Fields = dict[str, str | list[str]]


def fields_of(entry: Entry, prefix: str = "") -> Fields:
    """The fields that a browser sends for an entry."""
    fields: Fields = {}
    for name, value in entry.items():
        place = f"{prefix}{name}"
        if isinstance(value, dict):
            fields |= fields_of(value, f"{place}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                fields |= fields_of(row, f"{place}[{number}].")
        else:
            fields[place] = value
    return fields


@pytest.fixture(autouse=True)
def malay_again() -> Iterator[None]:
    """Each test begins in Malay: a page asked for in English would leave its language to the next one."""
    translation.activate("ms")
    yield
    translation.activate("ms")


@pytest.fixture
def malay() -> Client:
    """A browser that asks for English, as most do, whose owner has chosen nothing."""
    return Client(headers={"Accept-Language": "en-GB,en;q=0.9"})


@pytest.fixture
def english() -> Client:
    """A browser whose owner has chosen English."""
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def clients(malay: Client, english: Client) -> dict[str, Client]:
    """Both browsers, by language."""
    return {"ms": malay, "en": english}


@pytest.fixture
def example() -> Callable[..., Fields]:
    """The example's fields, with some of them changed; places are written as in the case."""

    def fields(changes: Fields | None = None, **named: str) -> Fields:
        return fields_of(example_entry()) | (changes or {}) | named

    return fields


def appears(key: str) -> Callable[[None], Appointment]:
    """A fixture that makes one of the cast."""

    def made(db: None) -> Appointment:
        return cast.appear(key)

    return pytest.fixture(name=key)(made)


for key in cast.CAST:
    globals()[f"{key}_appears"] = appears(key)


@pytest.fixture
def uthm(db: None) -> Institution:
    """Universiti Tun Hussein Onn Malaysia."""
    return cast.institution("UTHM")


@pytest.fixture
def utm(db: None) -> Institution:
    """Universiti Teknologi Malaysia."""
    return cast.institution("UTM")


@pytest.fixture
def unimas(db: None) -> Institution:
    """Universiti Malaysia Sarawak."""
    return cast.institution("UNIMAS")


@pytest.fixture
def everyone(db: None) -> dict[Role, Appointment]:
    """Somebody of every role at UTHM: Aminah, Bakar, Chong and their colleagues."""
    return {role: cast.appear(key) for role, key in cast.ROLES_AT_UTHM.items()}
