"""Status lists: written and read the same, never unfolded without end, and never a yes where in doubt."""

import gzip
import itertools
import json
import random
import secrets
import tracemalloc
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials import awards

from tauliah.credentials.answer import Outcome
from tauliah.credentials.bitstring import FEWEST, MOST_BYTES, BadBits, Bits, ListFull, decoded, free_index
from tauliah.credentials.document import open_badge
from tauliah.credentials.refusal import CouldNotCheck
from tauliah.credentials.status import status_list_credential
from tauliah.credentials.structure import structure_problems
from tauliah.credentials.verify import verify
from tauliah.files.contexts import published
from tauliah.values.text import same

indices = st.sets(st.integers(0, FEWEST - 1), max_size=200)


# --- The bits --------------------------------------------------------------------------------------


@given(indices, indices)
def test_a_list_is_read_back_as_it_was_written(set_, cleared):
    bits = Bits.cleared().having(set_, set_to=True).having(cleared, set_to=False)

    again = decoded(bits.encoded())

    assert again == bits
    assert {i for i in set_ | cleared if again[i]} == set_ - cleared


@given(st.integers(0, FEWEST - 1))
def test_setting_one_entry_changes_no_other(index):
    bits = Bits.cleared().having([index], set_to=True)

    assert int.from_bytes(bits.data, "big").bit_count() == 1
    assert bits[index]
    assert bits.having([index], set_to=False) == Bits.cleared()


def test_the_first_entry_is_the_highest_bit_of_the_first_byte():
    assert Bits.cleared().having([0, 15], set_to=True).data[:2] == b"\x80\x01"


def test_the_list_of_the_standards_example_is_read():
    """The list in the test files of 1EdTech's validator: entry 23 is set."""
    bits = decoded("uH4sIAAAAAAAA_-3BMQEAAAzDoMy_6cnoA9QFAAAAAAAAAAAAAAAAAAAAbD3uPa2cAEAAAA")

    assert [i for i in range(64) if bits[i]] == [23]
    assert len(bits) == FEWEST


def test_the_same_list_is_always_the_same_text():
    assert (
        Bits.cleared().having([7], set_to=True).encoded() == Bits.cleared().having([7], set_to=True).encoded()
    )


@pytest.mark.parametrize("entries", [0, 8, FEWEST - 8, FEWEST + 1])
def test_a_list_that_tells_who_is_in_it_is_not_made(entries):
    with pytest.raises(ValueError, match="131072"):
        Bits.cleared(entries)


@pytest.mark.parametrize("index", [-1, FEWEST, 10**12])
def test_there_is_no_entry_beyond_the_end(index):
    with pytest.raises(IndexError):
        Bits.cleared()[index]
    with pytest.raises(IndexError):
        Bits.cleared().having([index], set_to=True)


def packed(data):
    return "u" + urlsafe_b64encode(gzip.compress(data)).rstrip(b"=").decode()


