"""`baton`: the command line. It parses, prints, and leaves with a code; the work is done in `bot.commands`.

0 is done, 1 is "it ran, and the answer is no", 2 is wrong use or refused input: then one line on standard
error, and nothing on standard output.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from pathlib import Path
from secrets import token_bytes
from typing import Annotated, Any

import typer

from bot.commands import NotDone, Refusal

_PLAIN: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["--help", "-h"]},
}
app = typer.Typer(help="Carries a safeguarding concern between agencies until somebody answers.", **_PLAIN)
db = typer.Typer(help="Look after the database.", **_PLAIN)
directory = typer.Typer(help="Keep people, seats and channels up to date.", **_PLAIN)
app.add_typer(db, name="db")
app.add_typer(directory, name="directory")


def main() -> None:
    """The `baton` command of this process."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A name the terminal cannot show is no reason to fail.
        sys.stdout.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Do what the words ask and return the exit code."""
    try:
        code: int | None = typer.main.get_command(app).main(
            list(words), prog_name="baton", standalone_mode=False
        )
    except (Refusal, NotDone) as no:
        return _no(no.message, no.exit_code)
    except typer.TyperException as wrong_use:
        # Typer knows which command was meant only when it came so far.
        where = getattr(wrong_use, "ctx", None)
        told = wrong_use.format_message()
        stop = "" if told.endswith((".", "?")) else "."
        return _no(
            f"{told}{stop} See {where.command_path if where else 'baton'} --help.", wrong_use.exit_code
        )
    return code or 0


def _no(sentence: str, code: int) -> int:
    line = "".join(c if c.isprintable() else " " for c in sentence)
    typer.echo(" ".join(line.split()), err=True)
    return code


def _work(module: str, name: str) -> Callable[..., Any]:
    """A function of a command, loaded when it is asked for: `baton --help` must not wait for a database."""
    work: Callable[..., Any] = getattr(import_module(f"bot.commands.{module}"), name)
    return work


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _show_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(f"baton {version('baton')}")
        except PackageNotFoundError:
            typer.echo("baton, run from its source without being installed")
        raise typer.Exit


@app.callback()
def baton(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Carry a safeguarding concern between agencies until somebody answers."""


@app.command()
def demo(
    port: Annotated[
        int,
        typer.Option(
            envvar="PORT",
            metavar="PORT",
            min=1,
            max=65535,
            help="Where the page is served, on this machine only.",
        ),
    ] = 8080,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path("var/demo"),
) -> None:
    """Serve the playground: two chat apps in a browser.

    Everybody in it is made up, it needs no tokens, and its clock can be moved.
    """
    _work("demo", "run")(folder, port)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them.")] = Path(),
    pathway: Annotated[
        str, typer.Option(metavar="NAME", help="The template for the ladder, such as standard or rapid.")
    ] = "standard",
) -> None:
    """Write the files to begin with: settings, ladder, people, keys.

    They are ready to edit, each line explained. Nothing that is there already is touched.
    """
    typer.echo(_work("init", "run")(folder, pathway, token_bytes))


@app.command()
def rehearse(
    file: Annotated[Path, typer.Argument(metavar="PATHWAY.toml", help="The pathway file to walk.")],
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="INSTANT",
            help="The first call, such as 2026-12-23T16:30; local time unless it ends in an offset.",
        ),
    ],
    urgent: Annotated[
        bool, typer.Option("--urgent", help="Enter at the urgent tier, with its windows.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list instead of a table.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw it against the calendar as well, as .svg or .png."),
    ] = None,
) -> None:
    """Walk a ladder as if nobody ever answered.

    Shows who is called when and by when they must answer, up to the third time the top tier is called again.
    """
    typer.echo(_work("rehearse", "run")(file, start, urgent=urgent, json_wanted=json, out=out), nl=False)


@app.command()
def manifest(
    workspace: Annotated[
        str, typer.Option(metavar="NAME", help="Over HTTP: whose app it is, as partnership.toml calls it.")
    ] = "",
    url: Annotated[
        str, typer.Option(metavar="URL", help="Over HTTP: where Slack reaches Baton, https://… .")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of YAML.")] = False,
) -> None:
    """Print the manifest to make Baton's Slack app from.

    As it stands Baton rings Slack (Socket Mode) and needs no public address; --url and --workspace make one
    for HTTP.
    """
    typer.echo(_work("manifest", "run")(workspace, url, json_wanted=json), nl=False)


@app.command()
def serve() -> None:
    """Run the bot: open the doors, and keep the clock.

    It reads the settings of .env, and stops when it is told to (Ctrl-C, or the signal TERM).
    """
    _work("serve", "run")()


@app.command()
def doctor() -> None:
    """Look whether everything is there that a running bot needs.

    Prints a line for each thing, with what to do about the red ones; leaves with 1 if there is any.
    """
    told, well = _work("doctor", "run")(_say)
    typer.echo(told)
    if not well:
        raise typer.Exit(1)


@directory.command()
def apply(
    file: Annotated[
        Path | None, typer.Argument(metavar="PARTNERSHIP.toml", help="The file of who there is.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show everything, apply nothing.")] = False,
) -> None:
    """Put a partnership file in force.

    Without a name it is the file BATON_PARTNERSHIP names.
    Shows what it changes, what is missing, and what people who leave would leave open.
    """
    typer.echo(_work("directory", "apply")(file, _say, dry_run=dry_run))


@directory.command()
def accounts() -> None:
    """List the accounts chat has bound.

    And who waits to be enrolled, what is to be confirmed again, and codes given out.
    """
    typer.echo(_work("accounts", "listing")())


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema.

    An SQLite file is made if there is none.
    """
    typer.echo(_work("db", "upgrade")(_say))


@db.command()
def check() -> None:
    """Rebuild every concern from its events and compare.

    Prints a line for each difference, and leaves with 1 if there is any.
    """
    differences: list[str] = _work("db", "check")(_say)
    for difference in differences:
        typer.echo(difference)
    if differences:
        raise typer.Exit(1)
    typer.echo("The record is whole.")


@db.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, for the copy.")],
) -> None:
    """Copy a running SQLite database, and check the copy.

    Leaves with 1 if the record in it is not whole.
    """
    told, whole = _work("db", "backup")(file)
    typer.echo(told)
    if not whole:
        raise typer.Exit(1)
