"""What is achieved, issued and shared."""

from portal.credentials.models.achievement import Achievement, Edition, IssuerProfile, RecognisedIssuer
from portal.credentials.models.credential import Change, Credential, ShareLink
from portal.credentials.models.run import Award, IssuingRun
from portal.credentials.models.status import StatusList

__all__ = [
    "Achievement",
    "Award",
    "Change",
    "Credential",
    "Edition",
    "IssuerProfile",
    "IssuingRun",
    "RecognisedIssuer",
    "ShareLink",
    "StatusList",
]
