"""Who asks: credentials from the environment or a netrc, sent in the way that the server asks for."""

import netrc
import os
from collections.abc import Generator
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx

from chidao.graph.errors import StoreError


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token; "" where there is none. Never shown."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.user or self.token)


def credentials_for(host: str) -> Credentials:
    """From CHIDAO_STORE_TOKEN, CHIDAO_STORE_USER and CHIDAO_STORE_PASSWORD, else from the netrc. Raises StoreError."""
    env = os.environ
    given = Credentials(
        env.get("CHIDAO_STORE_USER", ""), env.get("CHIDAO_STORE_PASSWORD", ""), env.get("CHIDAO_STORE_TOKEN", "")
    )
    return given or _from_netrc(Path(env.get("NETRC") or Path.home() / ".netrc"), host)


def _from_netrc(path: Path, host: str) -> Credentials:
    try:
        found = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return Credentials()
    except (OSError, netrc.NetrcParseError) as error:
        raise StoreError(
            f"{path} can't be read for the password of {host}: {error}; correct it or remove it"
        ) from error
    return Credentials(found[0], found[2]) if found else Credentials()


class Challenged(httpx.Auth):
    """Sends nothing until the server asks; then Digest, Bearer or Basic, by the first that it takes and we can give.

    What can be read on the way (Basic, Bearer) goes over https or within this machine only. To be used for one host.
    """

    requires_request_body = True

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Answer the server's challenge, and from then on send what it wanted. Raises StoreError."""
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
            return
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED or not self._credentials:
            return
        self._chosen = self._scheme(response, request.url)
        yield from self._chosen.auth_flow(request)

    def _scheme(self, response: httpx.Response, url: httpx.URL) -> httpx.Auth:
        asked = [challenge.split(" ")[0].lower() for challenge in response.headers.get_list("www-authenticate")]
        known = self._credentials
        if "digest" in asked and known.user:
            return httpx.DigestAuth(known.user, known.password)
        if url.scheme != "https" and not is_this_machine(url.host):
            raise StoreError(
                f"{url.host} asks for a password or token over plain http, where others can read it; use https://"
            )
        if "bearer" in asked and known.token:
            return _Bearer(known.token)
        if "basic" in asked and known.user:
            return httpx.BasicAuth(known.user, known.password)
        raise StoreError(
            f"{url.host} asks for {' or '.join(asked) or 'nothing known'}; set CHIDAO_STORE_TOKEN for bearer, "
            "CHIDAO_STORE_USER and CHIDAO_STORE_PASSWORD for basic and digest"
        )


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def is_this_machine(host: str) -> bool:
    """Whether the host is this machine, by its name or address alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
