"""Invented referentials of other trades, as tables that the tests print in several house styles."""

from printed_table import PrintedBlock, Row

ACCOUNTING = [
    PrintedBlock(
        "BLOC 1 : Tenue de la comptabilité courante d'une petite entreprise",
        [
            "- Enregistrement des factures d'achat et de vente",
            "- Rapprochement des relevés bancaires",
            "- Relance des clients en retard de paiement",
            "- Classement et archivage des pièces justificatives",
        ],
        [
            Row(
                [
                    "Enregistrer les opérations courantes dans le logiciel de l'entreprise, en respectant le plan comptable et les délais de clôture."
                ],
                [
                    "E1. Etude de cas :",
                    "A partir de pièces fournies, le candidat doit saisir un mois d'écritures et justifier ses imputations.",
                ],
                ["Le candidat impute chaque pièce au bon compte. Les écritures sont équilibrées et datées."],
            ),
            Row(
                [
                    "Contrôler les comptes de banque et de tiers afin de détecter les écarts et de les expliquer au dirigeant."
                ],
                [
                    "E2. Mise en situation :",
                    "Le candidat doit rapprocher un relevé de douze lignes avec le grand livre, puis exposer oralement les écarts trouvés.",
                ],
                [
                    "Le candidat trouve tous les écarts. Il propose pour chacun une correction motivée. L'exposé est clair et tient dans le temps imparti."
                ],
            ),
        ],
    ),
    PrintedBlock(
        "BLOC 2 : Gestion de la paie et des déclarations sociales",
        [
            "- Collecte des éléments variables de paie",
            "- Edition des bulletins",
            "- Transmission des déclarations sociales nominatives",
            "- Veille sur les conventions collectives",
        ],
        [
            Row(
                [
                    "Etablir les bulletins de paie des salariés à partir des éléments variables collectés auprès des responsables d'équipe."
                ],
                [
                    "E3. Epreuve pratique :",
                    "Sur la base d'un dossier de trois salariés, le candidat doit éditer les bulletins du mois dans un logiciel du marché.",
                ],
                ["Les bulletins sont exacts au centime. Le candidat justifie le taux de chaque cotisation."],
            ),
            Row(
                ["Transmettre les déclarations sociales aux organismes dans le respect du calendrier légal."],
                [
                    "E1. Etude de cas :",
                    "Le candidat doit préparer une déclaration nominative et traiter le compte rendu de rejet de l'organisme.",
                ],
                ["Le candidat corrige les anomalies signalées. La déclaration est acceptée au second envoi."],
            ),
            Row(
                ["Conseiller le dirigeant sur le coût d'une embauche en comparant plusieurs formes de contrat."],
                [
                    "E4. Oral :",
                    "Le candidat doit présenter une comparaison chiffrée de deux contrats devant un jury de deux professionnels.",
                ],
                ["Le candidat cite les aides en vigueur. Les chiffres présentés sont justes et comparables."],
            ),
        ],
    ),
    PrintedBlock(
        "BLOC 3 : Accompagnement du dirigeant par des tableaux de bord",
        ["- Construction d'indicateurs", "- Mise à jour mensuelle des tableaux", "- Présentation des résultats"],
        [
            Row(
                [
                    "Concevoir un tableau de bord adapté à l'activité en choisissant avec le dirigeant les indicateurs utiles à ses décisions."
                ],
                [
                    "E2. Mise en situation :",
                    "Dans une entreprise fictive, le candidat doit proposer cinq indicateurs et la façon de les calculer.",
                ],
                [
                    "Les indicateurs sont calculables avec les données de l'entreprise. Le candidat en explique les limites."
                ],
            )
        ],
    ),
]

