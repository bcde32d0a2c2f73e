"""A real OpenID provider on this machine for the browser tests, and an app whose people sign in with it."""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import flask
import oidc_provider_mock
from werkzeug.serving import make_server

from tests.e2e.server import Server, free_port

SECRET = "a-secret-of-the-tests-that-signs-the-cookies"
STYLES = "https://cdn.jsdelivr.net/npm/@picocss/pico@2/css/pico.min.css"
Claims = Mapping[str, object]


class Provider:
    """The sign-in service: `address`, and what it says about each person."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.issuer: str | None = None
        """What it calls itself in its description instead of what stands in its tokens."""
        self.is_down = False

    def says(self, name: str, **claims: object) -> oidc_provider_mock.User:
        return oidc_provider_mock.User(sub=name, claims={"name": name, **claims})


@contextmanager
def a_provider(**people: Claims) -> Iterator[Provider]:
    """A running provider that knows these people by name."""
    # The provider refuses to work without encryption; on this machine nobody listens.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    provider = Provider(free_port())
    app = oidc_provider_mock.app(user_claims=[provider.says(name, **claims) for name, claims in people.items()])

    @app.after_request
    def stays_here(response: flask.Response) -> flask.Response:
        """Its pages load no style from outside, and its description names the issuer that a test wants."""
        if provider.is_down:
            return flask.Response("down", status=503)
        if response.mimetype == "text/html":
            response.set_data(response.get_data(as_text=True).replace(STYLES, "data:text/css,"))
        if flask.request.path.endswith("/openid-configuration") and provider.issuer:
            response.set_data(response.get_data(as_text=True).replace(f'"{provider.address}"', f'"{provider.issuer}"'))
        return response

    server = make_server("127.0.0.1", int(provider.address.rpartition(":")[2]), app, threaded=True)
    running = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    running.start()
    try:
        yield provider
    finally:
        server.shutdown()
        running.join()
        server.server_close()


def signs_in_with(provider: Provider, server: Server, folder: Path, **settings: str) -> None:
    """From its next start on, the server's people sign in with this provider."""
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "{server.address}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "mlops-checkup"
client_secret = "told-to-nobody"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"
""",
        "utf-8",
    )
    server.settings = {"CHECKUP_SECRETS": str(secrets), "AUTHLIB_INSECURE_TRANSPORT": "1", **settings}
