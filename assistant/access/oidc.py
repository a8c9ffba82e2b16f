"""Single sign-on by OpenID Connect: authorization code with PKCE, nonce and state (OpenID Connect Core 1.0, 3.1)."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assistant.access.roles import Role
from assistant.access.sessions import Journey, Visitor
from assistant.settings.sections import Oidc
from corpus.errors import AcquisError

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # never "none"
PATIENCE = 10.0  # seconds for one reply of the provider
LEEWAY = 60  # seconds that clocks may differ
KEPT = 3600.0  # seconds that the provider's description and keys are believed
NAMES = ("email", "preferred_username", "name", "sub")  # what a person is called, the first that is there


class SignInError(AcquisError):
    """A sign-in by a provider that came to nothing."""

    retryable = True


class NoRole(SignInError):
    """A person whom the provider knows, and who has no role here."""

    retryable = False


def failed(message: str) -> SignInError:
    return SignInError(
        message,
        "La connexion par ce fournisseur n’a pas abouti. Réessayez ; si cela se répète, prévenez l’administrateur.",
        "Signing in with this provider did not succeed. Try again; if it goes on, tell the administrator.",
    )


class Provider:
    """A provider, known by its issuer's address.

    Args:
        settings: with an issuer.
        now: seconds since the epoch.
    """

    def __init__(self, settings: Oidc, now: Callable[[], float] = time.time) -> None:
        self.settings, self.now = settings, now
        self.lock = threading.Lock()
        self._known: tuple[float, dict[str, Any], KeySet] | None = None

    def departure(self, redirect_uri: str, onward: str, keep: Callable[[Journey], str]) -> tuple[str, str]:
        """(the provider's address to send a person to, the `state` that they come back with).

        Args:
            redirect_uri: where they come back to.
            onward: where they go after that.
            keep: takes the journey, gives its `state`.
        """
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(32)
        state = keep(Journey(nonce, verifier, onward))
        with self.client(redirect_uri) as client:
            address, _ = client.create_authorization_url(
                self.described()["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce
            )
        return address, state

    def arrival(self, redirect_uri: str, code: str, journey: Journey) -> Visitor:
        """Who came back with a code.

        Raises:
            SignInError: the provider does not confirm it, or what it says does not hold.
        """
        try:
            with self.client(redirect_uri) as client:
                token = client.fetch_token(
                    self.described()["token_endpoint"], code=code, code_verifier=journey.verifier
                )
                claims = self.identity(token, journey.nonce)
                claims = {**self.more(client, claims["sub"]), **claims}
        except SignInError:
            raise
        except (AuthlibBaseError, JoseError, OSError, KeyError, TypeError, ValueError) as error:
            raise failed(f"sign-in refused: {type(error).__name__}: {error}") from error
        except Exception as error:  # the HTTP client's own tree of errors, which has no root in the standard library
            raise failed(f"no answer of {self.settings.issuer}: {type(error).__name__}") from error
        return Visitor(next(str(claims[name]) for name in NAMES if claims.get(name)), self.role(claims))

    def identity(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of an ID token whose signature, issuer, audience, time and nonce hold."""
        signed = self.decoded(str(token["id_token"]))
        wanted = {
            "iss": {"essential": True, "value": self.settings.issuer},
            "aud": {"essential": True, "value": self.settings.client_id},
        }
        given = {"client_id": self.settings.client_id, "nonce": nonce, "access_token": token.get("access_token")}
        CodeIDToken(signed.claims, signed.header, wanted, given).validate(int(self.now()), LEEWAY)
        return dict(signed.claims)

    def decoded(self, text: str) -> jwt.Token:
        """A signed token; the keys are asked for again once if none of those known fits."""
        try:
            return jwt.decode(text, self.keys(), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            with self.lock:
                self._known = None
            return jwt.decode(text, self.keys(), algorithms=ALGORITHMS)

    def more(self, client: OAuth2Client, subject: str) -> dict[str, Any]:
        """What the provider says beside the ID token, of the same person; ProConnect signs it."""
        address = self.described().get("userinfo_endpoint")
        if not address:
            return {}
        reply = client.get(address)
        reply.raise_for_status()
        if reply.headers.get("content-type", "").startswith("application/jwt"):
            said = dict(self.decoded(reply.text).claims)
            if said.get("iss", self.settings.issuer) != self.settings.issuer:
                raise failed("userinfo of another issuer")
        else:
            said = reply.json()
        if said.get("sub") != subject:
            raise failed("userinfo of another person")
        return said

    def role(self, claims: Mapping[str, Any]) -> Role:
        """The role that the configured claim gives.

        Raises:
            NoRole: it gives none.
        """
        found: Any = claims
        for step in self.settings.role_claim.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        values = {str(one) for one in (found if isinstance(found, list) else [found])}
        if values & set(self.settings.staff):
            return Role.STAFF
        if values & set(self.settings.advisors):
            return Role.ADVISOR
        raise NoRole(
            f"no role in claim {self.settings.role_claim}",
            "Votre compte est reconnu, mais il ne donne pas accès à ce service : demandez-le à votre administrateur.",
            "Your account is known, but it gives no access to this service: ask your administrator.",
        )

    def client(self, redirect_uri: str) -> OAuth2Client:
        known = self.settings
        methods = self.described().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" in methods
        method = "none" if not known.client_secret else "client_secret_basic" if basic else "client_secret_post"
        return OAuth2Client(
            known.client_id,
            known.client_secret or None,
            token_endpoint_auth_method=method,
            scope=" ".join(known.scopes),
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            leeway=0,  # an access token of a minute, as ProConnect gives, is not one that has expired
            timeout=PATIENCE,
        )

    def described(self) -> dict[str, Any]:
        return self.known()[1]

    def keys(self) -> KeySet:
        return self.known()[2]

    def known(self) -> tuple[float, dict[str, Any], KeySet]:
        """When the provider was asked, what it says of itself, and its keys.

        Raises:
            SignInError: it does not answer, or says it is another.
        """
        with self.lock:
            if self._known is None or self.now() - self._known[0] > KEPT:
                self._known = (self.now(), *self.asked())
            return self._known

    def asked(self) -> tuple[dict[str, Any], KeySet]:
        issuer = self.settings.issuer
        try:
            with OAuth2Client(timeout=PATIENCE) as client:
                description = fetched(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                keys = fetched(client, description["jwks_uri"])
        except Exception as error:
            raise failed(f"no description of {issuer}: {type(error).__name__}: {error}") from error
        if description.get("issuer") != issuer:
            raise failed(f"the provider at {issuer} says it is {description.get('issuer')!r}")
        return description, KeySet.import_key_set(keys)


def fetched(client: OAuth2Client, address: str) -> dict[str, Any]:
    """What stands at an address for everybody."""
    return client.request("GET", address, withhold_token=True).raise_for_status().json()
