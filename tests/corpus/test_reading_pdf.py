"""PDF: reading order by geometry, whatever the order in which the page is drawn."""

import pytest
from pdf_maker import HEIGHT, LEFT, RIGHT, Page, across, pdf

from corpus.document import squeeze
from corpus.reading import pdf as reader
from corpus.reading.words import spelled


def lines(*pages: Page) -> list[str]:
    return list(reader.read(pdf(*pages)).lines)


def test_two_columns_are_read_one_after_the_other_whatever_the_drawing_order():
    title = "Un titre qui prend toute la largeur de la page et plus"
    tail = "Une dernière ligne, elle aussi d'un bord à l'autre de la page entière, pour finir sous les colonnes"
    page = Page().text(50, 60, title, 18).column(50, 90, LEFT).column(310, 90, RIGHT).text(50, 260, tail)
    assert lines(page) == [title, *LEFT, *RIGHT, tail]
    assert lines(across(Page().text(50, 60, title, 18), (50, LEFT), (310, RIGHT)).text(50, 260, tail)) == [
        title, *LEFT, *RIGHT, tail,
    ]  # fmt: skip
    assert lines(Page().column(310, 96, RIGHT).column(50, 90, LEFT)) == [*LEFT, *RIGHT]


def test_three_columns():
    columns = [[f"{name} {i} et quelques mots" for i in range(8)] for name in ("un", "deux", "trois")]
    page = Page()
    for x, words in zip((40, 220, 400), columns, strict=True):
        page.column(x, 90, words)
    assert lines(page) == [words for column in columns for words in column]


@pytest.mark.parametrize("leading", [13, 14])
def test_a_sidebar_is_read_apart(leading):
    side = ["Contact", "06 00 00 00 00", "jeanne@exemple.fr", "", "Langues", "Anglais B2", "Espagnol A2", "", "Piano"]
    main = [
        "Expérience", "Technicienne, Société A, de 2019 à 2022", "Installation de postes et de réseaux pour l'agence",
        "Suivi des incidents et rapport mensuel", "Aide-comptable, Société B, de 2015 à 2019",
    ]  # fmt: skip
    page = across(Page().text(40, 50, "Jeanne Exemple", 18), (40, side), leading=14)
    found = lines(page.column(200, 90, main, leading=leading))
    assert found == ["Jeanne Exemple", *filter(None, side), *main]


def test_a_coloured_panel_is_read_apart():
    page = Page().panel(0, 0, 150, HEIGHT, "0.2")
    for row, words in enumerate(["Profil", "Rigoureuse", "Curieuse"]):
        page.text(20, 60 + 40 * row, words, colour="1").text(170, 60 + 40 * row, f"Phrase {row} du corps de la page")
    assert lines(page) == ["Profil", "Rigoureuse", "Curieuse", *(f"Phrase {i} du corps de la page" for i in range(3))]


def test_a_ruled_table_is_read_cell_by_cell():
    page = Page().text(50, 40, "Avant").grid([50, 120, 300, 500], [60, 80, 120, 160])
    page.text(55, 74, "N°").text(125, 74, "Compétence").text(305, 74, "Critère")
    first = [["1"], ["Préparer le poste", "de travail"], ["Le poste est prêt", "dans le temps prévu"]]
    for top, cells in ((94, first), (134, [["2"], ["Ranger"], ["Tout est rangé"]])):
        across(page, *zip((55, 125, 305), cells, strict=True), top=top)
    page.text(50, 180, "Après")
    assert lines(page) == [
        "Avant", "N°", "Compétence", "Critère", "1", "Préparer le poste", "de travail", "Le poste est prêt",
        "dans le temps prévu", "2", "Ranger", "Tout est rangé", "Après",
    ]  # fmt: skip


def test_a_merged_cell_comes_with_its_first_row():
    page = Page().line(50, 60, 400, 60).line(50, 120, 400, 120).line(150, 90, 400, 90)
    for x in (50, 150, 400):
        page.line(x, 60, x, 120)
    page.text(155, 80, "premier").text(155, 110, "second").text(55, 95, "les deux")
    assert lines(page) == ["les deux", "premier", "second"]


