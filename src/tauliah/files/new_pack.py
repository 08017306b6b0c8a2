"""A new policy pack: a folder that loads at once and whose audit tells what is still missing."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from string import Template

from tauliah.files.document import read_file, read_text
from tauliah.files.packs import INSTALLED
from tauliah.values.text import Text

NAME = re.compile(r"[a-z][a-z0-9_-]{1,39}")
ADDRESSES = ("compare", "preview")
"""Names that the portal's pages beside the packs have."""
BAD_NAME = Text(
    "“{name}”: nama pek ialah huruf kecil a-z, angka, - dan _, bermula dengan huruf (2 hingga 40 aksara).",
    "“{name}”: a pack's name has small letters a-z, digits, - and _, and begins with a letter (2 to 40).",
)
TAKEN = Text("Sudah ada pek bernama “{name}”.", "There is a pack called “{name}” already.")
IN_THE_WAY = Text("{path} sudah ada; tiada apa-apa ditulis.", "{path} is there already; nothing was written.")
STRANGE_REGISTRY = Text(
    "{path} mempunyai kunci selain `packs`; tambah pek ini sendiri di bawah `packs`.",
    "{path} has keys other than `packs`; enter the pack under `packs` yourself.",
)
NOT_IN_THE_PROGRAM = Text(
    "Pek sendiri disimpan di luar atur cara Tauliah; pilih folder lain.",
    "Packs of one's own are kept outside the program; choose another folder.",
)


class NoNewPack(ValueError):
    """A pack that cannot be made; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def new_pack(name: str, title: Text, institution: str, since: date, into: Path) -> list[Path]:
    """Writes the folder of a new pack and its entry in the registry; returns the files written.

    Nothing that exists is overwritten. Raises `NoNewPack`.
    """
    registry, folder = into / "registry.yaml", into / name
    _check(name, folder)
    entry = _filled(REGISTRY_ENTRY, name, title, institution, since)
    listed = _registry_with(registry, entry)
    files = {folder / path: _filled(text, name, title, institution, since) for path, text in FILES.items()}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    registry.write_text(listed, encoding="utf-8")
    return [registry, *files]


def _check(name: str, folder: Path) -> None:
    if not NAME.fullmatch(name):
        raise NoNewPack(BAD_NAME.fill(name=name))
    if (INSTALLED / name).exists() or name in ADDRESSES:
        raise NoNewPack(TAKEN.fill(name=name))
    if folder.resolve().is_relative_to(INSTALLED.resolve()):
        raise NoNewPack(NOT_IN_THE_PROGRAM)
    if folder.exists():
        raise NoNewPack(IN_THE_WAY.fill(path=str(folder)))


def _registry_with(registry: Path, entry: str) -> str:
    """The registry with one entry more, what stood in it unchanged."""
    if not registry.exists():
        return REGISTRY_HEAD + entry
    if set(read_file(registry)) != {"packs"}:
        raise NoNewPack(STRANGE_REGISTRY.fill(path=str(registry)))
    text = registry.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry
    read_text(text)
    return text


def _filled(text: str, name: str, title: Text, institution: str, since: date) -> str:
    values: Mapping[str, str] = {
        "name": name,
        "title_ms": json.dumps(title.ms, ensure_ascii=False),
        "title_en": json.dumps(title.en, ensure_ascii=False),
        "institution": json.dumps(institution, ensure_ascii=False),
        "since": since.isoformat(),
    }
    return Template(text).substitute(values)


REGISTRY_HEAD = """\
# Pek dasar dalam folder ini. / The policy packs of this folder.
packs:
"""

REGISTRY_ENTRY = """\
  $name:
    # Draf: dipratonton dalam portal, tidak ditawarkan dalam semakan kelayakan. Buang baris ini apabila siap.
    # A draft: previewed in the portal, not offered in the eligibility check. Remove this line when done.
    draft: true
    # Nama institusi ini seperti tertulis dalam kes. / The institution's names as cases write them.
    names_of_institution: [$institution]
    covers: [transfer]
"""

CLAUSES = """\
# Apa yang dinyatakan oleh garis panduan, klausa demi klausa.
# What the guideline says, clause by clause.
document:
  title: {ms: $title_ms, en: $title_en}
  institution: {ms: $institution, en: $institution}
  purpose:
    ms: "Tulis dalam dua ayat tujuan garis panduan ini."
    en: "Say in two sentences what this guideline is for."
  language: ms  # bahasa asal garis panduan / the guideline's own language: ms | en
  year: null

