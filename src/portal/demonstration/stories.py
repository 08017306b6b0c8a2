"""The table of stories: an application in every state, forty claims for a dean, an override, a late one."""

from typing import Any

from portal.demonstration.story import Story, Wish

# --- What polytechnic courses stand for, at UTHM ------------------------------------------------------
PROGRAMMING = Wish("BIT10303", "DFC20113", "Asas Pengaturcaraan", "A-")
NETWORKS = Wish("BIT10403", "DFN20083", "Asas Rangkaian", "B+")
MATHEMATICS = Wish("BIT10503", "DBM20023", "Matematik Komputer", "B")
DATABASES = Wish("BIT20603", "DFD30133", "Reka Bentuk Pangkalan Data", "A")
STRUCTURES = Wish("BIT20303", "DFP30243", "Pengaturcaraan Berorientasikan Objek", "B", share=70)
DISPUTED = Wish("BIT20303", "DFP30243", "Pengaturcaraan Berorientasikan Objek", "A", share=88, second=72)
WEB = Wish("BIT20803", "DFT30193", "Teknologi Web", "B+", share=85)
LOW = Wish("BIT10503", "DBM20023", "Matematik Komputer", "C-")
FIVE = (PROGRAMMING, NETWORKS, MATHEMATICS, DATABASES, WEB)

UTHM: dict[str, Any] = {"institution": "UTHM", "programme": "BIT"}
UTM: dict[str, Any] = {"institution": "UTM", "programme": "SECJH", "basis": "mooc", "semesters_ago": 2}
UNIMAS: dict[str, Any] = {
    "institution": "UNIMAS", "programme": "WS05", "semesters_ago": 2, "basis": "micro_credential",
}  # fmt: skip
UMPSA: dict[str, Any] = {"institution": "UMPSA", "programme": "BCS", "semesters_ago": 1}


def mooc(target: str, code: str, title: str, **details: Any) -> Wish:
    """A MOOC of another university with a verified certificate and no proctoring."""
    told = {
        "platform": "coursera",
        "institution": "Universiti Contoh Antarabangsa",
        "malaysian": False,
        "certificate": "verified",
        "proctoring": "none",
        "claimed_before": False,
    }
    return Wish(target, code, title, "A", details=told | details)


def micro(target: str, code: str, title: str, **details: Any) -> Wish:
    """A micro-credential of an accredited programme of another university."""
    told = {
        "institution": "Universiti Malaysia Sabah",
        "origin": "accredited_programme",
        "accredited": True,
        "level": "bachelor",
        "claimed_before": False,
    }
    return Wish(target, code, title, "B+", details=told | details)


IMAGES = mooc("SECV3213", "XIP-101", "Image Processing Essentials")
PYTHON = mooc("SECJ1013", "XPY-200", "Programming for Everybody")
DATA = mooc("SECD2523", "XDB-150", "Databases in Practice")
ABROAD = Wish(
    "BIT30403", "SECP3744", "Analitik Data Raya", "A-", 4,
    details={"institution": "Universiti Teknologi Malaysia", "accredited": True},
)  # fmt: skip
CYBER = micro("TMI2053", "MC-CS01", "Siri Keselamatan Siber")

BULK = (
    ("aliff", "Muhammad Aliff bin Rosdi"),
    ("balqis", "Nur Balqis binti Hairi"),
    ("chandran", "Chandran a/l Velu"),
    ("damia", "Damia Sofea binti Azhar"),
    ("eric", "Eric Lau Chun Kit"),
    ("farhana", "Farhana binti Ismadi"),
    ("ganesan", "Ganesan a/l Pillai"),
    ("hidayah", "Nurul Hidayah binti Sabri"),
)
"""Eight diploma holders with five courses each: forty claims for the dean to decide."""

FIRST = (
    Story("aisyah", "Nur Aisyah binti Kamal", until="decided", wishes=FIVE, **UTHM),
    Story("firdaus", "Ahmad Firdaus bin Latif", until="decided", wishes=(PROGRAMMING, STRUCTURES),
          grant={"BIT20303": "Projek akhir diploma meliputi pokok dan cincang; portfolio telah disemak."},
          **UTHM),
    Story("kavitha", "Kavitha a/p Subramaniam", until="decided", wishes=(NETWORKS, LOW),
          precedents=True, **UTHM),
)  # fmt: skip
"""Those that settle the mapping for the courses of the polytechnic: their precedents serve the others."""

