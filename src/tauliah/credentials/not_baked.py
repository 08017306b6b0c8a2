"""Why an image carries no credential that can be relied on."""

from tauliah.values.text import Text


class NotBaked(ValueError):
    """The image holds no credential, or holds it in a way that is refused; `text` says why."""

    def __init__(self, ms: str, en: str) -> None:
        self.text = Text(ms, en)
        super().__init__(en)
