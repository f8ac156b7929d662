"""``chosa review``: look at rows beside their pages, and decide, in the browser."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from chosa.errors import ChosaError


@click.command(short_help="Look at rows beside their pages, and decide.")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; default any free one."
)
@click.option("--who", default=None, help="Name the decisions are signed with; default the account's.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(directory: Path, port: int, who: str | None, no_browser: bool) -> int:
    """Review the tables of DIRECTORY in the browser; decisions are kept in its corrections.csv.

    The page is served to this machine only. The next run into DIRECTORY applies the decisions.
    """
    import uvicorn

    from chosa.commands.labels import person
    from chosa.review.app import HOST, create_app, new_token
    from chosa.review.desk import Desk

    token = new_token()
    app = create_app(Desk(directory, who or person()), token)
    listening = _listen(HOST, port)
    address = f"http://{HOST}:{listening.getsockname()[1]}/?token={token}"
    click.echo(f"{address}\nCtrl+C ends; every decision is already kept in {directory / 'corrections.csv'}")
    if not no_browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off")).run(sockets=[listening])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """The socket first, so that the printed address is already answered. Raises ChosaError."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise ChosaError(f"port {port} is taken; leave out --port for a free one") from error
    listening.listen()
    return listening
