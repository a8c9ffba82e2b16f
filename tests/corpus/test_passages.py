"""Passages: everything once, bounded, under its ancestors, and not a word lost."""

from hypothesis import given, settings
from hypothesis import strategies as st
from layout_documents import text_document

from corpus.document import Quote, squeeze
from corpus.layouts import recognise
from corpus.packing import packed, split
from corpus.passages import passages
from corpus.reading import read
from corpus.referential import Block, Competence, Criterion, Facet, Fact, Part, Referential, Section


def words(text: str) -> int:
    return len(text.split())


def part(kind, *texts: str, line: int = 1):
    return kind(tuple(Quote(text, line, line) for text in texts))


WORDS = st.text("abcé .;:!()\n", min_size=1, max_size=60).map(lambda t: " ".join(t.split())).filter(bool)


@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(1, 12))
@settings(max_examples=200)
def test_splitting_loses_no_character_and_keeps_the_limit(texts, limit):
    quotes = [Quote(text, number, number) for number, text in enumerate(texts, 1)]
    groups = split(quotes, words, limit)
    assert squeeze("".join(q.text for g in groups for q in g)) == squeeze("".join(texts))
    assert all(words(" ".join(q.text for q in g)) <= limit for g in groups)
    assert all(squeeze(q.text) in squeeze(texts[q.first - 1]) for g in groups for q in g)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=6), st.integers(1, 40))
@settings(max_examples=200)
def test_packing_loses_no_character_and_keeps_the_limit(texts, limit):
    quotes = [tuple(Quote(text, 1, 1) for text in each) for each in texts]
    groups = packed(quotes, words, limit)
    assert squeeze("".join(q.text for g in groups for q in g)) == squeeze("".join(t for each in texts for t in each))
    assert all(words(" ".join(q.text for q in g)) <= limit for g in groups)


def test_a_long_text_is_cut_at_the_ends_of_its_sentences_first():
    quotes = [Quote("Un deux trois. Quatre cinq six. Sept huit.", 4, 5)]
    assert [[q.text for q in g] for g in split(quotes, words, 6)] == [
        ["Un deux trois. Quatre cinq six."],
        ["Sept huit."],
    ]
    assert [[q.text for q in g] for g in split(quotes, words, 2)] == [
        ["Un deux"], ["trois."], ["Quatre cinq"], ["six."], ["Sept huit."],
    ]  # fmt: skip


def test_a_word_longer_than_the_limit_stays_whole():
    assert split([Quote("https://exemple.example/tres/long court", 1, 1)], len, 10) == [
        (Quote("https://exemple.example/tres/long", 1, 1),),
        (Quote("court", 1, 1),),
    ]


REFERENTIAL = Referential(
    source="pain.txt",
    layout="plain",
    title="Boulangerie",
    code="RNCP99001",
    blocks=(
        Block(
            number=2,
            title="Cuire le pain",
            heading=part(Part, "Cuire le pain", line=3),
            competences=(
                Competence(
                    (Quote("Enfourner la pâte", 4, 4),),
                    number="2.1",
                    details=(part(Part, "à la pelle", line=5), part(Part, "sans la déchirer", line=6)),
                    criteria=(
                        part(Criterion, "Le four est chaud", line=7),
                        part(Criterion, "La croûte craque", line=8),
                    ),
                ),
                Competence((Quote("Sourire au client", 9, 9),), transversal=True),
            ),
        ),
    ),
    sections=(
        Section(
            Facet.COMPETENCES,
            "Compétences attestées",
            (part(Part, "Bloc 1 : Cuire le pain", line=20), part(Part, "enfourner la pâte.", line=21)),
        ),
        Section(Facet.JOBS, "Emplois", (part(Part, "Boulanger", line=22), part(Part, "Pâtissier", line=23))),
    ),
    facts=(
        Fact(Facet.STATISTICS, "2020 · Nombre", "8", Quote("2020 8 90", 30, 30)),
        Fact(Facet.STATISTICS, "2020 · Taux", "90", Quote("2020 8 90", 30, 30)),
        Fact(Facet.JOBS, "Emplois", "Boulanger", Quote("Boulanger", 22, 22)),
    ),
)


def found(facet, limit=160):
    return [p for p in passages(REFERENTIAL, words, limit) if p.facet is facet]


def test_a_competence_stands_with_its_details_under_its_certification_and_block():
    (passage,) = found(Facet.COMPETENCES)
    assert passage.ancestors == ("RNCP99001, Boulangerie", "Bloc 2 : Cuire le pain")
    assert passage.text == "Enfourner la pâte à la pelle sans la déchirer"
    assert (passage.source, passage.certification, passage.block) == ("pain.txt", "RNCP99001", 2)


def test_details_that_do_not_fit_have_passages_of_their_own_under_the_competence():
    own, *details = found(Facet.COMPETENCES, limit=4)
    assert own.text == "Enfourner la pâte"
    assert [d.text for d in details] == ["à la pelle", "sans la déchirer"]
    assert {d.ancestors[-1] for d in details} == {"2.1 Enfourner la pâte"}


def test_criteria_share_a_passage_and_a_transversal_competence_has_its_facet():
    (criteria,) = found(Facet.CRITERIA)
    assert [q.text for q in criteria.quotes] == ["Le four est chaud", "La croûte craque"]
    assert criteria.ancestors[2:] == ("2.1 Enfourner la pâte", "Critères d'évaluation")
    assert [p.text for p in found(Facet.TRANSVERSAL)] == ["Sourire au client"]


def test_a_block_is_found_by_its_title():
    assert [(p.block, p.text) for p in found(Facet.BLOCKS)] == [(2, "Cuire le pain")]


def test_what_a_list_repeats_of_the_blocks_is_not_said_twice():
    assert [p.block for p in found(Facet.COMPETENCES)] == [2]


def test_facts_of_one_line_are_one_passage_and_those_of_a_section_none():
    (row,) = found(Facet.STATISTICS)
    assert (row.text, row.block) == ("2020 8 90", None)
    assert row.ancestors == ("RNCP99001, Boulangerie", "Statistiques", "2020 ; Nombre ; Taux")
    (jobs,) = found(Facet.JOBS)
    assert [q.text for q in jobs.quotes] == ["Boulanger", "Pâtissier"]


def test_every_passage_of_the_genuine_documents_is_verbatim_bounded_and_said_once(shared):
    for path in sorted((shared / "corpus").glob("*.txt")):
        document = read(path)
        for referential in recognise(document):
            made = passages(referential, words, 60)
            assert all(document.holds(q) for p in made for q in p.quotes), path.name
            assert all(words(p.text) <= 60 for p in made), path.name
            said = [(p.quotes, p.facet) for p in made]
            assert len(said) == len(set(said)), path.name


def test_the_title_of_every_block_and_each_competence_is_in_a_passage(shared):
    (path,) = (shared / "corpus").glob("002_*.txt")
    (referential,) = recognise(read(path))
    made = passages(referential, words, 10_000)
    for block in referential.blocks:
        own = [p for p in made if p.block == block.number]
        assert any(p.facet is Facet.BLOCKS and p.text == block.title for p in own)
        assert all(any(p.text == c.text for p in own) for c in block.competences)
    listed = [p for p in made if p.block is None and p.facet in (Facet.COMPETENCES, Facet.ACTIVITIES)]
    assert listed == [], "the page's second list of the same competences is not indexed again"


def test_passages_of_a_text_without_any_structure():
    (referential,) = recognise(text_document("Une seule phrase sans rien d'autre autour."))
    made = passages(referential, words)
    assert [p.text for p in made] == ["Une seule phrase sans rien d'autre autour."]
