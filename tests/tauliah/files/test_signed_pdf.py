"""A signed certificate: accepted as it left us, refused after any change, whoever made it."""

import re
import subprocess
from asyncio import run
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec
from tests.tauliah.files.awards import CREDENTIAL
from tests.tauliah.files.reading import program, text_of
from tests.tauliah.files.signing import AT, LATER, key, signed, unsigned

from tauliah.credentials.answer import Outcome
from tauliah.files import signed_pdf
from tauliah.files.document_key import DocumentKey, UnusableKey, new_private_key, self_signed
from tauliah.files.pades import sign_pdf
from tauliah.files.signed_pdf import UnreadablePdf, read_signed_pdf

FORGED = b'{"id": "urn:uuid:forged"}'


def read(document: bytes, *owners: str, at: datetime = LATER) -> signed_pdf.SignedPdf:
    return read_signed_pdf(
        document, [key(owner).certificate for owner in owners or ("Universiti Contoh",)], at
    )


def revised(document: bytes, change) -> bytes:
    """The document with one more revision, as an editor would append it."""
    writer = IncrementalPdfFileWriter(BytesIO(document))
    change(writer)
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def page_of(writer: IncrementalPdfFileWriter):
    reference = writer.root["/Pages"]["/Kids"].raw_get(0)
    writer.mark_update(reference)
    return reference.get_object()


# --- As issued -------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["p256", "rsa"])
def test_what_we_signed_is_accepted(algorithm):
    certificates = [key(algorithm=algorithm).certificate]

    found = read_signed_pdf(signed(algorithm), certificates, LATER)

    assert (found.signature.outcome, found.signature.code) == (Outcome.YES, "paper.signed")
    assert (found.credential, found.signer, found.signed_at) == (CREDENTIAL, "Universiti Contoh", AT)


@pytest.mark.parametrize("algorithm", ["p256", "rsa"])
def test_another_program_accepts_it(algorithm, tmp_path: Path):
    (tmp_path / "signed.pdf").write_bytes(signed(algorithm))
    told = subprocess.run(
        [program("pdfsig"), "-nocert", tmp_path / "signed.pdf"], capture_output=True, check=True, text=True
    ).stdout

    for words in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"):
        assert words in told


def test_the_signature_is_of_the_profile():
    document = signed()

    assert b"/SubFilter /ETSI.CAdES.detached" in document
    assert b"/DocMDP" in document
    assert re.search(rb"/TransformParams <<[^>]*/P 1\b", document)
    assert b"Penganugerahan" in document
    assert read(document).signed_at == AT


def test_archival_and_accessible_it_stays():
    before = PdfFileReader(BytesIO(unsigned())).root
    after = PdfFileReader(BytesIO(signed())).root
    field = after["/AcroForm"]["/Fields"][0]

    assert signed().startswith(unsigned())
    assert after["/Metadata"].data == before["/Metadata"].data
    assert after["/MarkInfo"]["/Marked"]
    assert field["/TU"] == "Tandatangan"
    assert field["/F"] & 0b110 == 0b100  # printed, not hidden: PDF/A
    _, _, right, high = (float(number) for number in field["/Rect"])
    assert max(right, high) < 0  # beyond the page: PDF/UA
    assert after["/Pages"]["/Kids"][0]["/Tabs"] == "/S"


def test_every_signature_is_of_its_own_document():
    one, other = sign_pdf(unsigned(), key(), AT), sign_pdf(unsigned(FORGED), key(), AT)

    assert read(one).signature.outcome == read(other).signature.outcome == Outcome.YES
    assert key().cms(b"1" * 32) != key().cms(b"2" * 32)


def test_it_signs_where_an_event_loop_runs():
    async def within() -> bytes:
        private = new_private_key("p256")
        return sign_pdf(unsigned(), DocumentKey(private, self_signed(private, "Lain", date(2026, 3, 3))), AT)

    assert b"ETSI.CAdES.detached" in run(within())


