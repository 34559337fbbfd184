"""The preview on a port of this machine, until somebody stops it."""

import errno
import ipaddress
import socket
import threading
import webbrowser
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from audioed.errors import ServingError
from audioed.reach import LOOPBACK

PORT = 8000
BACKLOG = 1024
"""Listeners who may arrive at once."""
NEXT = 20
"""Ports that are tried, one after another, where nobody names one."""


def opened(host: str = LOOPBACK, port: int | None = None) -> socket.socket:
    """
    A socket that listens at this address; at the first free port from 8000 on where none is named.

    ServingError for a port that is in use, or an address that is not this machine's.
    """
    *others, last = range(PORT, PORT + NEXT) if port is None else (port,)
    for each in others:
        with suppress(ServingError):
            return _at(host, each)
    return _at(host, last)


def _at(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = "is in use; name another with --port, or leave it out to take the next that is free"
        elif error.errno in {errno.EACCES, errno.EPERM}:
            why = f"is not yours to use ({error.strerror}); name one from 1024 on with --port"
        else:
            why = f"cannot be served ({error.strerror}); name an address of this machine with --host"
        raise ServingError(f"{host}, port {port}: {why}.", host=host, port=port) from error


def url_of(listening: socket.socket) -> str:
    """The address at which a browser finds what listens there, with a slash at its end."""
    host, port = listening.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def in_browser(page: str) -> None:
    """Show a page in the user's browser, beside all else: some browsers come back only when they are closed."""
    threading.Thread(target=webbrowser.open, args=(page,), daemon=True).start()


def run(app: ASGIApp, listening: socket.socket) -> None:
    """Answer whoever comes, until Ctrl-C or SIGTERM, which ends it at once and is passed on."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    _Server(config).run(sockets=[listening])


class _Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End at once: nobody who listens slowly, and no page that waits for news, holds it up."""
        for connection in list(self.server_state.connections):
            if connection.transport:
                connection.transport.abort()
        await super().shutdown(sockets)
