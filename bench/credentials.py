"""Issues and verifies credentials, one core, beside a Node stack in the same run.

    python -m bench.credentials                         # ours alone
    python -m bench.credentials --node FOLDER           # and @digitalbazaar/vc from FOLDER/node_modules
    python -m bench.credentials --memory 100000         # and the peak memory of a long issuing run

FOLDER is made with `npm install` of the packages that bench/peers/credentials.mjs names. First both
have to agree: what Node signs is signed the same by us, byte for byte, and each verifies the other's.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.timing import stopwatch
from tauliah.credentials import canonical, did, jcs, proof
from tauliah.credentials.canonical.cohort import Slot
from tauliah.credentials.eddsa import SigningKey
from tauliah.credentials.issuing import CohortIssuer
from tauliah.files.contexts import FOLDER, published

ROOT = Path(__file__).resolve().parents[1]
SEED = bytes(range(32))
ISSUER = "did:web:ukb.example"
METHOD = f"{ISSUER}#key-2026"
CREATED = "2026-11-22T04:00:00Z"
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
KEY = SigningKey.from_seed(SEED)
DOCUMENT = did.did_web_document(ISSUER, [did.DatedKey("key-2026", KEY.public)])
GOALS = {"issue cohort": 3000, "verify": 1000}


def template() -> dict[str, Any]:
    """The statement of the tests, with the slots of a class of learners."""
    sys.path.insert(0, str(ROOT))
    from tests.tauliah.credentials.samples import STATEMENT

    document = deepcopy(STATEMENT) | {"id": Slot("id"), "awardedDate": Slot("awarded")}
    subject = document["credentialSubject"]
    subject["licenseNumber"] = Slot("serial")
    subject["identifier"][0]["identityHash"] = Slot("name")
    subject["identifier"][1]["identityHash"] = Slot("student")
    subject["result"][0]["value"], subject["result"][1]["value"] = Slot("grade"), Slot("mark")
    document["credentialStatus"] |= {"id": Slot("status"), "statusListIndex": Slot("index")}
    return document


def learner(number: int) -> dict[str, str]:
    return {
        "id": f"urn:uuid:7a0c5b0e-0000-4000-8000-{number:012d}",
        "awarded": "2026-10-28T09:30:00+08:00",
        "serial": f"UKB-MC-2026-{number:05d}",
        "name": f"Pelajar Contoh {number}",
        "student": f"A{number:06d}",
        "grade": ("A", "A-", "B+", "B")[number % 4],
        "mark": str(40 + number % 20),
        "status": f"https://ukb.example/status/1#{number}",
        "index": str(number),
    }


def resolve(_: str) -> dict[str, Any]:
    return DOCUMENT


class Ours:
    """The same work in each of our ways; every call does all of it."""

    def __init__(self, number: int) -> None:
        self.contexts = published()
        self.values = [learner(i) for i in range(number)]
        filled = CohortIssuer(template(), KEY, proof.ProofOptions(METHOD, CREATED), self.contexts)
        self.documents = [filled.cohort.fill(values) for values in self.values]
        self.signed = [filled.issue(values) for values in self.values]

    def issue_cohort(self) -> list[Any]:
        issuer = CohortIssuer(template(), KEY, proof.ProofOptions(METHOD, CREATED), self.contexts)
        return [issuer.issue(values) for values in self.values]

    def issue_one_by_one(self) -> list[Any]:
        options = proof.ProofOptions(METHOD, CREATED)
        return [proof.sign(document, KEY, options, self.contexts) for document in self.documents]

    def issue_jcs(self) -> list[Any]:
        options = proof.ProofOptions(METHOD, CREATED, cryptosuite=proof.JCS)
        return [proof.sign(document, KEY, options, self.contexts) for document in self.documents]

    def verify(self) -> list[Any]:
        return [proof.verified_proofs(signed, self.contexts, resolve, at=NOW) for signed in self.signed]

    def canonicalise(self) -> list[Any]:
        return [canonical.canonicalise(document, self.contexts) for document in self.documents]

    def canonicalise_jcs(self) -> list[Any]:
        return [jcs.canonicalise(document) for document in self.documents]


def node_round(folder: Path, work: Path, number: int) -> dict[str, Any]:
    """One round of the Node stack: what it signed, what it verified, and its seconds."""
    script = work / "credentials.mjs"
    shutil.copy(ROOT / "bench" / "peers" / "credentials.mjs", script)
    if not (work / "node_modules").exists():
        (work / "node_modules").symlink_to((folder / "node_modules").resolve())
    command = ["node", str(script), str(work / "work.json"), str(number)]
    answer = subprocess.run(command, capture_output=True, check=True, text=True, timeout=600)
    return json.loads(answer.stdout)


def write_work(ours: Ours, work: Path, number: int) -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    contexts = {
        entry["url"]: json.loads((FOLDER / entry["file"]).read_text(encoding="utf-8")) for entry in manifest
    }
    content = {
        "seed": SEED.hex(),
        "did": ISSUER,
        "method": METHOD,
        "created": CREATED,
        "contexts": contexts,
        "controller": DOCUMENT,
        "documents": ours.documents[:number],
        "signed": ours.signed[:number],
    }
    (work / "work.json").write_text(json.dumps(content), encoding="utf-8")


def agree(ours: Ours, theirs: dict[str, Any]) -> None:
    """Ends the program unless both stacks sign alike and verify each other's."""
    if theirs["verified"] != len(theirs["signed"]):
        sys.exit("Node does not verify what we signed.")
    for mine, other in zip(ours.signed, theirs["signed"], strict=False):
        if mine["proof"][0]["proofValue"] != other["proof"]["proofValue"]:
            sys.exit("Node signs something else than we do.")
        proof.verified_proofs(other, ours.contexts, resolve, at=NOW)