def test_it_is_read_where_an_event_loop_runs():
    async def within() -> Outcome:
        return read(signed()).signature.outcome

    assert run(within()) == Outcome.YES


def test_a_signature_stays_good_when_its_certificate_has_run_out():
    assert read(signed(), at=datetime(2040, 1, 1, tzinfo=UTC)).signature.outcome == Outcome.YES


# --- Who signed ------------------------------------------------------------------------------------


def test_an_unknown_signer_is_neither_accepted_nor_refused():
    found = read(signed(), "Universiti Lain")

    assert (found.signature.outcome, found.signature.code) == (Outcome.UNKNOWN, "paper.unknown_signer")
    assert found.credential == CREDENTIAL


def test_an_impostor_of_the_same_name_is_not_accepted():
    private = new_private_key("p256")
    impostor = DocumentKey(private, self_signed(private, "Universiti Contoh", date(2026, 3, 3)))

    found = read(sign_pdf(unsigned(FORGED), impostor, AT))

    assert found.signature.code == "paper.unknown_signer"


class Doubled(DocumentKey):
    """A key of ours in hands that put a certificate of the same number and another name beside the true one."""

    last = False

    @property
    def most_bytes(self) -> int:
        return super().most_bytes + 1000

    def cms(self, document_digest: bytes) -> bytes:
        content = cms.ContentInfo.load(super().cms(document_digest))
        true = content["content"]["certificates"][0].dump()
        subject = true.rindex(b"Universiti Contoh", 0, true.rindex(b"Universiti Contoh"))
        forged = true[:subject] + true[subject:].replace(b"Universiti Contoh", b"Universiti Palsu!")
        both = [true, forged] if self.last else [forged, true]
        certificates = cms.CertificateSet([cms.CertificateChoices.load(each) for each in both])
        certificates._contents = b"".join(both)  # as they stand, not sorted
        signed_data = content["content"]
        signed_data["certificates"] = certificates
        return cms.ContentInfo({"content_type": "signed_data", "content": signed_data}).dump(force=True)


@pytest.mark.parametrize("last", [True, False])
def test_a_name_is_never_taken_from_a_forged_certificate(last):
    doubled = Doubled(key()._private, key().certificate)
    doubled.last = last

    found = read(sign_pdf(unsigned(), doubled, AT))

    assert found.signature.outcome != Outcome.YES
    assert found.credential == CREDENTIAL


def test_a_key_does_not_sign_beyond_the_life_of_its_certificate():
    late = sign_pdf(unsigned(), key(), datetime(2040, 1, 1, tzinfo=UTC))

    assert read(late, at=datetime(2041, 1, 1, tzinfo=UTC)).signature.outcome != Outcome.YES


def test_a_file_without_signature_is_not_accepted():
    assert read(unsigned()).signature.code == "paper.unsigned"


def test_without_trusted_certificates_nothing_is_accepted():
    assert read_signed_pdf(signed(), (), LATER).signature.outcome == Outcome.UNKNOWN


# --- Changed after signing -------------------------------------------------------------------------


def swap_the_page(writer):
    page = page_of(writer)
    words = generic.StreamObject(stream_data=b"BT /F1 24 Tf 72 300 Td (First Class Honours) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(words)


def write_over_the_page(writer):
    page = page_of(writer)
    words = generic.StreamObject(stream_data=b"0 0 100 100 re f")
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(words)])


def add_a_hidden_layer(writer):
    layer = writer.add_object(
        generic.DictionaryObject({pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): pdf_string("x")})
    )
    states = generic.DictionaryObject({pdf_name("/OFF"): generic.ArrayObject([layer])})
    writer.root[pdf_name("/OCProperties")] = generic.DictionaryObject(
        {pdf_name("/OCGs"): generic.ArrayObject([layer]), pdf_name("/D"): states}
    )
    writer.update_root()


def add_a_note(writer):
    page = page_of(writer)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
            pdf_name("/Contents"): pdf_string("First Class Honours"),
            pdf_name("/DA"): pdf_string("/Helv 12 Tf"),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])


