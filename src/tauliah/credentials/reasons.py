"""The words of every reason for refusing a credential, in Malay and English."""

from collections.abc import Mapping

from tauliah.values.text import Text

_JSON = {
    "not_json": Text(
        "Ini bukan JSON yang sah ({found}). Minta fail asal daripada pengeluarnya.",
        "This is not valid JSON ({found}). Ask the issuer for the original file.",
    ),
    "duplicate_key": Text(
        "Kunci “{found}” berulang, jadi dokumen ini boleh dibaca dengan dua cara.",
        "The key “{found}” stands twice, so this document can be read in two ways.",
    ),
    "not_a_number": Text(
        "“{found}” bukan nombor yang dibenarkan dalam JSON.", "“{found}” is not a number that JSON allows."
    ),
    "number_out_of_range": Text(
        "Nombor {found} tidak dibaca sama oleh semua perisian; tulis sebagai teks.",
        "Not all software reads the number {found} alike; write it as text.",
    ),
    "lone_surrogate": Text(
        "Teks “{found}” mengandungi aksara yang tidak lengkap.", "The text “{found}” holds half a character."
    ),
    "too_large": Text(
        "Dokumen terlalu besar; paling besar {found} bait.",
        "The document is too large; {found} bytes at most.",
    ),
    "too_deep": Text(
        "Struktur terlalu dalam; paling banyak {found} aras.", "Nested too deeply; {found} levels at most."
    ),
    "too_long_string": Text(
        "Satu teks terlalu panjang; paling panjang {found} aksara.",
        "One text is too long; {found} characters at most.",
    ),
    "too_many_values": Text(
        "Terlalu banyak nilai; paling banyak {found}.", "Too many values; {found} at most."
    ),
    "not_an_object": Text("Di sini perlu ada objek JSON.", "A JSON object is needed here."),
}

_LINKED_DATA = {
    "context_missing": Text(
        "Tiada “@context”, jadi makna medan tidak diketahui.",
        "There is no “@context”, so the meaning of the fields is not known.",
    ),
    "context_unknown": Text(
        "Konteks “{found}” tidak dalam senarai yang dibenarkan; sistem ini tidak memuat turun konteks.",
        "The context “{found}” is not on the list of allowed ones; this system downloads none.",
    ),
    "context_inline": Text(
        "Konteks dalam dokumen hanya boleh menambah istilah baharu; “{found}” mengubah yang sedia ada.",
        "A context inside the document may only add new terms; “{found}” changes existing meaning.",
    ),
    "context_changed": Text(
        "Fail konteks “{found}” tidak sama dengan yang diterbitkan; pasang semula sistem ini.",
        "The context file “{found}” differs from the published one; install this system again.",
    ),
    "context_feature": Text(
        "Ciri JSON-LD “{found}” tidak disokong.", "The JSON-LD feature “{found}” is not supported."
    ),
    "protected_term": Text(
        "Istilah “{found}” dilindungi dan tidak boleh ditakrifkan semula.",
        "The term “{found}” is protected and cannot be defined again.",
    ),
    "undefined_term": Text(
        "Medan “{found}” tidak ditakrifkan oleh mana-mana konteks, jadi ia tidak akan ditandatangani.",
        "No context defines the field “{found}”, so it would not be signed.",
    ),
    "undefined_type": Text(
        "Jenis “{found}” tidak ditakrifkan oleh mana-mana konteks.", "No context defines the type “{found}”."
    ),
    "relative_iri": Text(
        "“{found}” bukan alamat yang lengkap; tulis dengan skemanya, contohnya https:// atau urn:.",
        "“{found}” is not a complete address; write it with its scheme, such as https:// or urn:.",
    ),
    "invalid_iri": Text(
        "“{found}” mengandungi aksara yang tidak dibenarkan dalam alamat.",
        "“{found}” holds characters that an address does not allow.",
    ),
    "invalid_id": Text(
        "Pengenal hendaklah satu teks; dijumpai {found}.", "An identifier is one text; found {found}."
    ),
    "invalid_language": Text(
        "“{found}” bukan tag bahasa yang sah.", "“{found}” is not a valid language tag."
    ),
    "invalid_value": Text(
        "Nilai ini tidak dapat ditandatangani dalam bentuknya: {found}.",
        "This value cannot be signed in the form it has: {found}.",
    ),
    "nothing_said": Text(
        "Dokumen ini tidak menyatakan apa-apa yang dapat ditandatangani.",
        "The document says nothing that could be signed.",
    ),
    "too_many_quads": Text(
        "Dokumen ini mempunyai terlalu banyak pernyataan; paling banyak {found}.",
        "The document makes too many statements; {found} at most.",
    ),
    "too_many_blank_nodes": Text(
        "Dokumen ini mempunyai terlalu banyak objek tanpa pengenal; paling banyak {found}.",
        "The document has too many objects without an identifier; {found} at most.",
    ),
    "too_many_contexts": Text(
        "Dokumen ini mencampurkan terlalu banyak konteks; paling banyak {found}.",
        "The document mixes too many contexts; {found} at most.",
    ),
    "too_ambiguous": Text(
        "Objek tanpa pengenal dalam dokumen ini terlalu serupa untuk dibezakan; beri setiap satu “id”.",
        "The objects without identifier are too alike to tell apart; give each an “id”.",
    ),
    "canonicalisers_differ": Text(
        "Dua kaedah pengkanunan memberi hasil berbeza; tiada apa-apa ditandatangani. Laporkan kepada kami.",
        "Two ways to work out the canonical form disagree; nothing was signed. Report it to us.",
    ),
    "slot": Text(
        "Ruang “{found}” dalam templat tidak dapat diisi begini.",
        "The slot “{found}” of the template cannot be filled like this.",
    ),
}

