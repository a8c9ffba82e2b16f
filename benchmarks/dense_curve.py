"""Kinds of FAISS indexes on the same vectors: recall of the nearest against time and memory, one thread."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import faiss
import numpy as np

from index.contract import Matrix
from index.dense import Dense

IP = faiss.METRIC_INNER_PRODUCT
EIGHT = faiss.ScalarQuantizer.QT_8bit
LISTS = 512


def curve(vectors: Matrix, queries: Matrix, wanted: int, nearest: int) -> dict[str, float]:
    """For each kind: seconds to build, megabytes, milliseconds a query (median), recall of the nearest.

    Args:
        vectors: unit rows, shape (n, dim); queries: shape (m, dim).
        wanted: rows asked of each index; nearest: those of an exact search that should be among them.
    """
    faiss.omp_set_num_threads(1)
    exact = np.argpartition(-(queries @ vectors.T), nearest, axis=1)[:, :nearest]
    found: dict[str, float] = {"passages": len(vectors)}
    for name, make, settings in _kinds(vectors.shape[1]):
        start = time.perf_counter()
        index = make(vectors)
        built, size = time.perf_counter() - start, _megabytes(index)
        for setting in settings:
            setting(index)
            key = f"{name}{'' if len(settings) == 1 else f'/{settings.index(setting) + 1}'}"
            spent, rows = _searched(index, queries, wanted)
            recall = np.mean([np.isin(e, r).mean() for e, r in zip(exact, rows, strict=True)])
            figures = {"build_s": built, "MB": size, "ms": 1000 * np.median(spent), "recall": recall}
            found |= {f"{key} {what}": float(value) for what, value in figures.items()}
            print(key, {what: round(float(value), 3) for what, value in figures.items()}, file=sys.stderr, flush=True)
    return found


def _kinds(dim: int) -> list[tuple[str, Callable[[Matrix], object], list[Callable[[object], object]]]]:
    """Name, how it is made, how it is set (for several points of its curve)."""
    probes = [_probing(n) for n in (16, 64, 128, 256)]
    return [
        ("flat", lambda v: _filled(faiss.IndexFlatIP(dim), v), [_as_it_is]),
        ("8 bits", lambda v: _filled(faiss.IndexScalarQuantizer(dim, EIGHT, IP), v), [_as_it_is]),
        ("ours: 4-bit codes scanned, ranked by 8 bits", Dense.build, [_as_it_is]),
        ("IVF 512 × 8 bits, 16/64/128/256 lists", lambda v: _filled(_ivf(dim), v), probes),
        ("HNSW 32 × 8 bits, ef 1000/2000", lambda v: _filled(_hnsw(dim), v), [_effort(1000), _effort(2000)]),
        ("RaBitQ codes scanned", lambda v: _filled(faiss.IndexRaBitQFastScan(dim, IP), v), [_as_it_is]),
    ]


def _ivf(dim: int) -> faiss.Index:
    index = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(dim), dim, LISTS, EIGHT, IP)
    index.own_fields = False
    index.keep = index.quantizer  # FAISS holds no reference to it
    return index


def _hnsw(dim: int) -> faiss.Index:
    index = faiss.IndexHNSWSQ(dim, EIGHT, 32, IP)
    index.hnsw.efConstruction = 80
    return index


def _probing(lists: int) -> Callable[[faiss.Index], None]:
    return lambda index: setattr(index, "nprobe", lists)


def _effort(ef: int) -> Callable[[faiss.Index], None]:
    return lambda index: setattr(index.hnsw, "efSearch", ef)


def _as_it_is(_: object) -> None:
    pass


def _filled(index: faiss.Index, vectors: Matrix) -> faiss.Index:
    index.train(vectors[:: max(1, len(vectors) // 100_000)])
    for first in range(0, len(vectors), 16_384):
        index.add(vectors[first : first + 16_384])
    return index


def _megabytes(index: object) -> float:
    engines = (index._engine, index._codes) if isinstance(index, Dense) else (index,)
    return sum(len(faiss.serialize_index(engine)) for engine in engines if engine is not None) / 1e6


def _searched(index: object, queries: Matrix, wanted: int) -> tuple[list[float], list[np.ndarray]]:
    spent, rows = [], []
    for query in queries:
        start = time.perf_counter()
        rows.append(index.search(query.reshape(1, -1), wanted)[1][0])
        spent.append(time.perf_counter() - start)
    return spent, rows