CARE = [
    PrintedBlock(
        "1. Accompagnement de la personne dans les gestes du quotidien",
        [
            "Contexte et enjeu",
            "L'accompagnant de proximité en santé est présent chaque jour auprès de personnes fragiles, à domicile ou en établissement.",
            "Description",
            "¤ Aider au lever, à la toilette et à l'habillage.",
            "¤ Veiller au confort et à la sécurité de la personne.",
        ],
        [
            Row(
                [
                    "1.1. Aider une personne dépendante à faire sa toilette, en respectant sa pudeur et son rythme.",
                    "¤ Préparer le matériel et la salle d'eau.",
                    "¤ Expliquer chaque geste avant de le faire.",
                ],
                [
                    "Modalités :",
                    "• Mise en situation en chambre équipée",
                    "• Durée : 30 minutes",
                    "• Jury : un formateur et un professionnel",
                ],
                [
                    "¤ Respect de la pudeur et du consentement.",
                    "¤ Qualité de l'installation du matériel.",
                    "¤ Maitrise des gestes d'hygiène.",
                ],
            ),
            Row(
                [
                    "1.2. Prévenir les chutes dans le logement afin de préserver l'autonomie de la personne.",
                    "¤ Repérer les obstacles et les sols glissants.",
                    "¤ Proposer des aménagements simples à la famille.",
                ],
                ["Exemples de projet :", "- Visite d'un logement témoin", "- Rédaction d'une fiche de conseils"],
                ["¤ Pertinence des risques repérés.", "¤ Clarté des conseils donnés à la famille."],
            ),
            Row(
                [
                    "1.3. Travailler avec l'équipe et la famille dans un climat de confiance, en communiquant avec tact et discrétion.",
                    "¤ Transmettre les observations utiles.",
                    "¤ Écouter sans juger.",
                ],
                ["Modalités :", "- Jeux de rôles avec un comédien"],
                ["¤ Qualité de l'écoute.", "¤ Les transmissions sont fidèles et datées."],
            ),
        ],
    ),
    PrintedBlock(
        "2. Entretien du cadre de vie et préparation des repas",
        [
            "Contexte et enjeu",
            "Un logement propre et des repas équilibrés retardent l'entrée en établissement.",
            "Description",
            "¤ Entretenir le linge et le logement.",
            "¤ Préparer des repas adaptés.",
        ],
        [
            Row(
                [
                    "2.1. Entretenir le logement et le linge selon un plan de travail convenu avec la personne.",
                    "¤ Doser les produits en suivant leur notice.",
                    "¤ Trier le linge par matière.",
                ],
                ["Modalités :", "• Épreuve pratique dans un appartement", "• Durée : 1 heure"],
                ["¤ Respect des dosages et des consignes de sécurité.", "¤ Bonne organisation du travail."],
            ),
            Row(
                [
                    "2.2. Préparer un repas équilibré en tenant compte du régime et des goûts de la personne.",
                    "¤ Composer un menu de la semaine.",
                    "¤ Adapter les textures en cas de trouble de la déglutition.",
                ],
                ["Projet cuisine : composition et réalisation d'un menu pour deux personnes, avec budget."],
                ["¤ Cohérence du menu avec le régime prescrit.", "¤ Niveau de maîtrise du budget."],
            ),
            Row(
                [
                    "2.3. Travailler avec l'équipe et la famille dans un climat de confiance, en communiquant avec tact et discrétion.",
                    "¤ Rendre compte des achats.",
                ],
                ["Modalités :", "- Jeux de rôles avec un comédien"],
                ["¤ Qualité de l'écoute.", "¤ Exactitude des comptes présentés."],
            ),
        ],
    ),
]

