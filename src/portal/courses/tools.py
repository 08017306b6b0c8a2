"""The tools about courses, in the order in which a course meets them."""

from portal.cases.tool import Tool
from portal.courses.course_code import COURSE_CODE_TOOL
from portal.courses.learning_time import LEARNING_TIME_TOOL
from portal.courses.milestones import MILESTONES_TOOL
from portal.courses.mooc_quality import MOOC_QUALITY_TOOL
from portal.courses.mooc_upkeep import MOOC_UPKEEP_TOOL
from portal.courses.proposal import PROPOSAL_TOOL
from portal.courses.teaching_load import TEACHING_LOAD_TOOL

FOLDERS: dict[str, Tool] = {
    "learning-time": LEARNING_TIME_TOOL,
    "code": COURSE_CODE_TOOL,
    "proposal": PROPOSAL_TOOL,
    "milestones": MILESTONES_TOOL,
    "quality": MOOC_QUALITY_TOOL,
    "teaching-load": TEACHING_LOAD_TOOL,
    "upkeep": MOOC_UPKEEP_TOOL,
}
"""Each tool by the folder of its address."""
