"""The colours and marks of outcomes, and the lines every report has."""

from tauliah.values.text import Text

STYLES = {
    "eligible": "green",
    "ineligible": "red",
    "needs_evidence": "yellow",
    "over_limit": "magenta",
    "pass": "green",
    "fail": "red",
    "unknown": "yellow",
}
MARKS = {"pass": "✓", "fail": "✗", "unknown": "?"}
POLICY = Text("Dasar {policy}, versi {version}", "Policy {policy}, version {version}")
NOTICES = Text("Makluman", "Notices")
