"""Real servers on loopback that stand in for an OIDC issuer, WeCom, DingTalk and Feishu."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from lianfang.ground.orgs.models import User

Answer = tuple[int, object]


@dataclass(frozen=True)
class Asked:
    """A request as a stand-in sees it."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    headers: dict[str, str]


Answering = Callable[[Asked], Answer]


class _Handler(BaseHTTPRequestHandler):
    server: "Server"

    def do_GET(self) -> None:
        self._answer("GET", b"")

    def do_POST(self) -> None:
        self._answer("POST", self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, method: str, sent: bytes) -> None:
        parts = urlsplit(self.path)
        query = {name: told[-1] for name, told in parse_qs(parts.query).items()}
        asked = Asked(
            method,
            parts.path,
            query,
            _body(sent),
            {name.lower(): told for name, told in self.headers.items()},
        )
        self.server.asked.append(asked)
        status, told = self.server.answering(asked)
        written = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the test asks what was asked."""


def _body(sent: bytes) -> dict[str, Any]:
    text = sent.decode()
    if text.startswith("{"):
        found: dict[str, Any] = json.loads(text)
        return found
    return {name: told[-1] for name, told in parse_qs(text).items()}


class Server(ThreadingHTTPServer):
    """A server that remembers what it was asked."""

    daemon_threads = True

    def __init__(self, answering: Answering) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answering = answering
        self.asked: list[Asked] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving(answering: Answering) -> Iterator[Server]:
    """Serve while the test runs."""
    server = Server(answering)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Issuer:
    """An OIDC issuer: whoever comes with a code is who the test says he is."""

    client: str = "lianfang"
    secret: str = "issuer-secret"
    #: What the token says; a value of None is left out.
    claims: dict[str, object] = field(default_factory=dict)
    #: With which key the token is signed: its own, or somebody else's.
    forged: bool = False
    key: Any = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    address: str = ""
    about: str = "sub-1"

    def answering(self, asked: Asked) -> Answer:
        """Answer what an issuer is asked."""
        match asked.path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.address,
                    "authorization_endpoint": f"{self.address}/authorize",
                    "token_endpoint": f"{self.address}/token",
                    "userinfo_endpoint": f"{self.address}/userinfo",
                    "jwks_uri": f"{self.address}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            case "/keys":
                jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
                return 200, {"keys": [{**jwk, "kid": "k1", "use": "sig", "alg": "RS256"}]}
            case "/token":
                return self._token(asked)
            case "/userinfo":
                good = asked.headers.get("authorization") == "Bearer access-1"
                return (200, {"sub": self.about}) if good else (401, {})
        return 404, {}

    def _token(self, asked: Asked) -> Answer:
        told = asked.body
        right = (told.get("client_id"), told.get("client_secret")) == (self.client, self.secret)
        if not right or told.get("code") != "code-1" or not told.get("code_verifier"):
            return 400, {"error": "invalid_grant"}
        known = {"iss": self.address, "aud": self.client, "sub": "sub-1", **self.claims}
        said = {name: value for name, value in known.items() if value is not None}
        key = rsa.generate_private_key(65537, 2048) if self.forged else self.key
        token = jwt.encode(said, key, algorithm="RS256", headers={"kid": "k1"})
        return 200, {"access_token": "access-1", "token_type": "Bearer", "id_token": token}


def come_back(client: Client, provider: str, process: str = "login", **told: str) -> HttpResponse:
    """Go to a provider by the button, and come back from it with a code."""
    there = client.post(f"/account/{provider}/login/", {"process": process})
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    back = {"code": "code-1", "state": state} | told
    return client.get(f"/account/{provider}/login/callback/", back)  # type: ignore[return-value]


def connect(user: User, provider: str, uid: str) -> None:
    """Let an account elsewhere lead to a user."""
    SocialAccount.objects.create(user=user, provider=provider, uid=uid)
