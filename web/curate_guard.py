"""Who may write through the page: a browser on this machine, from this page itself.

The page is reached under a loopback name only (a name of somebody else's that leads here is refused), the form bears a
token that fits the visitor's cookie, and the request says that it comes from this origin.
"""

import hashlib
import hmac
import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request, Response
from werkzeug.exceptions import Forbidden

COOKIE = "curate"


class Guard:
    """Makes and checks the tokens of one running site."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def admit(self, request: Request) -> None:
        """Raises Forbidden for a request that does not come from this machine, or under another name."""
        if not is_loopback(urlsplit(f"//{request.host}").hostname or "") or not is_loopback(request.remote_addr or ""):
            raise Forbidden("this page is for the machine that the server runs on")

    def check(self, request: Request) -> None:
        """Raises Forbidden for a form that was not sent from this page."""
        here = f"{request.scheme}://{request.host}"
        token = self._token(request.cookies.get(COOKIE, ""))
        given = request.form.get("token", "").encode()
        if request.headers.get("Origin") != here or not hmac.compare_digest(given, token.encode()):
            raise Forbidden("the form was not sent from this page; open it again and decide there")

    def issue(self, request: Request) -> tuple[str, str]:
        """(visit, token): the value of the visitor's cookie, and the token that fits it."""
        visit = request.cookies.get(COOKIE) or secrets.token_urlsafe(24)
        return visit, self._token(visit)

    def _token(self, visit: str) -> str:
        return hmac.new(self._secret, visit.encode(), hashlib.sha256).hexdigest()


def remember(response: Response, name: str, value: str) -> None:
    """A cookie that only this page gets, and no other site's form sends."""
    response.set_cookie(name, value, httponly=True, samesite="Strict", path="/curate")


def is_loopback(host: str) -> bool:
    """True for "localhost" and for addresses of this machine alone."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
