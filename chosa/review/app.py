"""The review app: the review page served to this machine alone, with decisions kept as they are made.

Whoever does not know the random token of this start gets nothing, so that no other page open in the
browser and no other user of the machine can read the rows or decide.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from chosa.errors import ChosaError
from chosa.review.desk import Desk
from chosa.review.page import pieces

HOST = "127.0.0.1"
TOKEN_BYTES = 24
# Longest decision accepted, in bytes; a reason may be a paragraph.
MOST_BODY = 64 * 1024
Next = Callable[[Request], Awaitable[Response]]


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def create_app(desk: Desk, token: str) -> Starlette:
    """The app over one directory's rows."""

    async def page(_: Request) -> Response:
        data = await run_in_threadpool(desk.data)
        return StreamingResponse(pieces(data | {"token": token}), media_type="text/html")

    async def picture(request: Request) -> Response:
        source = desk.pictures.get(request.path_params["number"], "")
        if not source:
            return PlainTextResponse("no such picture", 404)
        content = base64.b64decode(source.partition(",")[2])
        return Response(content, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    async def decide(request: Request) -> Response:
        body = await request.body()
        if len(body) > MOST_BODY:
            return PlainTextResponse("too long", 413)
        try:
            wish = await request.json()
            texts = {name: str(wish.get(name, "")) for name in ("id", "action", "field", "after", "why")}
            parts = wish.get("parts", ())
            return JSONResponse(await run_in_threadpool(lambda: desk.decide(**texts, parts=parts)))
        except ChosaError as error:
            return PlainTextResponse(str(error), 400)
        except (ValueError, AttributeError):
            return PlainTextResponse("not a decision", 400)

    routes = [
        Route("/", page),
        Route("/picture/{number:int}", picture),
        Route("/decide", decide, methods=["POST"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(_Guard, token=token)])


class _Guard(BaseHTTPMiddleware):
    """Lets in who knows the token, under this machine's own names (a name that a stranger's server resolves
    to 127.0.0.1 is not one)."""

    def __init__(self, app: object, token: str) -> None:
        super().__init__(app)  # type: ignore[arg-type]
        self._token = token

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        host = request.headers.get("host", "").rsplit(":", 1)[0]
        given = request.headers.get("x-chosa-token") or request.query_params.get("token", "")
        if host not in (HOST, "localhost") or not secrets.compare_digest(
            given.encode(), self._token.encode()
        ):
            return PlainTextResponse("open the address that chosa review printed", 403)
        response = await call_next(request)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        return response
