"""Who may come in: `acquis user` keeps the local accounts of a home, `acquis config` shows what is configured.

Passwords are asked for, and are never arguments.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass

from assistant.access.accounts import Accounts
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE, NOTHING_FOUND
from assistant.settings.showing import shown
from corpus.errors import UsageError


def user_arguments(command: ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    made = actions.add_parser("add", help="make an account, or change its role and password")
    at_home(made)
    made.add_argument("name", metavar="NAME")
    made.add_argument("--role", choices=["advisor", "staff"], default="advisor", help="(default advisor)")
    at_home(actions.add_parser("list", help="list the accounts"))
    for action, told in (("remove", "remove an account, and end its sessions"), ("unlock", "forget wrong passwords")):
        one = actions.add_parser(action, help=told)
        at_home(one)
        one.add_argument("name", metavar="NAME")


def user(arguments: Namespace) -> int:
    accounts = Accounts(Ledger(arguments.settings.accounts), arguments.settings.sessions.lock_after)
    return {"add": add, "list": listed, "remove": removed, "unlock": unlocked}[arguments.action](accounts, arguments)


def add(accounts: Accounts, arguments: Namespace) -> int:
    accounts.add(arguments.name, Role[arguments.role.upper()], asked())
    print(f"compte {arguments.name} ({arguments.role}) enregistré")
    return DONE


def asked() -> str:
    """A password typed twice without being shown; the first line where nobody types.

    Raises:
        UsageError: the two differ.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first, second = getpass("Mot de passe : "), getpass("Encore une fois : ")
    if first != second:
        raise UsageError(
            "two different passwords", "Les deux saisies diffèrent : recommencez.", "The two differ: try again."
        )
    return first


def listed(accounts: Accounts, _: Namespace) -> int:
    found = accounts.all()
    for one in found:
        print(f"{one.name}\t{one.role.name.lower()}" + (f"\tbloqué {one.locked:.0f} s" if one.locked else ""))
    return DONE if found else NOTHING_FOUND


def removed(accounts: Accounts, arguments: Namespace) -> int:
    return told(accounts.remove(arguments.name), f"compte {arguments.name} retiré, ses sessions fermées", arguments)


def unlocked(accounts: Accounts, arguments: Namespace) -> int:
    return told(accounts.unlock(arguments.name), f"compte {arguments.name} débloqué", arguments)


def told(done: bool, phrase: str, arguments: Namespace) -> int:
    print(phrase if done else f"acquis: aucun compte {arguments.name}", file=sys.stdout if done else sys.stderr)
    return DONE if done else NOTHING_FOUND


def config(arguments: Namespace) -> int:
    print(shown(arguments.settings))
    return DONE


COMMANDS = {"user": (user_arguments, user), "config": (at_home, config)}
