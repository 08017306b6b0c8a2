"""Registering an LMS or a tool, changing it, and ending it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.lti.access import must_register
from portal.lti.keys import signing_key
from portal.lti.models import Lms, Side, Tool
from portal.records.register import record

LMS_FIELDS = ("name", "issuer", "client_id", "deployments", "auth_url", "token_url", "jwks_url")
TOOL_FIELDS = ("name", "login_url", "launch_urls", "jwks_url", "shares_names", "shares_emails")


def said(row: Lms | Tool, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return what the register keeps of a registration."""
    return {name: getattr(row, name) for name in fields}


@transaction.atomic
def keep_lms(acting: Appointment | None, lms: Lms) -> Lms:
    """Keep a new LMS or a changed one; keys that were looked up at another address are forgotten."""
    institution = must_register(acting)
    before = Lms.objects.select_for_update(no_key=True).filter(pk=lms.pk).first()
    _own(institution.pk, lms, before)
    if before is not None and before.jwks_url != lms.jwks_url:
        lms.keys, lms.keys_at = {}, None
    lms.save()
    signing_key(institution, Side.TOOL)
    old = said(before, LMS_FIELDS) if before else {}
    record(acting, "lti.keep_lms", lms, before=old, after=said(lms, LMS_FIELDS))
    return lms


@transaction.atomic
def keep_tool(acting: Appointment | None, tool: Tool) -> Tool:
    """Keep a new tool or a changed one."""
    institution = must_register(acting)
    before = Tool.objects.select_for_update(no_key=True).filter(pk=tool.pk).first()
    _own(institution.pk, tool, before)
    if before is not None and before.jwks_url != tool.jwks_url:
        tool.keys, tool.keys_at = {}, None
    tool.save()
    signing_key(institution, Side.PLATFORM)
    old = said(before, TOOL_FIELDS) if before else {}
    record(acting, "lti.keep_tool", tool, before=old, after=said(tool, TOOL_FIELDS))
    return tool


def _own(institution: int, row: Lms | Tool, before: Lms | Tool | None) -> None:
    if row.institution_id != institution or (before is not None and before.institution_id != institution):
        raise NotAllowed


@transaction.atomic
def switch_lms(acting: Appointment | None, lms: Lms, *, on: bool) -> None:
    """Take launches of an LMS no more, or again; raises ``Refused`` where it is so already."""
    institution = must_register(acting)
    held = Lms.objects.select_for_update(of=("self",), no_key=True).get(pk=lms.pk)
    _switch(institution.pk, held, on=on)
    record(acting, "lti.open_lms" if on else "lti.end_lms", held, after={"name": held.name})


@transaction.atomic
def switch_tool(acting: Appointment | None, tool: Tool, *, on: bool) -> None:
    """Open a tool no more, or again; its tokens open nothing meanwhile."""
    institution = must_register(acting)
    held = Tool.objects.select_for_update(of=("self",), no_key=True).get(pk=tool.pk)
    _switch(institution.pk, held, on=on)
    record(acting, "lti.open_tool" if on else "lti.end_tool", held, after={"name": held.name})


def _switch(institution: int, row: Lms | Tool, *, on: bool) -> None:
    if row.institution_id != institution:
        raise NotAllowed
    if row.is_open == on:
        raise Refused(_("It is in use already.") if on else _("It has ended already."))
    row.ended_at = None if on else timezone.now()
    row.save(update_fields=["ended_at"])
