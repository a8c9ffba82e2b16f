"""Kinds of FAISS indexes on the same vectors: recall of the nearest against memory and time of one thread."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import faiss
import numpy as np

from index.contract import Matrix
from index.dense import Dense

IP = faiss.METRIC_INNER_PRODUCT
EIGHT = faiss.ScalarQuantizer.QT_8bit
LISTS = 512


def curve(vectors: Matrix, queries: Matrix, wanted: int, nearest: int) -> Iterator[dict[str, float | str]]:
    """For each kind and each of its settings: seconds to build, megabytes, milliseconds a query (median), recall.

    Args:
        vectors: unit rows, shape (n, dim); queries: shape (m, dim).
        wanted: rows asked of each index; nearest: those of an exact search that should be among them.
    """
    faiss.omp_set_num_threads(1)
    exact = [np.argpartition(-(vectors @ query), nearest)[:nearest] for query in queries]
    for name, make, settings in _kinds(vectors.shape[1]):
        start = time.process_time()
        index = make(vectors)
        built, size = time.process_time() - start, _megabytes(index)
        for called, setting in settings.items():
            setting(index)
            spent, rows = _searched(index, queries, wanted)
            recall = float(np.mean([np.isin(e, r).mean() for e, r in zip(exact, rows, strict=True)]))
            found = {"kind": f"{name}{called}", "meanings": float(len(vectors)), "build_s": built, "MB": size}
            found |= {"p50_ms": 1000 * float(np.median(spent)), "recall": recall}
            print(found, file=sys.stderr, flush=True)
            yield found


Settings = dict[str, Callable[[object], object]]


def _kinds(dim: int) -> list[tuple[str, Callable[[Matrix], object], Settings]]:
    """Name, how it is made, how it is set for each point of its curve."""
    plain = {"": _as_it_is}
    probes = {f", {n} lists": _probing(n) for n in (16, 64, 128, 256)}
    return [
        ("flat", lambda v: _filled(faiss.IndexFlatIP(dim), v), plain),
        ("8 bits", lambda v: _filled(faiss.IndexScalarQuantizer(dim, EIGHT, IP), v), plain),
        ("ours: 4-bit codes scanned, ranked by 8 bits", Dense.build, plain),
        ("IVF 512 × 8 bits", lambda v: _filled(_ivf(dim), v), probes),
        ("HNSW 32 × 8 bits", lambda v: _filled(_hnsw(dim), v), {f", ef {n}": _effort(n) for n in (1000, 2000)}),
        ("RaBitQ codes scanned", lambda v: _filled(faiss.IndexRaBitQFastScan(dim, IP), v), plain),
    ]


def _ivf(dim: int) -> faiss.Index:
    return faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(dim), dim, LISTS, EIGHT, IP)


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
        start = time.process_time()  # one thread: what else the machine does counts less
        rows.append(index.search(query.reshape(1, -1), wanted)[1][0])
        spent.append(time.process_time() - start)
    return spent, rows
