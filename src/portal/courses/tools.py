"""The tools about courses, in the order in which a course meets them."""

from portal.cases.tool import Tool
from portal.courses.course_code import COURSE_CODE_TOOL
from portal.courses.learning_time import LEARNING_TIME_TOOL
from portal.courses.milestones import MILESTONES_TOOL

TOOLS: tuple[Tool, ...] = (LEARNING_TIME_TOOL, COURSE_CODE_TOOL, MILESTONES_TOOL)