def test_a_list_that_unfolds_without_end_is_stopped():
    """Item 14: 500 MB of zeros are half a megabyte; no more of them is unfolded than a list may have."""
    bomb = packed(bytes(100_000_000))
    tracemalloc.start()
    with pytest.raises(BadBits, match="too_long"):
        decoded(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(bomb) < 150_000
    assert peak < 3 * MOST_BYTES
    assert len(decoded(packed(bytes(MOST_BYTES)))) == MOST_BYTES * 8


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (packed(bytes(FEWEST // 8 - 1)), "too_short"),
        (packed(bytes(FEWEST // 8))[1:], "encoding"),
        (packed(bytes(FEWEST // 8)).replace("u", "z", 1), "encoding"),
        (packed(bytes(FEWEST // 8)) + "=", "encoding"),
        (packed(bytes(FEWEST // 8))[:-12], "encoding"),
        (
            "u" + urlsafe_b64encode(gzip.compress(bytes(FEWEST // 8)) + b"more").decode().rstrip("="),
            "encoding",
        ),
        ("u" + urlsafe_b64encode(bytes(FEWEST // 8)).decode().rstrip("="), "encoding"),
        ("u***", "encoding"),
        ("u", "encoding"),
        ("", "encoding"),
    ],
)
def test_what_is_no_list_is_refused(text, code):
    with pytest.raises(BadBits, match=code):
        decoded(text)


# --- Item 15: places by chance ---------------------------------------------------------------------


def test_a_place_is_chosen_by_the_number_drawn():
    assert free_index(set(), FEWEST, lambda n: 5) == 5
    assert free_index({5}, FEWEST, _draws([5, 5, 9])) == 9


def _draws(numbers):
    drawn = iter(numbers)
    return lambda n: next(drawn)


def test_the_last_free_place_is_found_and_a_full_list_says_so():
    taken = set(range(FEWEST)) - {77}

    assert free_index(taken, FEWEST, lambda n: 0) == 77
    with pytest.raises(ListFull):
        free_index(taken | {77}, FEWEST, lambda n: 0)


def test_the_order_of_places_tells_nothing_about_the_order_of_issue():
    """A runs test above and below the middle, and no place follows the last one more than chance has it."""
    draw, taken, order = random.Random(7).randrange, set(), []
    for _ in range(2_000):
        index = free_index(taken, FEWEST, draw)
        taken.add(index)
        order.append(index)
    above = [index >= FEWEST // 2 for index in order]
    runs = 1 + sum(a != b for a, b in itertools.pairwise(above))
    ups = sum(a < b for a, b in itertools.pairwise(order))

    assert len(taken) == 2_000
    assert abs(runs - 1_000) < 90  # four standard deviations
    assert abs(ups - 1_000) < 60
    assert sum(abs(a - b) == 1 for a, b in itertools.pairwise(order)) < 5


def test_a_real_source_of_chance_fits():
    assert 0 <= free_index(set(), FEWEST, secrets.randbelow) < FEWEST


# --- The list and a credential ---------------------------------------------------------------------


def listed(
    *,
    key=awards.KEY,
    issuer=awards.DID,
    bits=None,
    purpose="revocation",
    until="2026-11-23T00:00:00Z",
    **changes,
):
    document = status_list_credential(
        url=awards.LIST_URL,
        issuer=issuer,
        bits=bits or Bits.cleared(),
        purpose=purpose,
        valid_from="2026-11-21T00:00:00Z",
        valid_until=until,
    )
    subject = changes.pop("subject", {})
    document["credentialSubject"] |= subject
    return awards.signed(document | changes, key)


def checked(fetch, **entry):
    badge = open_badge(awards.statement(), awards.issue())
    badge["credentialStatus"] |= entry
    return verify(
        awards.signed({k: v for k, v in badge.items() if k != "proof"}),
        at=awards.NOW,
        contexts=published(),
        fetch_list=fetch,
        known={awards.DID: same("Universiti Contoh")},
    )


INDEX = 94_567


def test_a_list_credential_has_the_form_of_a_credential():
    assert structure_problems(listed()) == []


def test_a_credential_that_is_not_on_the_list_stands():
    found = checked(lambda url: listed(bits=Bits.cleared().having([INDEX + 1], set_to=True)))

    assert found.status.code == "status.good"
    assert found.outcome is Outcome.YES


def test_a_revoked_credential_is_not_valid_though_its_signature_holds():
    """Item 13: the answer at the top is no."""
    found = checked(lambda url: listed(bits=Bits.cleared().having([INDEX], set_to=True)))

    assert found.signature.outcome is Outcome.YES
    assert found.status.code == "status.revoked"
    assert found.outcome is Outcome.NO
    assert "NOT valid" in found.summary.en
    assert "TIDAK sah" in found.summary.ms


def test_a_suspended_credential_is_not_valid():
    bits = Bits.cleared().having([INDEX], set_to=True)
    found = checked(lambda url: listed(bits=bits, purpose="suspension"), statusPurpose="suspension")

    assert found.status.code == "status.suspended"
    assert found.outcome is Outcome.NO


def test_only_the_address_of_the_entry_is_asked():
    asked = []

    def fetch(url):
        asked.append(url)
        return listed()

    checked(fetch)

    assert asked == [awards.LIST_URL]


def unreachable(url):
    raise CouldNotCheck(same("down"))


@pytest.mark.parametrize(
    ("fetch", "entry", "code", "outcome"),
    [
        (lambda u: listed(purpose="suspension"), {}, "status.wrong_purpose", "no"),
        (lambda u: listed(key=awards.OTHER_KEY, issuer=awards.OTHER_DID), {}, "status.other_issuer", "no"),
        (lambda u: listed(key=awards.OTHER_KEY), {}, "status.list_unsigned", "no"),
        (lambda u: listed() | {"proof": []}, {}, "status.list_unsigned", "no"),
        (lambda u: listed() | {"validUntil": "2099-01-01T00:00:00Z"}, {}, "status.list_unsigned", "no"),
        (lambda u: listed(), {"statusListIndex": str(FEWEST)}, "status.index_out_of_range", "no"),
        (lambda u: listed(), {"statusListIndex": "999999999999999"}, "status.index_malformed", "no"),
        (lambda u: listed(), {"statusListIndex": 94567}, "status.index_malformed", "no"),
        (lambda u: listed(), {"statusListIndex": "-1"}, "status.index_malformed", "no"),
        (lambda u: listed(), {"statusListIndex": "٣"}, "status.index_malformed", "no"),
        (lambda u: listed(), {"statusSize": 0}, "status.malformed", "no"),
        (lambda u: listed(subject={"encodedList": packed(bytes(100))}), {}, "status.list_too_short", "no"),
        (
            lambda u: listed(subject={"encodedList": packed(bytes(50_000_000))}),
            {},
            "status.list_too_long",
            "no",
        ),
        (lambda u: listed(subject={"encodedList": "u!"}), {}, "status.list_encoding", "no"),
        (lambda u: listed(id=f"{awards.HOST}/status/8"), {}, "status.other_list", "no"),
        (lambda u: listed(type=["VerifiableCredential"]), {}, "status.not_a_list", "no"),
        (lambda u: [], {}, "status.not_a_list", "no"),
        (lambda u: {}, {}, "status.not_a_list", "no"),
        (lambda u: listed(until="2026-11-22T03:59:59Z"), {}, "status.list_expired", "unknown"),
        (lambda u: listed(validFrom="2026-11-22T04:00:01Z"), {}, "status.list_not_yet_valid", "unknown"),
        (unreachable, {}, "status.unreachable", "unknown"),
        (None, {}, "status.unreachable", "unknown"),
    ],
)
def test_a_list_that_cannot_be_relied_on_never_says_that_a_credential_stands(fetch, entry, code, outcome):
    """Item 14: each for its own reason."""
    found = checked(fetch, **entry)

    assert found.status.code == code
    assert found.status.outcome == outcome
    assert found.outcome != "yes"
    assert found.status.reason.ms != found.status.reason.en


def test_a_kind_of_status_that_is_not_known_could_not_be_checked():
    badge = open_badge(awards.statement(), awards.issue())
    badge["credentialStatus"] = {"id": awards.LIST_URL, "type": "1EdTechRevocationList"}
    found = verify(awards.signed(badge), at=awards.NOW, contexts=published(), fetch_list=lambda url: listed())

    assert (found.status.code, found.status.outcome) == ("status.kind_unknown", "unknown")


def test_of_several_entries_the_worst_counts():
    badge = open_badge(awards.statement(), awards.issue())
    entry = badge["credentialStatus"]
    badge["credentialStatus"] = [entry, entry | {"statusListIndex": "3"}]
    revoked = listed(bits=Bits.cleared().having([3], set_to=True))
    found = verify(awards.signed(badge), at=awards.NOW, contexts=published(), fetch_list=lambda url: revoked)

    assert (found.status.code, found.status.where) == ("status.revoked", "credentialStatus[1]")


def test_a_wider_entry_counts_by_its_fields():
    bits = (
        Bits.cleared().having([2 * INDEX + 1], set_to=True)
        if 2 * INDEX + 1 < FEWEST
        else Bits.cleared(262_144).having([2 * INDEX + 1], set_to=True)
    )
    found = checked(lambda url: listed(bits=bits), statusSize=2)

    assert found.status.code == "status.revoked"


def test_a_list_is_for_one_purpose():
    with pytest.raises(ValueError, match="revocation"):
        status_list_credential(
            url="https://a.example",
            issuer=awards.DID,
            bits=Bits.cleared(),
            purpose="message",
            valid_from="",
            valid_until="",
        )


def test_the_list_says_nothing_else_about_anybody():
    assert "Aminah" not in json.dumps(listed())
