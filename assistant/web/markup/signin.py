"""The page where people sign in."""

from __future__ import annotations

from assistant.web.markup.text import escape
from assistant.web.texts import Texts


def sign_in_form(onward: str, problem: str, passwords: bool, provider: str, t: Texts) -> str:
    """The ways in: by a provider, by a password.

    Args:
        onward: the address of the page to go to then.
        problem: what went wrong before; empty for nothing.
        passwords: whether there are local accounts.
        provider: the name of the provider; empty for none.
    """
    told = f'<p class="problem" role="alert" id="problem">{escape(problem)}</p>' if problem else ""
    ways = [by_provider(onward, provider, t)] if provider else []
    ways += [by_password(onward, bool(problem), t)] if passwords else []
    none = f"<p>{escape(t('access.none'))}</p>" if not ways else ""
    return f"<h1>{escape(t('access.title'))}</h1><p>{escape(t('access.why'))}</p>{told}{none}{''.join(ways)}"


def by_provider(onward: str, provider: str, t: Texts) -> str:
    address = f"connexion/fournisseur?vers={escape(onward)}"
    return f'<p><a class="way" href="{address}">{escape(t("access.provider", name=provider))}</a></p>'


def by_password(onward: str, wrong: bool, t: Texts) -> str:
    about = ' aria-describedby="problem" aria-invalid="true"' if wrong else ""
    return (
        f'<form method="post" action="connexion"><input type="hidden" name="vers" value="{escape(onward)}">'
        f'<label for="name">{escape(t("access.name"))}</label>'
        f'<input id="name" name="name" autocomplete="username" autocapitalize="none" '
        f'spellcheck="false" required{about}>'
        f'<label for="password">{escape(t("access.password"))}</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" required{about}>'
        f"<button>{escape(t('access.enter'))}</button></form>"
    )
