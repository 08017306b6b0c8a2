"""Keys and signatures: one encoding each, and no key that signs everything."""

import copy
import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials.samples import KEY, OTHER

from tauliah.credentials import eddsa, multibase, multikey
from tauliah.credentials.refusal import Reason, Refused

P256 = "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"


def refusal(function, *arguments, **named):
    with pytest.raises(Refused) as caught:
        function(*arguments, **named)
    return caught.value.reason


@given(st.binary(max_size=100))
def test_what_is_written_in_multibase_is_read_back(data):
    assert multibase.decode(multibase.encode_base58(data)) == data
    assert multibase.decode(multibase.encode_base64url(data), prefixes="u") == data


@pytest.mark.parametrize(
    "text", ["", "z0", "zI", "zl", "z ", "m" + "A" * 8, "uAAAA", None, 7, "z" + "2" * 2000]
)
def test_other_forms_of_multibase_are_refused(text):
    assert refusal(multibase.decode, text) == Reason.KEY_MALFORMED


@pytest.mark.parametrize("text", ["uA", "uAB", "uAA=", "u+/A", "uA\nA"])
def test_only_the_one_form_of_base64url_is_read(text):
    assert refusal(multibase.decode, text, prefixes="u") == Reason.KEY_MALFORMED


def test_a_public_key_is_written_and_read():
    assert multikey.decode(multikey.encode(KEY.public)) == KEY.public
    assert multikey.encode(KEY.public).startswith("z6Mk")


def test_a_secret_key_is_read_and_never_shown():
    key = multikey.signing_key(multikey.encode_secret(bytes(range(32))))

    assert key.public == KEY.public
    assert bytes(range(32)).hex() not in repr(key)
    for attempt in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            attempt(key)


def test_a_wrong_secret_key_is_not_shown_in_the_refusal():
    secret = multikey.encode_secret(bytes(31))
    with pytest.raises(Refused) as caught:
        multikey.signing_key(secret)

    assert secret not in str(caught.value)


def test_item_10_a_key_of_another_algorithm_is_refused():
    assert refusal(multikey.decode, P256) == Reason.KEY_TYPE
    assert refusal(multikey.decode, multikey.encode_secret(bytes(32))) == Reason.KEY_TYPE


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length):
    assert (
        refusal(multikey.decode, multibase.encode_base58(multikey.PUBLIC + bytes(length)))
        == Reason.KEY_MALFORMED
    )


def small_order_points():
    """Every encoding of the eight points of small order, also those with y written one field too high."""
    ys = {0, 1, eddsa.FIELD - 1, eddsa.FIELD, eddsa.FIELD + 1}
    order_8 = int.from_bytes(
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
    )
    ys |= {order_8, eddsa.FIELD - order_8}
    return sorted((y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1))


@pytest.mark.parametrize("point", small_order_points(), ids=bytes.hex)
def test_item_11_a_key_of_small_order_is_refused(point):
    assert (
        refusal(multikey.decode, multibase.encode_base58(multikey.PUBLIC + point)) == Reason.KEY_SMALL_ORDER
    )


def test_item_11_the_identity_key_signs_nothing():
    """With the identity as key, R = S·B satisfies the equation for any message, so the library accepts it."""
    identity = (1).to_bytes(32, "little")
    signature = identity + bytes(32)
    Ed25519PublicKey.from_public_bytes(identity).verify(signature, b"anything")

    assert not eddsa.verify(identity, signature, b"anything")


def test_item_11_a_second_encoding_of_a_signature_is_none():
    signature = KEY.sign(b"message")
    higher = int.from_bytes(signature[32:], "little") + eddsa.ORDER

    assert eddsa.verify(KEY.public, signature, b"message")
    assert not eddsa.verify(KEY.public, signature[:32] + higher.to_bytes(32, "little"), b"message")


def test_item_11_a_signature_that_begins_with_a_small_point_is_none():
    signature = KEY.sign(b"message")
    for point in small_order_points():
        assert not eddsa.verify(KEY.public, point + signature[32:], b"message")


@given(st.binary(max_size=40), st.integers(0, 511))
def test_any_other_bit_makes_another_signature(message, bit):
    signature = bytearray(KEY.sign(message))
    signature[bit // 8] ^= 1 << bit % 8

    assert not eddsa.verify(KEY.public, bytes(signature), message)


def test_another_key_or_length_does_not_verify():
    signature = KEY.sign(b"message")

    assert not eddsa.verify(OTHER.public, signature, b"message")
    assert not eddsa.verify(KEY.public, signature + b"\0", b"message")
    assert not eddsa.verify(KEY.public, signature, b"messages")


def test_a_seed_has_thirty_two_bytes():
    assert refusal(eddsa.SigningKey.from_seed, bytes(31)) == Reason.KEY_MALFORMED
    assert refusal(eddsa.check_public, bytes(31)) == Reason.KEY_MALFORMED
