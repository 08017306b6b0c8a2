"""The tools: the pages that answer one kind of question each, listed where the packs answer it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.cases.tool import Tool
from portal.courses.tools import FOLDERS
from portal.fees.calculator import CALCULATOR
from portal.pathways.qualification import QUALIFICATION_TOOL

TOOLS: tuple[Tool, ...] = (*FOLDERS.values(), QUALIFICATION_TOOL, CALCULATOR)


@require_safe
def tools(request: HttpRequest) -> HttpResponse:
    """List the tools whose kind some policy answers."""
    return render(request, "portal/tools.html", {"tools": [tool for tool in TOOLS if tool.policies]})