def peak_of_run(number: int) -> None:
    """Issues so many credentials one after the other, keeping none, in a process of its own."""
    code = (
        "import resource, sys; from bench.credentials import *;"
        "i = CohortIssuer(template(), KEY, proof.ProofOptions(METHOD, CREATED), published());"
        "a = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        f"[i.issue(learner(n)) and None for n in range(1000)];"
        f"exec('for n in range({number}): i.issue(learner(n))');"
        "print(a, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT
    )
    before, after = map(int, answer.stdout.split())
    print(
        f"{number} issued in a row: peak {after / 1024:.0f} MB, {(after - before) / 1024:.1f} MB of it by issuing"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=1000, help="credentials in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--node", type=Path, help="folder with the peers' node_modules")
    parser.add_argument("--memory", type=int, help="credentials of a long run whose memory is measured")
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # Node's helpers share the one core, too
    ours = Ours(asked.number)
    names = ("issue cohort", "issue one by one", "issue jcs", "verify", "canonicalise", "canonicalise jcs")
    seconds: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        work, fewer = Path(folder), min(asked.number, 200)
        write_work(ours, work, fewer)
        for _ in range(asked.rounds):
            for name in names:
                seconds[name].append(stopwatch(getattr(ours, name.replace(" ", "_"))) / asked.number)
            if asked.node:
                theirs = node_round(asked.node, work, fewer)
                agree(ours, theirs)
                for name, taken in theirs["seconds"].items():
                    seconds.setdefault(f"node {name}", []).append(taken / fewer)
    report(seconds)
    if asked.memory:
        peak_of_run(asked.memory)


def report(seconds: dict[str, list[float]]) -> None:
    print(f"{'':<20}{'per second':>12}{'best':>10}{'us each':>10}{'times node':>12}{'goal':>8}")
    for name, taken in seconds.items():
        peer = "node issue" if "issue" in name else "node verify" if "verify" in name else None
        ratio = f"{median(seconds[peer]) / median(taken):.1f}" if peer in seconds else ""
        goal = GOALS.get(name, "")
        middle = median(taken)
        print(
            f"{name:<20}{1 / middle:>12,.0f}{1 / min(taken):>10,.0f}{middle * 1e6:>10.0f}{ratio:>12}{goal:>8}"
        )
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
