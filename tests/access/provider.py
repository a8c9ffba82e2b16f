"""An OpenID provider on a port of this machine: signs with its own key, holds PKCE and redirects, lies when told to."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from free_port import free_port
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "acquis", "un secret partagé"


@dataclass
class Provider:
    """One person, one client.

    Attributes:
        claims: what the ID token says beside the usual.
        userinfo: what the userinfo endpoint says; signed where `signs_userinfo`.
        lies: claims of the ID token that are other than they should be.
        forged: sign with a key that is not published.
    """

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    signs_userinfo: bool = False
    lies: dict[str, Any] = field(default_factory=dict)
    forged: bool = False
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def signed(self, claims: dict[str, Any]) -> str:
        key = RSAKey.generate_key(2048, {"kid": "1"}) if self.forged else self.key
        return jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, key)

    def described(self) -> dict[str, Any]:
        at = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
        return {"issuer": self.issuer, **at, "jwks_uri": f"{self.issuer}/keys"}

    def authorize(self, request: Request) -> Response:
        """At once, as for somebody who is signed in there already."""
        asked = dict(request.query_params)
        wanted = asked.get("response_type") == "code" and asked.get("code_challenge_method") == "S256"
        if not wanted or asked.get("client_id") != CLIENT or "openid" not in asked.get("scope", "").split():
            return JSONResponse({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.codes.pop(str(form.get("code")), None)
        known = request.headers.get("authorization", "").startswith("Basic ")
        if asked is None or not known or form.get("redirect_uri") != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if create_s256_code_challenge(str(form.get("code_verifier"))) != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        usual = {"iss": self.issuer, "sub": "u1", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        identity = self.signed({**usual, **self.claims, **self.lies})
        return JSONResponse({"access_token": "a1", "token_type": "Bearer", "expires_in": 60, "id_token": identity})

    def about(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer a1":
            return JSONResponse({"error": "invalid_token"}, 401)
        said = {"sub": "u1", **self.userinfo}
        if self.signs_userinfo:
            return Response(self.signed({**said, "iss": self.issuer, "aud": CLIENT}), media_type="application/jwt")
        return JSONResponse(said)


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers."""
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}")
    app = FastAPI()
    app.get("/.well-known/openid-configuration")(provider.described)
    app.get("/keys")(lambda: {"keys": [provider.key.as_dict(private=False)]})
    app.get("/authorization")(provider.authorize)
    app.post("/token")(provider.token)
    app.get("/userinfo")(provider.about)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield provider
    server.should_exit = True
    thread.join()
