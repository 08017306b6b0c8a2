"""The tools, the check and the shell are everybody's."""

from tests.portal.routes import EVERYBODY, Route

PAGE, SENT = Route(EVERYBODY), Route(EVERYBODY, post=dict)
TOOLS = {
    "courses": (
        "learning_time",
        "course_code",
        "proposal",
        "milestones",
        "mooc_quality",
        "teaching_load",
        "mooc_upkeep",
    ),
    "pathways": ("qualification",),
    "fees": ("calculator",),
}
ROUTES = {
    "home": PAGE,
    "tools": PAGE,
    "healthz": PAGE,
    "readyz": PAGE,
    "choose": SENT,
    "transfer:check": PAGE,
    **{f"transfer:{name}": SENT for name in ("open", "case_yaml", "result_json", "result_pdf")},
    **{f"{app}:{tool}": PAGE for app, tools in TOOLS.items() for tool in tools},
    **{
        f"{app}:{tool}_{answer}": SENT
        for app, tools in TOOLS.items()
        for tool in tools
        for answer in ("open", "yaml", "json")
    },
}
