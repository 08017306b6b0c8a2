"""Keys, LMSs in which Tauliah is a tool, and tools for which Tauliah is the platform."""

from portal.lti.models.binding import Column, CourseLink, LmsAccount, Pull
from portal.lti.models.key import Side, SigningKey
from portal.lti.models.lms import Lms, LoginState, Message
from portal.lti.models.reporting import AccessToken, Assertion, LineItem, Score
from portal.lti.models.tool import Placement, Ticket, Tool, ToolUser

__all__ = [
    "AccessToken",
    "Assertion",
    "Column",
    "CourseLink",
    "LineItem",
    "Lms",
    "LmsAccount",
    "LoginState",
    "Message",
    "Placement",
    "Pull",
    "Score",
    "Side",
    "SigningKey",
    "Ticket",
    "Tool",
    "ToolUser",
]