GARDENING = [
    PrintedBlock(
        "BLOC DE COMPETENCES 1 – Créer un aménagement paysager",
        [
            "A1.1 – Relevé du terrain et analyse du sol",
            "A1.2 – Plantation des végétaux et pose des bordures",
            "A1.3 – Suivi de la reprise des plants",
        ],
        [
            Row(
                [
                    "C1.1 – Analyser le terrain, son exposition et son sol afin de choisir des végétaux adaptés au climat local."
                ],
                [
                    "Mise en situation professionnelle reconstituée : le candidat réalise le relevé d'une parcelle de 200 m² et rédige une note de synthèse.",
                    "Durée : 3 heures",
                ],
                [
                    "- Les mesures sont exactes",
                    "- La nature du sol est identifiée",
                    "- Les végétaux proposés conviennent à l'exposition",
                ],
            ),
            Row(
                [
                    "C1.2 – Planter des arbres et des arbustes en respectant les distances et les périodes, pour assurer leur reprise."
                ],
                ["Epreuve pratique sur le terrain : plantation d'une haie de dix mètres."],
                ["- Les distances sont respectées", "- L'arrosage est suffisant", "- Le chantier est laissé propre"],
            ),
            Row(
                ["C1.3 – Poser des bordures et des dallages à partir d'un plan coté fourni par le bureau d'études."],
                ["Epreuve pratique sur le terrain : pose d'un dallage de quatre mètres carrés."],
                ["- Les niveaux sont justes", "- Les coupes sont nettes"],
            ),
        ],
    ),
    PrintedBlock(
        "BLOC DE COMPETENCES 2 – Entretenir les espaces verts",
        ["A2.1 – Tonte, taille et désherbage", "A2.2 – Entretien des machines"],
        [
            Row(
                [
                    "C2.1 – Tailler les végétaux selon leur espèce et leur port naturel, en respectant les règles de sécurité au travail en hauteur."
                ],
                [
                    "Observation en situation de travail pendant la période en entreprise, à l'aide d'une grille remplie par le tuteur."
                ],
                ["- La taille respecte la saison et l'espèce", "- Les équipements de protection sont portés"],
            ),
            Row(
                ["C2.2 – Entretenir les machines et les outils afin de prolonger leur durée de vie."],
                ["Questionnaire à choix multiples de vingt questions."],
                ["- 70 % de bonnes réponses au moins"],
            ),
        ],
    ),
    PrintedBlock(
        "BLOC DE COMPETENCES 3 – Organiser son chantier et conseiller la clientèle",
        ["A3.1 – Préparation du chantier", "A3.2 – Relation avec la clientèle"],
        [
            Row(
                [
                    "C3.1 – Organiser le chantier en planifiant les tâches, les livraisons et les déplacements de l'équipe."
                ],
                ["Etude de cas écrite : à partir d'un devis accepté, le candidat établit le planning d'une semaine."],
                ["- Le planning tient compte de la météo", "- Les livraisons précèdent les travaux"],
            ),
            Row(
                [
                    "C3.2 – Conseiller la clientèle sur l'entretien des plantations, en adaptant son discours à ses connaissances."
                ],
                ["Jeu de rôle de quinze minutes avec un jury de deux personnes."],
                ["- Les conseils sont justes et compris", "- Le ton est courtois"],
            ),
        ],
    ),
]

SHOP = [
    PrintedBlock(
        "Activité 1 : Animation du point de vente",
        ["Mettre en rayon les produits reçus", "Tenir la caisse", "Mettre en valeur les nouveautés"],
        [
            Row(
                [
                    "C1. Mettre en rayon les produits en suivant le plan de la surface de vente et les dates de péremption."
                ],
                ["Cas pratique en magasin école de 45 minutes, suivi d'un entretien avec le jury."],
                ["Les dates sont contrôlées. Le plan d'implantation est suivi."],
            ),
            Row(
                ["C2. Encaisser les achats des clients en contrôlant le fond de caisse et les moyens de paiement."],
                ["Simulation d'encaissement de dix paniers."],
                ["Aucune erreur de rendu de monnaie. La procédure de contrôle des billets est appliquée."],
            ),
        ],
    ),
    PrintedBlock(
        "Activité 2 : Conseil et vente",
        ["Accueillir les clients", "Présenter les produits", "Conclure la vente"],
        [
            Row(
                ["C3. Accueillir le client et découvrir son besoin par des questions ouvertes."],
                ["Jeu de rôle de dix minutes joué avec un membre du jury."],
                ["Le besoin est reformulé. Le client est salué dès son entrée."],
            ),
            Row(
                ["C4. Conclure la vente en proposant un produit complémentaire adapté."],
                ["Jeu de rôle de dix minutes joué avec un membre du jury."],
                ["Le produit complémentaire correspond au besoin exprimé. La prise de congé est polie."],
            ),
        ],
    ),
]
