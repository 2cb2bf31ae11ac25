"""Print docs/reference/ from the code: settings, errors, events, commands, metrics, policy.

`make docs` writes, `--check` compares.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, get_args

import click
import typer
from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from visavis.cli import app
from visavis.events.catalogue import HANDS_ON, SLICES
from visavis.kernel.errors import TABLE
from visavis.observability.metrics import Metrics
from visavis.settings import PREFIX, Settings
from visavis.summits.model import Format, Phase
from visavis.summits.policy import Whose, printed

FOLDER: Final = Path(__file__).parents[1] / "docs" / "reference"
COMPLETION: Final = {"--install-completion", "--show-completion"}
NOTE: Final = "Printed from the code by `make docs`; change it there."


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def page(title: str, *parts: str) -> str:
    """Return a Markdown page."""
    return "\n".join((f"# {title}\n", f"{NOTE}\n", *parts))


def form(field: FieldInfo) -> str:
    """Return what a setting may be, in words."""
    limits = [f"{sign} {value}" for sign, value in bounds(field)]
    names = {"Path": "path", "str": "text", "int": "number", "bool": "true or false", "Secret": "secret text"}
    kind = field.annotation
    options = [option for option in get_args(kind) if option is not type(None)]
    if kind is not None and all(isinstance(option, str) for option in options) and options:
        return ", ".join(f"`{option}`" for option in options)
    name = getattr(kind, "__name__", "") if kind in (Path, str, int, bool) else ""
    for option in options or [kind]:
        name = name or next((word for word in names if word in str(option)), "str")
    return ", ".join([names[name], *limits])


def bounds(field: FieldInfo) -> Iterator[tuple[str, Any]]:
    """Yield the limits of a number."""
    for rule in field.metadata:
        if isinstance(rule, Ge):
            yield "at least", rule.ge
        if isinstance(rule, Le):
            yield "at most", rule.le


def settings() -> str:
    """Return the page of settings."""
    rows = [
        (f"`{name}`", f"`{PREFIX}{name.upper()}`", form(field), default(field), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return page("Settings", table(("in TOML", "in the environment", "form", "default", "meaning"), rows))


def default(field: FieldInfo) -> str:
    """Return a setting's default as an operator would type it."""
    value = field.default
    if value is None or value == ():
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def errors() -> str:
    """Return the page of error codes."""
    rows = [(f"`{code.value}`", str(trouble.status), trouble.title) for code, trouble in TABLE.items()]
    return page("Errors", table(("code", "HTTP status", "meaning"), rows))


def events() -> str:
    """Return the page of events."""
    rows = [
        (
            f"`{kind.value}`",
            ", ".join(f"`{part.value}`" for part in parts),
            f"`{HANDS_ON[kind].value}`" if kind in HANDS_ON else "",
        )
        for kind, parts in SLICES.items()
    ]
    return page("Events", table(("event", "replaces in the snapshot", "hands on"), rows))


def commands() -> str:
    """Return the page of commands."""
    root = typer.main.get_command(app)
    return page("Commands", *(part for command in below(root, "visavis") for part in described(*command)))


def below(command: Any, name: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - typer's commands have no public type
    """Yield a command and every command below it."""
    yield name, command
    context = click.Context(command, info_name=name)
    for child in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from below(command.get_command(context, child), f"{name} {child}")


def described(name: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - likewise
    """Yield what one command does, and what it takes."""
    yield f"## `{name}`\n"
    yield f"{(command.help or '').strip()}\n"
    rows = [
        (f"`{', '.join(taken.opts)}`", "needed" if taken.required else "", getattr(taken, "help", None) or "")
        for taken in command.params
        if not getattr(taken, "hidden", False) and not COMPLETION.intersection(taken.opts)
    ]
    if rows:
        yield table(("takes", "", "meaning"), rows)


def metrics() -> str:
    """Return the page of metrics."""
    kept = Metrics().registry.collect()
    rows = sorted(
        (f"`{metric.name}{'_total' if metric.type == 'counter' else ''}`", metric.type, metric.documentation)
        for metric in kept
    )
    return page("Metrics", table(("name", "kind", "meaning"), rows))


_WHOSE: Final = {Whose.NOBODYS: "nobody's", Whose.OWN: "their own", Whose.OTHERS: "another's"}


def policy() -> str:
    """Return the page of who may do, send and hear what."""
    tables = printed()
    abilities = [
        (
            f"`{row['action']}`",
            listed([*row["roles"], *(["every chair"] if row["chair"] else [])]),
            "all" if set(row["phases"]) == set(Phase) else listed(row["phases"]),
            "all" if set(row["formats"]) == set(Format) else listed(row["formats"]),
        )
        for row in tables["abilities"]
    ]
    grants = [
        (
            row["room"],
            listed(row["roles"]),
            "all" if set(row["phases"]) == set(Phase) else listed(row["phases"]),
            "all" if set(row["formats"]) == set(Format) else listed(row["formats"]),
            listed(row["publish"]) or "–",
            "yes" if row["hear"] else "no",
        )
        for row in tables["grants"]
    ]
    held = [
        (listed(row["modes"]), listed(row["roles"]), listed(_WHOSE[Whose(whose)] for whose in row["whose"]))
        for row in tables["held"]
    ]
    return page(
        "Policy",
        "## Who may do what\n",
        table(("action", "roles", "phases", "formats"), abilities),
        "## Who may be in which room, send and hear\n\nWhoever has no row here is not in the room.\n",
        table(("room", "roles", "phases", "formats", "sends", "hears and sees"), grants),
        "## Whose microphone is held\n\nIn the chamber, whatever may be sent there; in a mode without a row nobody's.\n",
        table(("modes", "roles", "while the floor is"), held),
    )


def listed(words: Iterable[str]) -> str:
    """Return words with commas between them."""
    return ", ".join(words)


PAGES: Final[dict[str, Callable[[], str]]] = {
    "commands.md": commands,
    "errors.md": errors,
    "events.md": events,
    "metrics.md": metrics,
    "policy.md": policy,
    "settings.md": settings,
}


def differing(folder: Path, *, write: bool) -> list[str]:
    """Return the pages that are not what would be printed; write them if asked to."""
    found = []
    for name, print_page in PAGES.items():
        text = print_page()
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            found.append(name)
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return found


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something differs")
    chosen = parser.parse_args()
    for name in (found := differing(FOLDER, write=not chosen.check)):
        print(f"{'differs' if chosen.check else 'written'}: docs/reference/{name}")
    return 1 if chosen.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
