"""The LangChain retriever: what it finds is what a search finds, with where it stands."""

from __future__ import annotations

from langchain_core.runnables import RunnableLambda

from assistant.api.retriever import AcquisRetriever
from index.contract import Filters


def test_documents_are_the_hits_of_a_search(operations):
    found = AcquisRetriever(library=operations.library, top=5).invoke("mesurer l'humidité du sol")
    hits = operations.library.search("mesurer l'humidité du sol", top=5)
    assert [d.page_content for d in found] == [h.passage.text for h in hits]
    first = found[0].metadata
    assert (first["certification"], first["block"]) in (("RNCP90011", 2), ("RNCP90012", 1))
    document = operations.library.document(first["source"])
    for quote, (start, end) in zip(first["quotes"], first["lines"], strict=True):
        assert "".join(quote.split()) in "".join("".join(document.lines[start - 1 : end]).split())
    assert [d.metadata["score"] for d in found] == sorted((d.metadata["score"] for d in found), reverse=True)


def test_filters_hold_and_chains_take_it(operations):
    retriever = AcquisRetriever(library=operations.library, filters=Filters(certifications=("RNCP90013",)))
    chain = retriever | RunnableLambda(lambda found: {d.metadata["source"] for d in found})
    assert chain.invoke("réparer") == {"autre.xml"}
