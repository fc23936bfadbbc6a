"""The limit: a FastAPI route that answers ready bytes. Run with the number of bytes and a port."""

import sys

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response


def main() -> None:
    body, app = b"x" * int(sys.argv[1]), FastAPI()

    @app.get("/")
    async def ready() -> Response:
        return Response(body, media_type="application/json")

    uvicorn.run(app, port=int(sys.argv[2]), log_level="warning")


if __name__ == "__main__":
    main()
