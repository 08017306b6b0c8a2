"""What all tests share: how many examples Hypothesis draws."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "moderate", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "moderate"))
