"""Why a credential is refused: every reason by name, with its words and the remedy."""

from enum import StrEnum

from tauliah.credentials.reasons import WORDS
from tauliah.values.text import Text

LONGEST_FOUND = 80


class Reason(StrEnum):
    """What is wrong with a document, a proof, a key or an identifier."""

    NOT_JSON = "not_json"
    DUPLICATE_KEY = "duplicate_key"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    LONE_SURROGATE = "lone_surrogate"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_LONG_STRING = "too_long_string"
    TOO_MANY_VALUES = "too_many_values"
    NOT_AN_OBJECT = "not_an_object"
    CONTEXT_MISSING = "context_missing"
    CONTEXT_UNKNOWN = "context_unknown"
    CONTEXT_INLINE = "context_inline"
    CONTEXT_CHANGED = "context_changed"
    CONTEXT_FEATURE = "context_feature"
    PROTECTED_TERM = "protected_term"
    UNDEFINED_TERM = "undefined_term"
    UNDEFINED_TYPE = "undefined_type"
    RELATIVE_IRI = "relative_iri"
    INVALID_IRI = "invalid_iri"
    INVALID_ID = "invalid_id"
    INVALID_LANGUAGE = "invalid_language"
    INVALID_VALUE = "invalid_value"
    NOTHING_SAID = "nothing_said"
    TOO_MANY_QUADS = "too_many_quads"
    TOO_MANY_BLANK_NODES = "too_many_blank_nodes"
    TOO_MANY_CONTEXTS = "too_many_contexts"
    TOO_AMBIGUOUS = "too_ambiguous"
    CANONICALISERS_DIFFER = "canonicalisers_differ"
    SLOT = "slot"
    PROOF_MISSING = "proof_missing"
    PROOF_MALFORMED = "proof_malformed"
    PROOF_TYPE = "proof_type"
    PROOF_CONTEXT = "proof_context"
    PROOF_CREATED = "proof_created"
    PROOF_EXPIRED = "proof_expired"
    PROOF_PURPOSE = "proof_purpose"
    PROOF_VALUE = "proof_value"
    PREVIOUS_PROOF = "previous_proof"
    TOO_MANY_PROOFS = "too_many_proofs"
    CRYPTOSUITE = "cryptosuite"
    CHALLENGE = "challenge"
    DOMAIN = "domain"
    SIGNATURE = "signature"
    KEY_MALFORMED = "key_malformed"
    KEY_TYPE = "key_type"
    KEY_SMALL_ORDER = "key_small_order"
    KEY_REVOKED = "key_revoked"
    KEY_EXPIRED = "key_expired"
    METHOD_MALFORMED = "method_malformed"
    METHOD_UNKNOWN = "method_unknown"
    METHOD_PURPOSE = "method_purpose"
    METHOD_CONTROLLER = "method_controller"
    DID_MALFORMED = "did_malformed"
    DID_METHOD = "did_method"
    DID_DOCUMENT = "did_document"
    ISSUER_MISSING = "issuer_missing"
    ISSUER_MISMATCH = "issuer_mismatch"
    DATE_MALFORMED = "date_malformed"

    @property
    def text(self) -> Text:
        """The words, with `{found}` where the offending value goes."""
        return WORDS[self.value]


class Refused(ValueError):
    """A definite no: `reason` names it, `where` is a path in the document or empty."""

    def __init__(self, reason: Reason, where: str = "", found: object = "") -> None:
        self.reason, self.where, self.found = reason, where, _shown(found)
        self.message = reason.text.fill(found=self.found)
        super().__init__(f"{where}: {self.message.en}" if where else self.message.en)


class CouldNotCheck(Exception):
    """Neither yes nor no: what is needed for an answer cannot be had now, such as an issuer's keys."""

    def __init__(self, message: Text, where: str = "") -> None:
        self.message, self.where = message, where
        super().__init__(f"{where}: {message.en}" if where else message.en)


def _shown(found: object) -> str:
    """The value as a person may see it: short, on one line, half characters replaced."""
    text = str(found).encode(errors="replace").decode()
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= LONGEST_FOUND else text[: LONGEST_FOUND - 1] + "…"
