"""The words that a proposal’s form offers; those of the contract come from the core."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.proposals.models import Kind
from portal.wording import in_language
from tauliah.credentials.achievement import LANGUAGES, MQF_LEVELS
from tauliah.values.vocabulary import VOCABULARY

Words = str | Promise
Options = Iterable[tuple[str, Words]]

OFFERED_KINDS = {
    "unimas": (Kind.ACCREDITED, Kind.STAND_ALONE, Kind.INDUSTRY),
    "utm": (Kind.MOOC,),
}
"""The kinds of course that a policy knows (UNIMAS 1.6(b), 2.1-kinds; UTM 4.1); others know all four."""

SOURCES: Options = (
    ("smaller_programme", _("A smaller version of an undergraduate or postgraduate programme (SAMC)")),
    ("procel", _("A course offered under PROCEL")),
    ("mooc", _("A course developed earlier as a MOOC")),
    ("pep", _("Professional and Executive Programmes (PEP)")),
    ("demand", _("Proposed by a PTj and endorsed by its head, to meet demand")),
)
"""UNIMAS 1.6(b)-3."""
DESIGNS: Options = (
    ("inspired", _("Inspired by courses of an accredited programme")),
    ("new_institution", _("Designed anew for needs of the institution")),
    ("new_industry", _("Designed anew for needs of industry")),
    ("new_individual", _("Designed anew for needs of individuals")),
)
"""UMPSA 4.2.1-design; UNIMAS 1.6(a)-3."""
USES: Options = (
    ("certification", _("Part of a certification")),
    ("workforce", _("Needs of the workforce")),
    ("programme", _("Part of courses of an accredited programme")),
)
"""UNIMAS 1.6(b)-3-use."""
THRUSTS: Options = (
    ("engineering", _("Engineering")),
    ("technology", _("Technology")),
    ("other", _("Another field")),
)
"""UTM 4.2.1: the first two are the thrust field."""
HANDS_ON: Options = (
    ("equipment", _("Intensive use of equipment (such as engineering)")),
    ("laboratory", _("Laboratory work (such as applied sciences)")),
    ("clinical", _("Extensive demonstration or clinical training (such as physiotherapy)")),
    ("industrial_training", _("Industrial training or internship")),
    ("research", _("Research projects")),
    ("fieldwork", _("Fieldwork with much hands-on teaching")),
)
"""UNIMAS 1.5(i): what may not suit online delivery."""
UNSUITED = frozenset({"industrial_training", "research", "fieldwork"})
"""UNIMAS 1.5(i)-hands-on: not suited to delivery that is wholly online."""
STANDARDS: Options = (
    ("programme_standard", _("The programme standard")),
    ("coppa", "COPPA"),
    ("coppa_odl", "COPPA: ODL"),
)
"""UNIMAS 1.5(f)-standards."""
MODES: Options = (
    ("online_alone", _("Online without an instructor")),
    ("online_taught", _("Online with an instructor")),
    ("physical", _("Physical with an instructor")),
    ("hybrid", _("Hybrid")),
)
"""UMPSA 5."""
PLATFORMS: Options = (("TINTA", "TINTA"), ("ILMU", "ILMU"))
"""UMPSA 6."""
CLUSTERS: Options = (
    ("1", _("1 Knowledge and understanding")),
    ("2", _("2 Cognitive skills")),
    ("3a", _("3A Practical skills")),
    ("3b", _("3B Interpersonal skills")),
    ("3c", _("3C Communication skills")),
    ("3d", _("3D Digital skills")),
    ("3e", _("3E Numeracy skills")),
    ("3f", _("3F Leadership, autonomy and responsibility")),
    ("4", _("4 Personal and entrepreneurial skills")),
    ("5", _("5 Ethics and professionalism")),
)
"""The clusters of learning outcomes of the MQF (UNIMAS 5.1-mqf)."""
TAXONOMY: Options = (
    ("C1", _("C1 Remember")),
    ("C2", _("C2 Understand")),
    ("C3", _("C3 Apply")),
    ("C4", _("C4 Analyse")),
    ("C5", _("C5 Evaluate")),
    ("C6", _("C6 Create")),
    ("P1", _("P1 Perception")),
    ("P2", _("P2 Set")),
    ("P3", _("P3 Guided response")),
    ("P4", _("P4 Mechanism")),
    ("P5", _("P5 Complex overt response")),
    ("P6", _("P6 Adaptation")),
    ("P7", _("P7 Origination")),
    ("A1", _("A1 Receive")),
    ("A2", _("A2 Respond")),
    ("A3", _("A3 Value")),
    ("A4", _("A4 Organise")),
    ("A5", _("A5 Internalise")),
)
"""Levels of the cognitive, psychomotor and affective domains (UNIMAS 1.5(f)-taxonomy)."""
PURPOSES: Options = (
    ("formative", _("Formative")),
    ("diagnostic", _("Diagnostic")),
    ("summative", _("Summative")),
)
"""UNIMAS 5.3."""
METHODS: Options = (
    ("quiz", _("Online quiz")),
    ("discussion", _("Discussion")),
    ("forum", _("Forum participation")),
    ("video_presentation", _("Video presentation")),
    ("video_submission", _("Video submission")),
    ("assignment", _("Written assignment")),
    ("project", _("Project")),
    ("practical", _("Practical work")),
    ("test", _("Test")),
    ("examination", _("Examination")),
    ("portfolio", _("Portfolio")),
    ("other", _("Another method")),
)
"""UNIMAS 2.3-methods, 1.5(f)-mms."""
LICENCES: Options = (
    ("CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0"),
    ("CC BY-NC-ND 4.0", "CC BY-NC-ND 4.0"),
    ("CC BY-NC 4.0", "CC BY-NC 4.0"),
    ("CC BY-SA 4.0", "CC BY-SA 4.0"),
    ("CC BY 4.0", "CC BY 4.0"),
)
"""UTM 3.2.1.3."""


def of_contract(name: str) -> Callable[[], Options]:
    """Return the words of a vocabulary of the contract, in the language of the page."""
    return lambda: [(key, in_language(text)) for key, text in VOCABULARY[name].items()]


def mqf_levels() -> Options:
    """Return the levels of the MQF by number."""
    return [(str(number), f"{number} · {in_language(text)}") for number, text in MQF_LEVELS.items()]


def languages() -> Options:
    """Return the languages of instruction."""
    return [(code, in_language(text)) for code, text in LANGUAGES.items()]


def kinds_for(policy: str) -> tuple[Kind, ...]:
    """Return the kinds of course that a policy offers."""
    return OFFERED_KINDS.get(policy, tuple(Kind))
