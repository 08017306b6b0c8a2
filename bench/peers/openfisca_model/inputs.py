# ruff: noqa: D101 - the label of a variable says what it is
"""Input variables; OpenFisca has no null, so every enumeration and number has a value for not known."""

from datetime import date

from openfisca_core.model_api import YEAR, Enum, Variable

from bench.peers.openfisca_model.entities import Application, Claim

NOT_KNOWN = -1
NO_DATE = date(1900, 1, 1)


class Basis(Enum):
    prior_study = "Prior study"
    mooc = "MOOC"


class Level(Enum):
    not_known = "Not known"
    foundation = "Foundation"
    certificate = "Certificate"
    diploma = "Diploma"
    advanced_diploma = "Advanced diploma"
    bachelor = "Bachelor"
    master = "Master"
    doctorate = "Doctorate"


class PriorOutcome(Enum):
    not_known = "Not known"
    completed = "Completed"
    in_progress = "In progress"
    withdrawn = "Withdrawn"
    failed = "Failed"
    dismissed = "Dismissed"


class YesNo(Enum):
    not_known = "Not known"
    no = "No"
    yes = "Yes"


class basis(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = Enum
    possible_values = Basis
    default_value = Basis.prior_study
    label = "What the claim rests on"


class level(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = Enum
    possible_values = Level
    default_value = Level.not_known
    label = "Level of the prior study"


class prior_study_outcome(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = Enum
    possible_values = PriorOutcome
    default_value = PriorOutcome.not_known
    label = "How the prior study ended"


class study_accredited(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = Enum
    possible_values = YesNo
    default_value = YesNo.not_known
    label = "The prior programme was accredited"


class transferred_before(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = Enum
    possible_values = YesNo
    default_value = YesNo.not_known
    label = "The source course was itself a transfer"


class claimed_before(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = Enum
    possible_values = YesNo
    default_value = YesNo.not_known
    label = "The source course was claimed before"


class faculty_approval(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = Enum
    possible_values = YesNo
    default_value = YesNo.not_known
    label = "The faculty approved the MOOC beforehand"


class grade_rank(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = int
    default_value = NOT_KNOWN
    label = "Rank of the grade, A+ is 0 and F 13; a pass without a letter has none"


class overlap(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = int
    default_value = NOT_KNOWN
    label = "Share of the target's syllabus covered, in millionths"


class source_credits(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = int
    default_value = NOT_KNOWN
    label = "Credits of the source course, in ten-thousandths"


class target_credits(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = int
    label = "Credits of the target course, in ten-thousandths"


class completed_on(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = date
    default_value = NO_DATE
    label = "Day of completion of the source course"


class from_uthm(Variable):
    entity = Claim
    definition_period = YEAR
    value_type = bool
    label = "The MOOC is UTHM's own"


class applied_on(Variable):
    entity = Application
    definition_period = YEAR
    value_type = date
    default_value = NO_DATE
    label = "Day of application"


class semester(Variable):
    entity = Application
    definition_period = YEAR
    value_type = int
    default_value = NOT_KNOWN
    label = "Semester of the current programme"


class graduating_credits(Variable):
    entity = Application
    definition_period = YEAR
    value_type = int
    label = "Credits of the programme, in ten-thousandths"


class mqa_accredited(Variable):
    entity = Application
    definition_period = YEAR
    value_type = Enum
    possible_values = YesNo
    default_value = YesNo.not_known
    label = "The programme is accredited by MQA"


INPUTS = [
    *(basis, level, prior_study_outcome, study_accredited, transferred_before, claimed_before),
    *(faculty_approval, grade_rank, overlap, source_credits, target_credits, completed_on, from_uthm),
    *(applied_on, semester, graduating_credits, mqa_accredited),
]
