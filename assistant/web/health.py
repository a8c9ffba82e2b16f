"""For those who look after the service: whether it lives, whether it can answer, and its figures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from ipaddress import ip_address, ip_network
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.routing import Mount

from assistant.running.figures import FORMAT, Figures
from assistant.running.readiness import Readiness
from assistant.running.traces import sweep
from assistant.running.watching import Routes
from assistant.settings import Settings
from assistant.web.service import Service
from corpus.errors import AcquisError

PAUSE = 15 * 60.0  # seconds between two sweeps
log = logging.getLogger("acquis.sweep")


def health(service: Service, figures: Figures, settings: Settings) -> APIRouter:
    """/healthz: the process answers; /readyz: it can answer questions, else 503; /metrics: for its readers alone."""
    router = APIRouter(include_in_schema=False)
    readiness = Readiness(service.library)
    networks = tuple(ip_network(reader) for reader in settings.metrics.readers)

    @router.get("/healthz")
    def healthz() -> dict[str, object]:
        return {"status": "ok", "generation": service.library.generation, **how_the_model_does(service)}

    @router.get("/readyz")
    def readyz() -> JSONResponse:
        found = readiness.now()
        return JSONResponse(asdict(found), 200 if found.ready else 503, {"cache-control": "no-store"})

    @router.get("/metrics")
    def metrics(request: Request) -> Response:
        if not admitted(request, networks):
            return JSONResponse({"detail": "not for this address: metrics.readers"}, 403)
        return Response(figures.text(), media_type=FORMAT, headers={"cache-control": "no-store"})

    return router


def how_the_model_does(service: Service) -> dict[str, object]:
    """The state of the language model's circuit breaker, where there is one."""
    state = getattr(getattr(service.assistant, "model", None), "state", None)
    return {"model": asdict(state)} if state else {}


def admitted(request: Request, networks: Iterable) -> bool:
    """Whether a request comes from one of some networks, and from no proxy that nobody configured."""
    if request.scope.get("stranger"):
        return False
    with suppress(ValueError):
        address = ip_address(request.client.host if request.client else "")
        return any(address in network for network in networks)
    return False


def measure(service: Service, figures: Figures, waiting: Callable[[], int]) -> None:
    """The figures that are read off the service."""

    def of_store(read: Callable[[], float]) -> Callable[[], float]:
        def value() -> float:
            try:
                return read()
            except AcquisError:  # the store cannot be read just now: /readyz says so
                return float("nan")

        return value

    figures.gauge("acquis_store_generation", "Changes of the store.", of_store(lambda: service.library.generation))
    figures.gauge("acquis_store_certifications", "Certifications held.", of_store(lambda: len(service.cards)))
    figures.gauge("acquis_waiting", "Requests of pages that wait for their turn.", waiting)
    if (model := getattr(service.assistant, "model", None)) is not None and hasattr(model, "state"):
        figures.gauge("acquis_model_failures", "Failures of the model in a row.", lambda: model.state.failures)
        figures.gauge("acquis_model_resting_seconds", "Until the model is asked again.", lambda: model.state.resting)


def routes(app: FastAPI, pages: Iterable[str]) -> Routes:
    """The names under which requests are counted: of pages, and of whatever the application offers besides."""
    return Routes(pages, [route.partition("{")[0] for route in leaves(app)])


def leaves(app: FastAPI, above: str = "") -> Iterable[str]:
    """The paths of an application and of those mounted in it, but for Gradio's."""
    for route in app.routes:
        if isinstance(route, Mount):
            if isinstance(route.app, FastAPI) and type(route.app) is FastAPI:
                yield from leaves(route.app, above + route.path)
        elif hasattr(route, "original_router"):
            yield from (above + r.path for r in route.original_router.routes if hasattr(r, "path"))
        elif hasattr(route, "path"):
            yield above + route.path


def swept(app: FastAPI, settings: Settings, uploads: Path) -> None:
    """Let the application erase, while it runs, what has been kept for long enough."""
    around = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(inner: FastAPI) -> AsyncIterator[object]:
        async with around(inner) as state:
            sweeping = asyncio.create_task(sweeper(settings, uploads))
            try:
                yield state
            finally:
                sweeping.cancel()

    app.router.lifespan_context = lifespan


async def sweeper(settings: Settings, uploads: Path) -> None:
    while True:
        try:
            gone = await asyncio.to_thread(sweep, settings, uploads)
            if gone.total:
                log.info("swept", extra={"fields": {"sessions": gone.sessions, "opinions": gone.opinions}})
        except (AcquisError, OSError) as error:
            log.warning("the sweep failed: %s", type(error).__name__)
        await asyncio.sleep(PAUSE)
