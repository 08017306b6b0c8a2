"""The names that LTI 1.3 gives to claims, messages, scopes and kinds of document."""

from typing import Any

Claims = dict[str, Any]
"""The body of a token, or another JSON object."""

VERSION = "1.3.0"
CORE = "https://purl.imsglobal.org/spec/lti/claim/"
MESSAGE_TYPE = CORE + "message_type"
VERSION_CLAIM = CORE + "version"
DEPLOYMENT = CORE + "deployment_id"
TARGET = CORE + "target_link_uri"
RESOURCE_LINK = CORE + "resource_link"
ROLES = CORE + "roles"
CONTEXT = CORE + "context"
CUSTOM = CORE + "custom"
LIS = CORE + "lis"
PRESENTATION = CORE + "launch_presentation"
PLATFORM = CORE + "tool_platform"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
DEEP_LINKING_SETTINGS = DEEP_LINKING + "deep_linking_settings"
CONTENT_ITEMS = DEEP_LINKING + "content_items"
DEEP_LINKING_DATA = DEEP_LINKING + "data"
DEEP_LINKING_MESSAGE = DEEP_LINKING + "msg"
NAMES_AND_ROLES = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"

RESOURCE_LAUNCH = "LtiResourceLinkRequest"
DEEP_LINKING_LAUNCH = "LtiDeepLinkingRequest"
DEEP_LINKING_RESPONSE = "LtiDeepLinkingResponse"

MEMBERS_SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
AGS_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
ITEMS_SCOPE = AGS_SCOPE + "lineitem"
ITEMS_READ_SCOPE = AGS_SCOPE + "lineitem.readonly"
RESULTS_SCOPE = AGS_SCOPE + "result.readonly"
SCORE_SCOPE = AGS_SCOPE + "score"

MEMBERS_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
LEARNER = MEMBERSHIP + "Learner"
INSTRUCTOR = MEMBERSHIP + "Instructor"
TEACHING = ("Instructor", "TeachingAssistant", "ContentDeveloper", "Administrator")
"""Roles in a course that work on it; LMSs write them with or without the vocabulary in front."""
CLIENT_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def plain_role(role: object) -> str:
    """Return the bare name of a role in a course (``Learner``); empty for roles of another kind."""
    words = str(role)
    if "/institution/" in words or "/system/" in words:
        return ""
    return words.rpartition("#")[2].rpartition("/")[2]


def teaches(roles: Any) -> bool:
    """Say whether somebody works on a course rather than learns in it."""
    return isinstance(roles, list) and any(plain_role(role) in TEACHING for role in roles)


def learns(roles: Any) -> bool:
    """Say whether somebody learns in a course."""
    return isinstance(roles, list) and any(plain_role(role) in {"Learner", "Student"} for role in roles)


def words_of(value: Any, most: int = 500) -> str:
    """Return a text that came from outside, bounded, without U+0000; empty for what is no text."""
    return value.replace("\x00", "").strip()[:most] if isinstance(value, str) else ""


def object_of(value: Any) -> Claims:
    """Return a JSON object that came from outside; empty for anything else."""
    return value if isinstance(value, dict) else {}