def test_lists_in_columns_are_read_across():
    figures = [("Année", "Titulaires", "Taux"), ("2019", "42", "83 %"), ("2020", "37", "85 %"), ("2021", "51", "91 %")]
    page = across(Page(), *zip((60, 160, 260), map(list, zip(*figures, strict=True)), strict=True))
    assert lines(page) == ["  ".join(row) for row in figures]


def test_dates_stay_with_what_they_date():
    page, y, expected = Page().text(50, 50, "Expériences", 14), 80, ["Expériences"]
    jobs = {
        "2019-2022": ["Technicienne support, Société A", "Postes et réseaux", "Rapports mensuels"],
        "2015-2019": ["Aide-comptable, Société B", "Saisie des factures et relances"],
        "2012-2015": ["Vendeuse, Société C", "Conseil aux clients et tenue de la caisse"],
    }
    for dates, deeds in jobs.items():
        page.text(50, y, dates)
        expected += [f"{dates}  {deeds[0]}", *deeds[1:]]
        for deed in deeds:
            page.text(140, y, deed)
            y += 13
    assert lines(page) == expected


def test_dates_at_the_right_edge_end_their_line():
    page, y, expected = Page(), 60, []
    for i in range(3):
        for left, right in ((f"Poste {i}, Société {i}", f"201{i} - 202{i}"), ("Lyon, France", "CDI")):
            page.text(50, y, left).text(480, y, right)
            expected.append(f"{left}  {right}")
            y += 13
        page.text(50, y, f"Une description du poste {i} bien plus longue, qui passe le milieu de la page")
        expected.append(f"Une description du poste {i} bien plus longue, qui passe le milieu de la page")
        y += 21
    assert lines(page) == expected


def test_short_headings_among_the_dates_of_a_margin_have_their_row_for_themselves():
    page = Page().text(50, 90, "2019 – 2023").text(170, 90, "Conducteur de bus, Régie des Sables")
    page.text(170, 104, "Service de ligne et renseignement des voyageurs").text(50, 150, "ASSOCIATIONS")
    page.text(50, 170, "Depuis 2016").text(170, 170, "Arbitre, Club de la Dune").text(170, 184, "Matchs de jeunes")
    assert lines(page) == [
        "2019 – 2023  Conducteur de bus, Régie des Sables", "Service de ligne et renseignement des voyageurs",
        "ASSOCIATIONS", "Depuis 2016  Arbitre, Club de la Dune", "Matchs de jeunes",
    ]  # fmt: skip


def test_the_rest_of_a_row_of_the_page_before_stands_above_the_rows_of_its_own():
    page = Page().text(170, 60, "Tenue de la caisse").text(50, 110, "2012")
    page.text(170, 110, "Vendeuse, Halles du Port").text(170, 124, "Accueil des clients")
    page.text(50, 150, "2010").text(170, 150, "Serveuse, Bar des Quais").text(170, 164, "Service en salle")
    assert lines(page) == [
        "Tenue de la caisse", "2012  Vendeuse, Halles du Port", "Accueil des clients",
        "2010  Serveuse, Bar des Quais", "Service en salle",
    ]  # fmt: skip


def test_dates_at_the_right_edge_end_their_line_also_where_headings_are_underlined():
    page = Page()
    for row, (what, when, did) in enumerate((
        ("Bookkeeper, Rowan Mills", "2019 – 2021", "Ledgers"), ("Clerk, Rowan Mills", "2015 – 2019", "Post"),
        ("Referee, Dale Football Club", "2012 – 2014", "Matches"),
    )):  # fmt: skip
        top = 90 + 40 * row + 40 * (row == 2)
        page.text(50, top, what).text(400, top, when).text(60, top + 13, did)
    page.text(50, 180, "VOLUNTEERING").line(50, 184, 460, 184)
    assert lines(page) == [
        "Bookkeeper, Rowan Mills  2019 – 2021", "Ledgers", "Clerk, Rowan Mills  2015 – 2019", "Post", "VOLUNTEERING",
        "Referee, Dale Football Club  2012 – 2014", "Matches",
    ]  # fmt: skip


