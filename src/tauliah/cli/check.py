"""`tauliah check`: runs the cases that say what they expect, and tells each difference."""

import typer

from tauliah.cli.answers import Answer, answers, names_of
from tauliah.cli.evaluate import Paths
from tauliah.cli.language import Language, of_locale
from tauliah.cli.packs import PacksFolder, packs_in
from tauliah.expect import differences, error_difference


def check_command(paths: Paths, lang: Language = None, packs: PacksFolder = None) -> None:
    """Bandingkan keputusan dengan bahagian expect setiap kes. / Compare results with each case's expect."""
    language = lang or of_locale()
    passed = failed = unreadable = 0
    for answer in answers(names_of(paths), packs_in(packs)):
        if not answer.readable:
            unreadable += 1
            typer.echo(f"{answer.name}: {answer.problems[0].message.in_language(language)}")
            continue
        found = _differences(answer)
        if found is None:
            continue
        for line in found:
            typer.echo(f"{answer.name}: {line}")
        passed, failed = passed + (not found), failed + bool(found)
    typer.echo(f"{passed} passed, {failed} failed")
    if unreadable or failed:
        raise typer.Exit(2 if unreadable else 1)


def _differences(answer: Answer) -> list[str] | None:
    """What differs from the case's `expect`; nothing for a case without one."""
    expected = answer.document.get("expect") if isinstance(answer.document, dict) else None
    if expected is None:
        return None
    if not isinstance(expected, dict):
        return ["expect: must be a group of fields"]
    if answer.result is None:
        return error_difference(expected, answer.problems[0].where)
    if "error" in expected:
        return [f"error: expected at {expected['error']}, the case is valid"]
    return differences(expected, answer.result)
