"""The case that the documentation shows."""

from typing import Any

CASE: dict[str, Any] = {
    "kind": "transfer",
    "policy": "uthm",
    "applied_on": "2025-09-15",
    "student": {"status": "active", "standing": "good", "semester": 1, "week": 2},
    "programme": {
        "institution": "UTHM",
        "level": "bachelor",
        "mode": "coursework",
        "graduating_credits": 125,
        "mqa_accredited": True,
    },
    "prior_studies": [
        {
            "id": "dip",
            "institution": "Politeknik Merlimau",
            "country": "MY",
            "level": "diploma",
            "outcome": "completed",
            "ended_on": "2024-06-30",
            "accredited": True,
        }
    ],
    "claims": [
        {
            "target": {"code": "BFC10403", "title": "Statik", "credits": 3},
            "basis": "prior_study",
            "graded": False,
            "content_overlap": 0.85,
            "sources": [
                {
                    "study": "dip",
                    "code": "DAC10103",
                    "credits": 3,
                    "grade": "B",
                    "completed_on": "2023-05-30",
                    "transferred_before": False,
                }
            ],
        }
    ],
}
