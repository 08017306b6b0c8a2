"""Signing a PDF for good: PAdES baseline B-B, certified, invisible, over the whole file."""

from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter

from tauliah.files.document_key import DocumentKey

FIELD = "Tauliah"
HEXADECIMAL = 2


class _Writer(IncrementalPdfFileWriter):
    """Adds a revision and leaves the metadata as they were printed.

    pyHanko would write them anew, with the time of day, and not as PDF/A wants its extension schemas.
    """

    def _update_meta(self) -> None:
        pass


def sign_pdf(document: bytes, key: DocumentKey, at: datetime, *, reason: str = "", label: str = "") -> bytes:
    """The document with a signature that allows no change after it.

    `at` is aware and goes into the signature as claimed time; `label` names the field to those who hear it.
    """
    signer = PdfSigner(_metadata(reason), signer=key.signer, new_field_spec=_field(label))
    session = signer.init_signing_session(_Writer(BytesIO(document)))
    session.system_time = at
    prepared, signed = session.prepare_tbs_document(None, HEXADECIMAL * key.most_bytes).digest_tbs_document()
    prepared.fill_with_cms(signed, key.cms(prepared.document_digest))
    assert isinstance(signed, BytesIO)
    return signed.getvalue()


def _metadata(reason: str) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )


def _field(label: str) -> SigFieldSpec:
    # Out of the page: PDF/A forbids a hidden field, PDF/UA one that is on the page and not in its structure.
    return SigFieldSpec(
        FIELD,
        readable_field_name=label or FIELD,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
