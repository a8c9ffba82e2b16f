"""The door to LangChain's retrievers: the library as a source of documents for any chain."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.contract import Filters, Hit
from index.library import Library


class AcquisRetriever(BaseRetriever):
    """Finds passages of referentials; each document's text is verbatim, and its metadata say where it stands.

    Attributes:
        library: an open library.
        filters: applied before anything is ranked.
        top: at most so many documents.
    """

    library: Library
    filters: Filters = Filters()
    top: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.library.search(query, self.filters, self.top)]


def _document(hit: Hit) -> Document:
    """A passage with its place; `lines` has first and last line of each of its quotes."""
    passage = hit.passage
    metadata = {
        "source": passage.source,
        "certification": passage.certification,
        "block": passage.block,
        "facet": passage.facet.value,
        "ancestors": list(passage.ancestors),
        "quotes": [q.text for q in passage.quotes],
        "lines": [[q.first, q.last] for q in passage.quotes],
        "score": round(hit.score, 4),
    }
    return Document(page_content=passage.text, metadata=metadata)