def swap_the_attachment(writer):
    file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    forged = EmbeddedFileObject.from_file_data(writer, FORGED)
    file["/EF"][pdf_name("/F")] = file["/EF"][pdf_name("/UF")] = (
        forged.ef_stream_ref if hasattr(forged, "ef_stream_ref") else forged.container_ref
    )
    writer.update_container(file["/EF"])


def attach_another(writer):
    embed_file(
        writer, FileSpec("credential.json", embedded_data=EmbeddedFileObject.from_file_data(writer, FORGED))
    )


def change_nothing_but_the_title(writer):
    writer.set_info(generic.DictionaryObject({pdf_name("/Title"): pdf_string("First Class")}))


@pytest.mark.parametrize(
    "change",
    [
        swap_the_page,
        write_over_the_page,
        add_a_hidden_layer,
        add_a_note,
        swap_the_attachment,
        change_nothing_but_the_title,
    ],
)
def test_a_revision_after_signing_is_refused(change):
    found = read(revised(signed(), change))

    assert (found.signature.outcome, found.signature.code) == (Outcome.NO, "paper.changed")


def test_a_swapped_attachment_is_seen_to_be_another():
    assert read(revised(signed(), swap_the_attachment)).credential == FORGED


def test_two_credentials_in_one_file_are_refused():
    with pytest.raises(UnreadablePdf, match="more than one"):
        read(revised(signed(), attach_another))


@pytest.mark.parametrize("owner", ["Universiti Contoh", "Penipu"])
def test_a_second_signature_is_refused(owner):
    writer = IncrementalPdfFileWriter(BytesIO(signed()))
    # What an attacker's program does: it does not ask whether more signatures are allowed.
    signer = PdfSigner(
        PdfSignatureMetadata(field_name="Second", md_algorithm="sha256"),
        signer=key(owner).signer,
        new_field_spec=SigFieldSpec("Second"),
    )
    signer._enforce_certification_constraints = lambda reader: None
    twice = signer.sign_pdf(writer).getvalue()

    found = read(twice, "Universiti Contoh", "Penipu")

    assert (found.signature.outcome, found.signature.code) == (Outcome.NO, "paper.two_signatures")


@pytest.mark.parametrize("after", [b"\n%%EOF\n", b"\n", b" " * 5000, b"\n1 0 obj\n<<>>\nendobj\n"])
def test_bytes_put_behind_the_end_are_refused(after):
    assert outcome_of(signed() + after) != Outcome.YES


@pytest.mark.parametrize("before", [b"\n", b"%!PS\n"])
def test_bytes_put_before_the_start_are_refused(before):
    assert outcome_of(before + signed()) != Outcome.YES


def outcome_of(document: bytes) -> Outcome:
    """The answer about a document; one that cannot be read counts as no."""
    try:
        return read(document).signature.outcome
    except UnreadablePdf:
        return Outcome.NO


def test_no_flipped_byte_is_accepted():
    document = signed()
    start, end = (int(n) for n in re.findall(rb"/ByteRange \[0 (\d+) (\d+)", document)[0])
    places = [*range(20, start, 997), *range(end, len(document), 61), start - 1, end]

    accepted = []
    for place in places:
        changed = bytearray(document)
        changed[place] ^= 1
        if outcome_of(bytes(changed)) == Outcome.YES:
            accepted.append(place)

    assert accepted == []


