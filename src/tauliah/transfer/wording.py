"""The decision's own sentences, in Malay and English; the words of rules stand in the packs."""

from tauliah.values.text import Text

ELIGIBLE = Text("Layak: {award}, {credits} kredit.", "Eligible: {award}, {credits} credits.")
EXEMPTED = Text(
    "Dikecualikan daripada kursus ini tanpa kredit; kursus lain perlu menggantikannya.",
    "Exempted from this course without credit; another course has to replace it.",
)
INELIGIBLE = Text("Tidak layak. {reasons}", "Not eligible. {reasons}")
NEEDS_EVIDENCE = Text("Belum dapat diputuskan. {reasons}", "Cannot be decided yet. {reasons}")
OVER_LIMIT = Text(
    "Semua syarat dipenuhi, tetapi kredit ini tidak muat dalam: {limits}.",
    "Every condition is met, but these credits do not fit within: {limits}.",
)
ANOTHER_CLAIM = Text(
    "tuntutan lain bagi kursus yang sama sudah diterima",
    "another claim for the same course is accepted already",
)
LIMIT_STATUS = Text(
    "{used} daripada {limit} kredit digunakan; baki {room}.",
    "{used} of {limit} credits used; {room} left.",
)
NO_LIMIT = Text("Tiada had; {used} kredit diterima.", "No limit; {used} credits accepted.")
BAND = Text("{label}: bahagian sehingga {limit} kredit", "{label}: the part up to {limit} credits")
MAKE_ROOM = Text(
    "Kursus ini hanya boleh diterima jika kursus lain ditarik balik daripada: {limits}.",
    "This course can be accepted only if another is withdrawn from: {limits}.",
)
EARLIER_THAN_PACK = Text(
    "Tarikh permohonan lebih awal daripada versi pertama dasar ini; versi {version} digunakan.",
    "The application is dated before the first version of this policy; the version of {version} was used.",
)
ASSUMED_DATE = Text(
    "Garis panduan ini tidak bertarikh; tarikh mula kuat kuasanya dianggap {version}.",
    "The guideline is undated; it is taken to be in force from {version}.",
)
ANOTHER_UNIVERSITY = Text(
    "Dasar ini ialah dasar {institution}; program ini di institusi lain.",
    "This is the policy of {institution}; the programme is at another institution.",
)
NO_SUCH_LIMIT = Text(
    "Dasar ini tiada had ini; kredit yang telah diberi di bawahnya tidak dikira.",
    "This policy has no such limit; what was granted under it is not counted.",
)
TWO_CLAIMS = Text(
    "Kursus {target} dituntut lebih daripada sekali; hanya satu tuntutan boleh diterima.",
    "The course {target} is claimed more than once; only one claim can be accepted.",
)
SOURCE_TWICE = Text(
    "Kursus {code} digunakan untuk lebih daripada satu kursus sasaran; fakulti perlu menyemaknya.",
    "The course {code} is used for more than one target; the faculty has to look at this.",
)
