"""Issues one credential to many learners: the template is read once, only what differs is signed anew.

The fast way is checked by the general one as it goes: the first credential and every so many after
it are worked out both ways, and a difference stops the run before anything wrong is handed over.
"""

from collections.abc import Mapping
from hashlib import sha256

from tauliah.credentials import canonical, multibase
from tauliah.credentials.canonical.cohort import Cohort, Value
from tauliah.credentials.contexts import Contexts
from tauliah.credentials.eddsa import SigningKey
from tauliah.credentials.proof import RDFC, ProofOptions, check_form
from tauliah.credentials.refusal import Reason, Refused
from tauliah.credentials.strict_json import Json

CHECK_EVERY = 500


class CohortIssuer:
    """Signs the credentials of one template, each with a proof of the same options."""

    def __init__(
        self,
        template: Json,
        key: SigningKey,
        options: ProofOptions,
        contexts: Contexts,
        check_every: int = CHECK_EVERY,
    ) -> None:
        if options.cryptosuite != RDFC or options.previous_proof or options.id is not None:
            raise Refused(Reason.CRYPTOSUITE, found=options.cryptosuite)
        if "proof" in template:
            raise Refused(Reason.SLOT, found="proof")
        self.cohort, self.contexts = Cohort(template, contexts), contexts
        self.key, self.check_every, self.issued = key, check_every, 0
        self.proof = options.as_json()
        check_form(self.proof)
        config = {**self.proof, "@context": template.get("@context")}
        self.said = sha256(canonical.canonicalise(config, contexts).encode()).digest()

    def issue(self, values: Mapping[str, Value]) -> Json:
        """One learner's signed credential; raises `Refused`."""
        document = self.cohort.fill(values)
        text = self.cohort.canonical(values)
        if self.issued % self.check_every == 0 and text != canonical.canonicalise(document, self.contexts):
            raise Refused(Reason.CANONICALISERS_DIFFER)
        self.issued += 1
        signature = self.key.sign(self.said + sha256(text.encode()).digest())
        document["proof"] = [{**self.proof, "proofValue": multibase.encode_base58(signature)}]
        return document