_PROOF = {
    "proof_missing": Text("Tiada tandatangan digital (“proof”).", "There is no digital signature (“proof”)."),
    "proof_malformed": Text(
        "Tandatangan digital tidak lengkap atau salah bentuk: {found}.",
        "The digital signature is incomplete or malformed: {found}.",
    ),
    "proof_type": Text(
        "Jenis tandatangan “{found}” tidak disokong; perlu DataIntegrityProof.",
        "The signature type “{found}” is not supported; DataIntegrityProof is needed.",
    ),
    "proof_context": Text(
        "“@context” tandatangan tidak sama dengan “@context” dokumen.",
        "The signature's “@context” differs from the document's.",
    ),
    "proof_created": Text(
        "Tarikh tandatangan “{found}” tidak sah; perlu tarikh, masa dan zon waktu.",
        "The signature's date “{found}” is not valid; date, time and time zone are needed.",
    ),
    "proof_expired": Text("Tandatangan ini tamat tempoh pada {found}.", "The signature expired on {found}."),
    "proof_purpose": Text(
        "Tandatangan ini dibuat untuk tujuan lain: “{found}”.",
        "The signature was made for another purpose: “{found}”.",
    ),
    "proof_value": Text(
        "Nilai tandatangan salah bentuk; perlu “z” dan 64 bait base58.",
        "The signature value is malformed; “z” and 64 bytes in base58 are needed.",
    ),
    "previous_proof": Text(
        "Tandatangan merujuk tandatangan terdahulu “{found}” yang tiada.",
        "The signature names an earlier one, “{found}”, that is not there.",
    ),
    "too_many_proofs": Text(
        "Terlalu banyak tandatangan; paling banyak {found}.", "Too many signatures; {found} at most."
    ),
    "cryptosuite": Text(
        "Kaedah tandatangan “{found}” tidak disokong; perlu eddsa-rdfc-2022 atau eddsa-jcs-2022.",
        "The signature suite “{found}” is not supported; eddsa-rdfc-2022 or eddsa-jcs-2022 is needed.",
    ),
    "challenge": Text(
        "Cabaran (“challenge”) tidak sama dengan yang diminta.",
        "The challenge is not the one that was asked.",
    ),
    "domain": Text(
        "Domain tandatangan tidak sama dengan yang diminta.", "The domain is not the one that was asked."
    ),
    "signature": Text(
        "Tandatangan tidak sepadan: dokumen diubah selepas ditandatangani, atau kunci lain digunakan.",
        "The signature does not match: the document was changed after signing, or another key was used.",
    ),
}

_KEYS = {
    "key_malformed": Text("Kunci “{found}” salah bentuk.", "The key “{found}” is malformed."),
    "key_type": Text("Kunci “{found}” bukan kunci Ed25519.", "The key “{found}” is not an Ed25519 key."),
    "key_small_order": Text(
        "Kunci ini lemah secara matematik dan tidak membuktikan apa-apa.",
        "The key is mathematically weak and proves nothing.",
    ),
    "key_revoked": Text("Kunci ini dibatalkan pada {found}.", "The key was revoked on {found}."),
    "key_expired": Text("Kunci ini tamat tempoh pada {found}.", "The key expired on {found}."),
    "method_malformed": Text(
        "Rujukan kunci “{found}” tidak sah; perlu DID dan nama kunci selepas “#”.",
        "The key reference “{found}” is not valid; a DID and a key name after “#” are needed.",
    ),
    "method_unknown": Text(
        "Kunci “{found}” tiada dalam dokumen pengeluarnya.",
        "The key “{found}” is not in its controller's document.",
    ),
    "method_purpose": Text(
        "Kunci “{found}” tidak dibenarkan untuk tujuan ini oleh pemiliknya.",
        "Its controller does not allow the key “{found}” for this purpose.",
    ),
    "method_controller": Text(
        "Kunci “{found}” dikawal oleh pihak lain.", "The key “{found}” is controlled by somebody else."
    ),
    "did_malformed": Text("“{found}” bukan DID yang sah.", "“{found}” is not a valid DID."),
    "did_method": Text(
        "Kaedah DID “{found}” tidak disokong; perlu did:web atau did:key.",
        "The DID method of “{found}” is not supported; did:web or did:key is needed.",
    ),
    "did_document": Text(
        "Dokumen DID “{found}” tidak sah atau milik pihak lain.",
        "The DID document “{found}” is not valid or somebody else's.",
    ),
    "issuer_missing": Text("Pengeluar tidak dinyatakan.", "The issuer is not stated."),
    "issuer_mismatch": Text(
        "Ditandatangani oleh “{found}”, bukan oleh pengeluar yang dinyatakan.",
        "Signed by “{found}”, not by the issuer that the document states.",
    ),
    "date_malformed": Text(
        "“{found}” bukan tarikh yang sah; tulis seperti 2026-11-22T09:00:00+08:00.",
        "“{found}” is not a valid date; write it as 2026-11-22T09:00:00+08:00.",
    ),
}

WORDS: Mapping[str, Text] = _JSON | _LINKED_DATA | _PROOF | _KEYS
"""The words by the reason's name."""
