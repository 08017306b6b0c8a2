"""Where the vectors lie that standards publish and this repository does not hold."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def folder_of(name: str) -> Path:
    """The folder of a standard's vectors: beside our own, or in ``shared/vectors`` beside the checkout."""
    own = ROOT / "tests" / "vectors" / "w3c" / name
    return own if own.exists() else ROOT.parent / "shared" / "vectors" / "w3c" / name
