"""Signed certificates on one core, beside Typst and pyHanko used as their manuals show.

    python -m bench.certificates [--number 60] [--rounds 5]

Every file is a PDF/A-3a with the QR code and the credential (5 KB) inside, signed with RSA of 3072 bits; both
contestants' files are read back before the clock starts. Exit code 1: one of them is not accepted.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial
from io import BytesIO
from pathlib import Path

if not __package__:  # run as a file: the package is found from the root of the checkout
    sys.path[0] = str(Path(__file__).parents[1])

from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner
from pyhanko.sign import sign_pdf as pyhanko_sign
from pyhanko.sign.fields import SigSeedSubFilter

from bench.timing import Times, interleave, limit_threads
from tauliah.credentials.achievement import Achievement, Assurance, Component, Outcome
from tauliah.credentials.answer import Outcome as Verdict
from tauliah.credentials.issuer import Address, Issuer
from tauliah.credentials.issuer import Signatory as Officer
from tauliah.credentials.statement import Learner, Statement
from tauliah.files import typesetting
from tauliah.files.certificate import Face, certificate_pdf
from tauliah.files.document_key import DocumentKey, PrivateKey, new_private_key, self_signed
from tauliah.files.pades import sign_pdf
from tauliah.files.paper import Institution
from tauliah.files.signed_pdf import read_signed_pdf
from tauliah.files.statement import statement_pdf
from tauliah.values.text import Text, same

AT = datetime(2026, 3, 3, 4, tzinfo=UTC)
CREST = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 9"><path d="M0 0h8v6l-4 3-4-3z" fill="#036"/></svg>'
NAME = Text("Universiti Contoh", "Contoh University")
FACE = Face(Institution(NAME, "UC", crest=CREST), code="K7QM-2XFD")


def main() -> int:
    """Read back what each makes, then measure."""
    arguments = _arguments()
    limit_threads(1)
    for name, make in contestants().items():
        found = read_signed_pdf(make(0), [_key().certificate], AT)
        if found.signature.outcome != Verdict.YES or found.credential != _credential(0):
            print(f"{name}: {found.signature.reason.en}")
            return 1
    print(report(measured(arguments.number, arguments.rounds), arguments.number))
    return 0


def contestants() -> dict[str, Callable[[int], bytes]]:
    """Finished certificates, by who makes them."""
    return {"tauliah": certificate, "as documented": as_documented}


def measured(number: int, rounds: int) -> dict[str, Times]:
    """Seconds for so many files: finished certificates, and the parts of the work."""
    printed = certificate_pdf(_award(0), FACE, _credential(0))
    signed = certificate(0)
    tasks: dict[str, Callable[[int], object]] = {
        "certificate": certificate,
        "  printed": lambda n: certificate_pdf(_award(n), FACE, _credential(n)),
        "  signed": lambda _: sign_pdf(printed, _key(), AT),
        "read back": lambda _: read_signed_pdf(signed, [_key().certificate], AT),
        "statement": lambda n: sign_pdf(statement_pdf(_award(n), FACE, _credential(n)), _key(), AT),
    }
    few = max(number // 15, 2)
    fresh = _numbers()
    times = interleave({name: partial(_each, task, number, fresh) for name, task in tasks.items()}, rounds)
    slow = interleave({"as documented": partial(_each, as_documented, few, fresh)}, max(rounds // 2, 1))
    return times | {name: Times(t.seconds, number / few) for name, t in slow.items()}


def report(times: dict[str, Times], number: int) -> str:
    """Files for each second and milliseconds for each file; the best round and the middle one."""
    lines = [f"{'':<16}{'best per s':>12}{'median per s':>14}{'median ms':>11}"]
    for name, taken in times.items():
        best, median = number / taken.best, number / taken.median
        lines.append(f"{name:<16}{best:>12.1f}{median:>14.1f}{1000 / median:>11.2f}")
    return "\n".join(lines)


def certificate(number: int) -> bytes:
    """One finished certificate, as the portal makes it."""
    return sign_pdf(certificate_pdf(_award(number), FACE, _credential(number)), _key(), AT)


def as_documented(number: int) -> bytes:
    """The same, with a fresh compilation and pyHanko's own signer for each file."""
    typesetting._compilers.kept.clear()  # noqa: SLF001 - what a program does that keeps none
    document = certificate_pdf(_award(number), FACE, _credential(number))
    writer = IncrementalPdfFileWriter(BytesIO(document))
    meta = PdfSignatureMetadata(
        field_name="Signature", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    return bytes(pyhanko_sign(writer, meta, signer=_simple_signer()).getvalue())


def _each(task: Callable[[int], object], number: int, fresh: Iterator[int]) -> None:
    for _ in range(number):
        task(next(fresh))


def _numbers() -> Iterator[int]:
    """Every file has another learner: nothing that is kept can be kept for a whole page."""
    number = 1
    while True:
        yield number
        number += 1


@cache
def _pair() -> tuple[PrivateKey, DocumentKey]:
    private = new_private_key("rsa")
    return private, DocumentKey(private, self_signed(private, NAME.en, date(2026, 1, 1)))


def _key() -> DocumentKey:
    return _pair()[1]


@cache
def _simple_signer() -> SimpleSigner:
    from asn1crypto import keys, x509
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private, key = _pair()
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate_der = key.certificate.public_bytes(serialization.Encoding.DER)
    return SimpleSigner(
        x509.Certificate.load(certificate_der), keys.PrivateKeyInfo.load(der), SimpleCertificateStore()
    )


def _credential(number: int) -> bytes:
    return json.dumps({"id": f"urn:uuid:{number:032x}", "proof": "z" * 5_000}).encode()


@cache
def _course() -> Achievement:
    outcomes = tuple(
        Outcome(
            code=f"CLO{n}", text=Text("Menerangkan seni bina sistem", "Explain the architecture of a system")
        )
        for n in (1, 2, 3)
    )
    return Achievement(
        url="https://tauliah.example/courses/1",
        kind="micro_credential",
        title=Text("Asas Internet Benda", "IoT Fundamentals"),
        code="TMN4031MCA",
        description=Text("Asas", "Basics"),
        instruction=("ms", "en"),
        examination=("en",),
        delivery="odl",
        study_mode="self_paced",
        mqf_level=6,
        credits=Decimal(1),
        learning_hours=Decimal(40),
        enrolment=Text("SPM atau setara", "SPM or equivalent"),
        outcomes=outcomes,
        assessment=(Component(name=Text("Projek", "Project"), percent=Decimal(100), summative=True),),
        assurance=(Assurance(kind="mqa_accredited", body=same("MQA"), reference="MQA/FA1234"),),
    )


@cache
def _first_award() -> Statement:
    office = Officer(name="CHONG MEI LING", office=Text("Pendaftar", "Registrar"))
    address = Address(street="Jalan Contoh", locality="Bandar Contoh", region="Johor", postal_code="86400")
    issuer = Issuer(
        did="did:web:tauliah.example",
        name=NAME,
        status=Text("Universiti awam", "Public university"),
        address=address,
        email="akademik@contoh.example",
        phone="+60 7-000 0000",
        url="https://www.contoh.example",
        signatory=office,
    )
    return Statement(
        serial="UC/MC/2026/0",
        certificate="micro_credential",
        learner=Learner(name="Nur Aisyah binti Abdullah"),
        issuer=issuer,
        achievement=_course(),
        started_on=date(2026, 1, 5),
        ended_on=date(2026, 2, 13),
        awarded_on=date(2026, 3, 3),
        stamped_on=date(2026, 3, 3),
        verify_at="https://tauliah.example/c/0",
        grade="A-",
    )


def _award(number: int) -> Statement:
    return replace(
        _first_award(),
        serial=f"UC/MC/2026/{number:06}",
        learner=Learner(name=f"Nur Aisyah binti Abdullah {number}"),
        verify_at=f"https://tauliah.example/c/{number:032x}",
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=60, help="files in a round")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