def test_no_flipped_byte_of_certificate_attributes_or_signature_is_accepted():
    """What is left of the CMS repeats the names of algorithms; no reader is bound to look at it."""
    document = signed()
    begin = int(re.findall(rb"/ByteRange \[0 (\d+)", document)[0]) + 1
    content = bytes(PdfFileReader(BytesIO(document)).embedded_signatures[0].pkcs7_content)
    signed_data = cms.ContentInfo.load(content)["content"]
    signer = signed_data["signer_infos"][0]
    parts = [signed_data["certificates"][0].dump(), signer["signed_attrs"].dump(), signer["signature"].dump()]

    accepted = []
    for part in parts:
        for place in range(
            begin + 2 * content.index(part), begin + 2 * (content.index(part) + len(part)), 13
        ):
            changed = bytearray(document)
            changed[place] = ord("0") if changed[place] != ord("0") else ord("1")
            if outcome_of(bytes(changed)) == Outcome.YES:
                accepted.append(place)

    assert accepted == []
    assert content.count(parts[0]) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"/ByteRange \[[^\]]*\]", b"/ByteRange [0 0 0 0]"),
        (rb"/ByteRange \[[^\]]*\]", b"/ByteRange null"),
        (rb"/Contents <[0-9A-Fa-f]+>", b"/Contents <00>"),
        (rb"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /adbe.x509.rsa_sha1 "),
    ],
)
def test_a_signature_that_says_nothing_is_not_accepted(old, new):
    """Universal signature forgery: an empty range or value that a careless reader takes for valid."""

    def padded(found: re.Match[bytes]) -> bytes:
        return new.ljust(len(found[0]))

    document = re.sub(old, padded, signed())

    assert document != signed()
    assert outcome_of(document) != Outcome.YES


def test_false_words_around_a_true_credential_change_nothing_that_is_shown():
    """Checklist 25: what is shown is the credential; the pages are not read."""
    false = revised(unsigned(), write_over_the_page)
    rewritten = revised(signed(), swap_the_page)

    for document in (false, rewritten):
        found = read(document)
        assert found.credential == CREDENTIAL
        assert found.signature.outcome != Outcome.YES
    assert "First Class Honours" not in text_of(signed())


# --- Not a PDF of ours -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00" * 500, signed()[:-400], signed()[:5000]]
)
def test_what_cannot_be_read_is_refused_in_words(data):
    with pytest.raises(UnreadablePdf) as caught:
        read(data)

    assert caught.value.text.ms
    assert caught.value.text.en


def test_a_pdf_without_a_credential_has_none():
    def without(writer):
        del writer.root["/Names"]
        writer.update_root()

    assert read(revised(unsigned(), without)).credential is None


def test_a_file_too_large_is_not_opened():
    with pytest.raises(UnreadablePdf, match="20 MB"):
        read(b"%PDF" + b"0" * 20_000_000)


def test_a_bomb_for_a_credential_is_not_unpacked():
    def bomb(writer):
        file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        stream = generic.StreamObject(stream_data=b"0" * 80_000_000)
        stream.compress()
        reference = writer.add_object(stream)
        for name in ("/F", "/UF"):
            file["/EF"][pdf_name(name)] = reference
        writer.update_container(file["/EF"])

    document = revised(unsigned(), bomb)

    assert len(document) < 1_000_000
    with pytest.raises(UnreadablePdf):
        read(document)


def test_names_that_go_round_in_a_circle_end():
    def circle(writer):
        tree = writer.root["/Names"]["/EmbeddedFiles"]
        reference = writer.add_object(tree)
        tree[pdf_name("/Kids")] = generic.ArrayObject([reference, reference])
        writer.root["/Names"][pdf_name("/EmbeddedFiles")] = reference
        writer.update_container(writer.root["/Names"])

    with pytest.raises(UnreadablePdf):
        read(revised(unsigned(), circle))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_bytes_can_break_the_reading(data):
    document = bytearray(signed())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(document) - 1))
        document[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))

    assert outcome_of(bytes(document)) in Outcome


# --- Keys that cannot sign documents ---------------------------------------------------------------


def test_a_weak_key_is_refused():
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    for private in (rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP521R1())):
        with pytest.raises(UnusableKey):
            DocumentKey(private, self_signed(private, "x", date(2026, 3, 3)))


def test_a_document_key_does_not_show_itself():
    assert repr(key()) == f"<DocumentKey {key().fingerprint[:16]}>"