clauses:
  # Setiap nilai dan peraturan memetik klausa dengan `id` ini. `wording` ialah ayat asal, atau null.
  # Every value and rule cites a clause by this `id`. `wording` is the guideline's own sentence, or null.
  - id: "1"
    section: {ms: "Syarat kursus", en: "Conditions on the course"}
    text:
      ms: "Gred kursus sekurang-kurangnya C."
      en: "The course's grade is at least C."
    wording: null
    actor: student
    force: must
    realised_as: [rule]
    names: [minimum_grade]
    realised_by: ["rule:minimum_grade"]
  - id: "2"
    section: {ms: "Syarat kursus", en: "Conditions on the course"}
    text:
      ms: "Kandungan kursus sama sekurang-kurangnya 80 %."
      en: "The contents of the courses agree by 80 % at least."
    wording: null
    actor: sme
    force: must
    realised_as: [rule]
    names: [content_overlap]
    realised_by: ["rule:content_overlap"]
  - id: "3"
    section: {ms: "Had", en: "Limits"}
    text:
      ms: "Paling banyak 30 % kredit bergraduat boleh dipindahkan."
      en: "At most 30 % of the graduating credits can be transferred."
    wording: null
    actor: faculty
    force: must_not
    realised_as: [limit]
    names: [overall_limit]
    realised_by: ["limit:overall_limit"]

# Di mana garis panduan bercanggah atau senyap, dan bacaan yang diambil.
# Where the guideline contradicts itself or is silent, and the reading taken.
discrepancies: []
"""

RULES = """\
# Peraturan, had dan syarat yang terpakai, kepada siapa, dengan kata-kata apa; nilainya di bawah parameters/.
# Which rules, limits and conditions apply, to whom, in which words; their values stand under parameters/.
bases: [prior_study]

rules:
  minimum_grade:
    message:
      pass:
        ms: "Gred {found}; gred minimum ialah {required}."
        en: "Grade {found}; the minimum is {required}."
      fail:
        ms: "Gred {found}; sekurang-kurangnya {required}."
        en: "Grade {found}; at least {required} is needed."
      unknown:
        ms: "Gred belum diberi; kemukakan transkrip (sekurang-kurangnya {required})."
        en: "The grade is not given; send the transcript (at least {required})."

  content_overlap:
    message:
      pass:
        ms: "Kandungan sama {found}; {required} diperlukan."
        en: "The content agrees by {found}; {required} is needed."
      fail:
        ms: "Kandungan sama {found}; {required} diperlukan."
        en: "The content agrees by {found}; {required} is needed."
      unknown:
        ms: "Pakar bidang belum menilai kandungan; kemukakan sukatan kursus."
        en: "A subject expert has not judged the content yet; send the course's syllabus."

limits:
  overall_limit: {}

conditions: {}
"""

PARAMETER = """\
# Nilai sejak setiap tarikh; edisi baharu ialah tarikh baharu, bukan perubahan pada yang lama.
# The value since each day; a new edition is a new day, never a change of the old one.
label: {{ms: {ms}, en: {en}}}
unit: {unit}
values:
  $since: {{value: {value}, clause: "{clause}"}}
# Bila nilai ini terakhir dibandingkan dengan garis panduan? Tulis: last_checked: YYYY-MM-DD
# When was this value last compared with the guideline? Write: last_checked: YYYY-MM-DD
"""

CASE = """\
# Gred C tepat mencukupi (1). / Grade C is just enough (1).
# Baris pertama menyatakan apa yang mesti benar, dengan klausanya; `expect` ialah jawapannya.
# The first line says what must be true, with its clause; `expect` is the answer.
kind: transfer
policy: $name
applied_on: $since
programme: {institution: $institution, level: bachelor, graduating_credits: 120}
prior_studies:
  - {id: dip, institution: Politeknik Contoh, level: diploma, outcome: completed}
claims:
  - target: {code: C101, credits: 3}
    basis: prior_study
    content_overlap: 0.9
    sources:
      - {study: dip, code: D101, credits: 3, grade: C}
expect:
  claims:
    C101: {outcome: eligible, fails: [], unknown: []}
  credits_accepted: 3
"""

FILES: Mapping[str, str] = {
    "clauses.yaml": CLAUSES,
    "rules.yaml": RULES,
    "parameters/minimum_grade.yaml": PARAMETER.format(
        ms="Gred minimum kursus", en="Minimum grade of the course", unit="grade", value="C", clause="1"
    ),
    "parameters/content_overlap.yaml": PARAMETER.format(
        ms="Kesamaan kandungan", en="Agreement of the contents", unit="percent", value="80", clause="2"
    ),
    "parameters/overall_limit.yaml": PARAMETER.format(
        ms="Had keseluruhan", en="Overall limit", unit="fraction", value='"30/100"', clause="3"
    ),
    "cases/grade-c-is-enough.yaml": CASE,
}
