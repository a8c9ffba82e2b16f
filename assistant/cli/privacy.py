"""`acquis privacy`: what people left in a home, and how it is erased."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime

from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE, NOTHING_FOUND
from assistant.running import traces
from assistant.settings import Settings
from corpus.errors import UsageError


def privacy_arguments(command: ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    at_home(actions.add_parser("show", help="how much is kept of people, where, and for how long"))
    erase = actions.add_parser("erase", help="erase a person's account and sessions, or what is older than a day")
    at_home(erase)
    erase.add_argument("--account", metavar="NAME", help="of whom, as `acquis user list` prints it")
    erase.add_argument("--before", type=day, metavar="DAY", help="sessions and opinions before 2026-01-31")


def day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day like 2026-01-31") from error


def privacy(arguments: Namespace) -> int:
    return (shown if arguments.action == "show" else erased)(arguments.settings, arguments)


def shown(settings: Settings, _: Namespace) -> int:
    found, sessions = traces.kept(settings), settings.sessions
    print(f"dossier : {settings.accounts}")
    print(f"comptes\t{found.accounts}\tjusqu'à ce qu'ils soient retirés")
    print(f"sessions\t{found.sessions}\t{sessions.idle_minutes} min sans demande, {sessions.absolute_hours} h au plus")
    print(f"connexions en cours\t{found.journeys}\t10 min")
    print(f"avis, sans nom\t{found.opinions}\t{settings.feedback.keep_hours} h")
    print(f"fichiers envoyés\t-\t{settings.privacy.uploads_seconds // 60} min au plus, hors du dossier")
    return DONE


def erased(settings: Settings, arguments: Namespace) -> int:
    if not arguments.account and not arguments.before:
        raise UsageError(
            "neither --account nor --before",
            "Dites ce qu'il faut effacer : --account NOM ou --before 2026-01-31.",
            "Say what to erase: --account NAME or --before 2026-01-31.",
        )
    total = 0
    if arguments.account:
        gone = traces.erase_account(settings, arguments.account)
        total += gone.total
        print(f"{arguments.account} : {gone.accounts} compte et {gone.sessions} session(s) effacés")
        print("les avis ne portent pas de nom : ils s'effacent par date (--before)")
    if arguments.before:
        gone = traces.erase_before(settings, arguments.before)
        total += gone.total
        print(f"{gone.sessions + gone.journeys} session(s) et {gone.opinions} avis effacés")
    if total:
        print("une sauvegarde faite auparavant les contient encore : supprimez-la si elle doit l'être aussi")
    return DONE if total else NOTHING_FOUND


COMMANDS = {"privacy": (privacy_arguments, privacy)}