OTHERS = (
    # --- UTHM: diploma holders in their first semester
    Story("liyana", "Liyana binti Mokhtar", until="draft", wishes=(PROGRAMMING, DATABASES), **UTHM),
    Story("marcus", "Marcus anak Jimbun", until="document_check", wishes=(PROGRAMMING, NETWORKS), **UTHM),
    Story("nadia", "Nadia binti Zainal", until="document_check", wishes=(WEB,), days_late=6, **UTHM),
    Story("omar", "Omar Haikal bin Saad", until="more_evidence", wishes=(DATABASES,),
          asked_for="Sila muat naik silibus DFD30133 yang disahkan oleh politeknik.", **UTHM),
    Story("puteri", "Puteri Alia binti Shah", until="mapping", wishes=(WEB,), **UTHM),
    Story("qistina", "Qistina binti Yunus", until="mapping",
          wishes=(DISPUTED,),
          days_late=3, **UTHM),
    Story("rajesh", "Rajesh a/l Kumaran", until="recommendation", wishes=(PROGRAMMING, MATHEMATICS),
          precedents=True, **UTHM),
    Story("siew", "Siew Ka Men", until="second_look", wishes=(NETWORKS, DATABASES), precedents=True,
          refuse={"BIT20603": "Amali SQL tidak diliputi; makmal perlu diambil di sini."}, **UTHM),
    Story("roshani", "Roshani a/p Selvam", until="senate", wishes=(ABROAD,), graded=True,
          **UTHM | {"basis": "mobility", "semesters_ago": 4}),
    Story("tasnim", "Tasnim binti Idris", until="withdrawn", wishes=(MATHEMATICS,), **UTHM),
    *(
        Story(mailbox, name, until="decision", wishes=FIVE, precedents=True, **UTHM)
        for mailbox, name in BULK
    ),
    # --- UTM: MOOCs with fees and face-to-face assessment
    Story("priya", "Priya a/p Suresh", until="decided", wishes=(PYTHON,), **UTM),
    Story("umairah", "Umairah binti Fauzi", until="fee", wishes=(DATA,), **UTM),
    Story("vincent", "Vincent Chin Wei Loon", until="fee", wishes=(PYTHON,), days_late=9, **UTM),
    Story("wardina", "Wardina binti Sulong", until="document_check", wishes=(DATA, PYTHON), **UTM),
    Story("xavier", "Xavier a/l Anthony", until="assessment", wishes=(PYTHON,), **UTM),
    Story("yusra", "Yusra binti Hakim", until="decided", wishes=(DATA,), unpaid_transfer=True, **UTM),
    Story("zul", "Zul Arif bin Mahadi", until="appeal_fee", wishes=(PYTHON,),
          refuse={"SECJ1013": "Tiada bukti penilaian berkumpulan."},
          appeal="Sijil projek berkumpulan dilampirkan sekarang.", **UTM),
    Story("adlin", "Adlin Sofia binti Rahmat", until="appeal", wishes=(DATA,),
          refuse={"SECD2523": "Kandungan normalisasi tidak mencukupi."},
          appeal="Modul 4 meliputi normalisasi hingga BCNF; silibus dilampirkan.", **UTM),
    Story("brendan", "Brendan Teo Jun Jie", until="closed", wishes=(PYTHON,),
          refuse={"SECJ1013": "Bahasa pengaturcaraan berlainan."},
          appeal="Hasil pembelajaran sama walaupun bahasanya lain.", **UTM),
    # --- UNIMAS: micro-credentials of others, and APEL.C
    Story("cynthia", "Cynthia anak Ranggau", until="decided", wishes=(CYBER,), **UNIMAS),
    Story("desmond", "Desmond Voon", until="recommendation", wishes=(CYBER,), **UNIMAS),
    Story("elvina", "Elvina anak Bada", until="assessment", wishes=(Wish("TMF1033", "", "", "", 3),),
          **UNIMAS | {"basis": "apel_c"}),
    # --- UMPSA: modules of a micro-credential
    Story("fikri", "Fikri bin Osman", until="document_check",
          wishes=(micro("BUM2413", "MC-ST3", "Modul Statistik Gunaan"),), basis="micro_credential", **UMPSA),
    Story("grace", "Grace Tan Hui Min", until="draft",
          wishes=(micro("BCI2313", "MC-DS2", "Modul Struktur Data"),), basis="micro_credential", **UMPSA),
)  # fmt: skip
