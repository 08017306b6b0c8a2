"""How long ago something was, in words."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from portal.wording import age


@pytest.mark.parametrize(("language", "words"), [("ms", "1\xa0minggu"), ("en", "1\xa0week")])
def test_an_age_has_one_unit(language: str, words: str) -> None:
    with override(language):
        assert age(timezone.now() - timedelta(days=11)) == words
