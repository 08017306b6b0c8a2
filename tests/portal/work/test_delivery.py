"""A delivery is made once: claimed, handed over, noted; what nobody can know is left to a person."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.utils import timezone
from tests.portal.work.letters import Letter

from portal.work.delivery import MOST_ATTEMPTS, begin_again, deliver
from portal.work.models import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_table")]
HandOver = Callable[[], None]


class Door:
    """Where letters are handed over; it may fail, before or while it takes one."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.closed: Exception | None = None
        self.fails: BaseException | None = None

    def prepare(self, letter: Letter) -> HandOver:
        if self.closed:
            raise self.closed

        def hand_over() -> None:
            if self.fails:
                raise self.fails
            self.taken.append(letter.key)

        return hand_over


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def letter() -> Letter:
    return Letter.objects.create(key="decision 12 to Aminah", file="-")


def again(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def test_it_is_made_and_noted(letter: Letter, door: Door) -> None:
    assert deliver(Letter, letter.pk, "worker", door.prepare) is None
    assert door.taken == [letter.key]

    found = again(letter)

    assert found.sent_at is not None
    assert (found.claimed_by, found.attempts, found.error) == ("worker", 1, "")


def test_it_is_not_made_again(letter: Letter, door: Door) -> None:
    deliver(Letter, letter.pk, "worker", door.prepare)
    deliver(Letter, letter.pk, "another", door.prepare)

    assert door.taken == [letter.key]


def test_one_that_does_not_exist_is_passed_over(door: Door) -> None:
    assert deliver(Letter, 0, "worker", door.prepare) is None


def test_nobody_takes_what_a_living_worker_is_at(letter: Letter, door: Door) -> None:
    Worker.objects.create(id="alive")
    Letter.objects.filter(pk=letter.pk).update(claimed_by="alive", handed_over_at=timezone.now())

    assert deliver(Letter, letter.pk, "worker", door.prepare) is None
    assert door.taken == []
    assert again(letter).given_up_at is None


def test_what_a_dead_worker_had_claimed_is_made(letter: Letter, door: Door) -> None:
    Letter.objects.filter(pk=letter.pk).update(claimed_by="dead", attempts=1)
    deliver(Letter, letter.pk, "worker", door.prepare)

    assert door.taken == [letter.key]
    assert again(letter).attempts == 2


def test_what_a_dead_worker_was_handing_over_is_left_to_a_person(letter: Letter, door: Door) -> None:
    Letter.objects.filter(pk=letter.pk).update(claimed_by="dead", attempts=1, handed_over_at=timezone.now())

    assert deliver(Letter, letter.pk, "worker", door.prepare) is None
    assert door.taken == []
    assert list(Letter.objects.unconfirmed()) == [letter]
    assert again(letter).error == "RuntimeError: The worker died while it handed this over."


def test_it_is_made_all_the_same_where_twice_is_once(letter: Letter, door: Door) -> None:
    Letter.objects.filter(pk=letter.pk).update(claimed_by="dead", attempts=1, handed_over_at=timezone.now())
    deliver(Letter, letter.pk, "worker", door.prepare, repeatable=True)

    assert door.taken == [letter.key]
    assert not Letter.objects.unconfirmed().exists()


def test_a_person_may_begin_it_again(letter: Letter, door: Door) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        claimed_by="dead", attempts=3, handed_over_at=timezone.now(), given_up_at=timezone.now()
    )

    assert begin_again(letter)
    deliver(Letter, letter.pk, "worker", door.prepare)

    assert door.taken == [letter.key]
    assert not begin_again(letter)


@pytest.mark.parametrize("when", ["closed", "fails"])
def test_a_refusal_is_tried_again_later(letter: Letter, door: Door, when: str) -> None:
    setattr(door, when, SMTPRecipientsRefused({"a@example.my": (450, b"busy")}))
    again_at = deliver(Letter, letter.pk, "worker", door.prepare)

    assert again_at is not None
    assert timedelta(seconds=50) < again_at - timezone.now() <= timedelta(seconds=60)
    assert again(letter).error.startswith("SMTPRecipientsRefused")

    setattr(door, when, None)
    deliver(Letter, letter.pk, "another", door.prepare)

    assert door.taken == [letter.key]
    assert again(letter).error == ""


def test_each_wait_is_longer_and_the_last_one_ends(letter: Letter, door: Door) -> None:
    door.closed = ConnectionRefusedError("no mail server")
    waits = []
    while again_at := deliver(Letter, letter.pk, "worker", door.prepare):
        waits.append(round((again_at - timezone.now()).total_seconds() / 60))

    assert waits == [1, 2, 4, 8, 16, 32, 64]
    assert again(letter).attempts == MOST_ATTEMPTS
    assert list(Letter.objects.failed()) == [letter]
    assert not Letter.objects.unconfirmed().exists()


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), TimeoutError("no answer")])
def test_silence_while_handing_over_is_left_to_a_person(letter: Letter, door: Door, error: Exception) -> None:
    door.fails = error

    assert deliver(Letter, letter.pk, "worker", door.prepare) is None
    assert list(Letter.objects.unconfirmed()) == [letter]


def test_silence_is_tried_again_where_twice_is_once(letter: Letter, door: Door) -> None:
    door.fails = TimeoutError("no answer")

    assert deliver(Letter, letter.pk, "worker", door.prepare, repeatable=True) is not None
    assert list(Letter.objects.open()) == [letter]


def test_a_worker_that_was_taken_for_dead_does_not_hand_over_what_another_took(
    letter: Letter, door: Door
) -> None:
    def slow(mine: Letter) -> HandOver:
        deliver(Letter, letter.pk, "another", door.prepare)
        return door.prepare(mine)

    deliver(Letter, letter.pk, "slow", slow)

    assert door.taken == [letter.key]
    assert again(letter).claimed_by == "another"