def test_cards_drawn_one_after_the_other_are_read_row_by_row():
    page = Page().text(50, 50, "Un titre qui prend toute la largeur de la page et plus", 18)
    cards = [[f"carte {name}", f"lieu de {name}", f"tâche de la carte {name}"] for name in ("a", "b", "c", "d")]
    for number, card in enumerate(cards):
        page.column(50 + 260 * (number % 2), 90 + 90 * (number // 2), card)
    assert lines(page)[1:] == [line for card in cards for line in card]


def test_short_items_that_stand_closer_than_others_do_not_go_on_in_one_another():
    page = Page()
    for top, words in zip(
        (60, 84, 108, 132, 144, 168), ("Tri", "Caisse", "Vente", "Calme de nature", "Joueur", "Judo"), strict=True
    ):
        page.text(50, top, words)
    assert reader.read(pdf(page)).torn == ()


def test_pictures_of_an_icon_font_are_bullets():
    assert spelled("\ue0b106 00 00 00 00") == "•06 00 00 00 00"
    assert spelled("\ue0b1") == spelled("\uf0b7") == "•"
    assert spelled("Télé\ue0b1phone") == "Télé\ue0b1phone"


def test_cells_centred_on_their_row_stay_in_it():
    page = Page().text(50, 79, "A1").column(120, 73, ["Trier les pièces", "reçues"], leading=13)
    page.column(320, 66, ["Le tri est exact", "et fait le jour même", "sans oubli"], leading=13)
    page.text(50, 128, "A2").text(120, 128, "Classer").column(320, 121, ["Le classement suit", "le plan"], leading=13)
    page.content.reverse()
    assert lines(page) == [
        "A1", "Trier les pièces", "reçues", "Le tri est exact", "et fait le jour même", "sans oubli",
        "A2", "Classer", "Le classement suit", "le plan",
    ]  # fmt: skip


def test_spaced_letters_are_words():
    page = Page()
    page.content.append(b"5 Tc")
    page.text(50, 60, "EXPERIENCES PRO", 14)
    page.content.append(b"0 Tc")
    assert lines(page.text(50, 90, "Une ligne à part")) == ["EXPERIENCES PRO", "Une ligne à part"]


def test_a_justified_line_with_wide_gaps_is_one_line():
    page = Page().text(50, 40, "Titre au milieu de la page").text(50, 60, "Terme")
    page.content.append(b"6 Tw")
    page.text(150, 73, "une première ligne très étirée par sa justification")
    page.content.append(b"0 Tw")
    page.column(150, 85, ["une seconde ligne bien plus serrée que la première"] * 2)
    assert len(lines(page)) == 5
    assert lines(page)[2] == "une première ligne très étirée par sa justification"


def test_terms_stay_with_their_indented_definitions():
    page, expected = Page(), []
    for i in range(5):
        words = [f"Terme {i}", f"Définition {i} du terme, en retrait sous lui", "et sur deux lignes"]
        for row, line in enumerate(words):
            page.text(50 if row == 0 else 150, 60 + 60 * i + 13 * row, line)
        expected += words
    assert lines(page) == expected


def test_bullets_stay_with_their_items():
    page = Page()
    for i in range(3):
        page.text(60, 60 + 26 * i, "•").text(80, 60 + 26 * i, f"point {i}").text(80, 73 + 26 * i, f"suite {i}")
    assert lines(page) == ["• point 0", "suite 0", "• point 1", "suite 1", "• point 2", "suite 2"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_an_upright_one(rotate):
    assert lines(Page(rotate=rotate).column(60, 100, LEFT)) == LEFT


def test_vertical_text_is_read_along():
    page = Page().text(100, 300, "texte qui monte", turn="0 1 -1 0").column(150, 200, LEFT)
    assert sorted(lines(page)) == sorted(["texte qui monte", *LEFT])


def test_no_character_is_lost_between_drawing_and_lines():
    words = across(Page().grid([40, 300, 560], [70, 150, 240]), (50, LEFT), (310, RIGHT), leading=13)
    assert sorted(squeeze("".join(lines(words)))) == sorted(squeeze("".join(LEFT + RIGHT)))
