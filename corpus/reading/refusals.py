"""Every reason to refuse a file, worded once: a child process names the reason, its parent words it.

Because only a reason and numbers come back from a child, no error can hold a line of a file.
"""

from __future__ import annotations

from corpus.errors import TooLarge, UnreadableFile

Fact = int | str


class Refused(Exception):
    """A refusal before it is worded.

    Args:
        reason: a key of WORDS.
        facts: what fills its holes: numbers, and for `seems` and `kind` a key of KINDS.
    """

    def __init__(self, reason: str, **facts: Fact) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


# What a file may be: key, French, English.
KINDS = {
    "text": ("un fichier texte", "a text file"),
    "pdf": ("un PDF", "a PDF"),
    "docx": ("un document Word (DOCX)", "a Word document (DOCX)"),
    "odt": ("un document OpenDocument (ODT)", "an OpenDocument text (ODT)"),
    "html": ("une page HTML", "an HTML page"),
    "xml": ("un fichier XML", "an XML file"),
    "sheet": ("un classeur (Excel ou OpenDocument)", "a spreadsheet (Excel or OpenDocument)"),
    "slides": ("un diaporama (PowerPoint ou OpenDocument)", "a slide show (PowerPoint or OpenDocument)"),
    "epub": ("un livre EPUB", "an EPUB book"),
    "zip": ("une archive ZIP", "a ZIP archive"),
    "archive": ("une archive compressée", "a compressed archive"),
    "office": ("un fichier de l'ancien format Office (.doc, .xls, .ppt)", "a file of the old Office format"),
    "rtf": ("un document RTF", "an RTF document"),
    "image": ("une image", "a picture"),
    "media": ("un enregistrement audio ou vidéo", "an audio or video recording"),
    "program": ("un programme", "a program"),
    "binary": ("un fichier binaire d'un format inconnu", "a binary file of an unknown format"),
}

_ACCEPTED = ("Formats acceptés : TXT, PDF, DOCX, ODT, HTML, XML.", "Accepted: TXT, PDF, DOCX, ODT, HTML, XML.")
_SPLIT = ("Découpez-le en fichiers plus petits.", "Split it into smaller files.")

# Reason: what is wrong and what to do, in French and in English.
WORDS = {
    "missing": (
        "introuvable. Vérifiez le chemin du fichier.",
        "not found. Check the path of the file.",
    ),
    "not_a_file": (
        "n'est pas un fichier ordinaire. Indiquez un fichier.",
        "not a regular file. Give a file.",
    ),
    "denied": (
        "ne peut pas être ouvert. Vérifiez vos droits de lecture sur ce fichier.",
        "cannot be opened. Check that you may read it.",
    ),
    "empty": (
        "fichier vide : il ne contient aucun texte. Vérifiez qu'il a été enregistré ou téléchargé en entier.",
        "empty: it holds no text. Check that it was saved or downloaded completely.",
    ),
    "foreign": (
        f"ce fichier semble être {{seems}}, un format qu'Acquis ne lit pas. {_ACCEPTED[0]}",
        f"this file seems to be {{seems}}, a format that Acquis does not read. {_ACCEPTED[1]}",
    ),
    "legacy": (
        "ce fichier semble être {seems}. Ouvrez-le et enregistrez-le en DOCX ou en PDF.",
        "this file seems to be {seems}. Open it and save it as DOCX or PDF.",
    ),
    "encrypted": (
        "{kind} protégé par un mot de passe. Retirez la protection (enregistrez-en une copie sans mot de passe).",
        "{kind} protected by a password. Remove the protection (save a copy without password).",
    ),
    "broken": (
        "{kind} abîmé ou incomplet. Téléchargez ou enregistrez-le à nouveau.",
        "{kind} damaged or incomplete. Download or save it again.",
    ),
    "scanned": (
        "PDF numérisé : {pages} page(s) d'images, sans texte lisible. Numérisez-le mieux (300 points par pouce, droit, "
        "net), passez-le par une reconnaissance de caractères (OCR), ou demandez le fichier d'origine.",
        "scanned PDF: {pages} page(s) of pictures without text that can be read. Scan it better (300 dots an inch, "
        "straight, sharp), run it through optical character recognition (OCR), or ask for the original file.",
    ),
    "unseen": (
        "PDF dont le texte est invisible ({pages} page(s)) : texte caché, ou couche de texte sans son image. Acquis "
        "ne lit que ce qui se voit : demandez le fichier d'origine, ou enregistrez-le en TXT.",
        "PDF whose text is invisible ({pages} page(s)): hidden text, or a layer of text without its picture. "
        "Acquis reads only what can be seen: ask for the original file, or save the text as TXT.",
    ),
    "unrecognised": (
        "PDF numérisé : {pages} page(s) d'images, sans texte. Installez Tesseract pour qu'Acquis le lise (sous Debian "
        "ou Ubuntu : sudo apt install tesseract-ocr tesseract-ocr-fra), ou demandez le fichier d'origine.",
        "scanned PDF: {pages} page(s) of pictures without text. Install Tesseract for Acquis to read it (on Debian or "
        "Ubuntu: sudo apt install tesseract-ocr tesseract-ocr-fra), or ask for the original file.",
    ),
    "unseen_scan": (
        "PDF numérisé ({pages} page(s)) dont le texte est invisible sous l'image : Acquis ne se fie qu'à ce qui se "
        "voit. Installez Tesseract pour qu'il lise l'image (sous Debian ou Ubuntu : sudo apt install tesseract-ocr "
        "tesseract-ocr-fra), ou demandez le fichier d'origine.",
        "scanned PDF ({pages} page(s)) whose text is invisible under its picture: Acquis trusts only what can be seen. "
        "Install Tesseract for it to read the picture (on Debian or Ubuntu: sudo apt install tesseract-ocr "
        "tesseract-ocr-fra), or ask for the original file.",
    ),
    "recogniser": (
        "PDF numérisé, et Tesseract ne fonctionne pas ici. Réinstallez tesseract-ocr et tesseract-ocr-fra, ou demandez "
        "le fichier d'origine.",
        "scanned PDF, and Tesseract does not work here. Install tesseract-ocr and tesseract-ocr-fra again, or ask for "
        "the original file.",
    ),
    "scanned_pages": (
        f"trop de pages numérisées : la limite est de {{limit}}. {_SPLIT[0]}",
        f"too many scanned pages: the limit is {{limit}}. {_SPLIT[1]}",
    ),
    "lost_letters": (
        "encodage abîmé : {count} lettres accentuées ont été remplacées par « � » et sont perdues. Reprenez le fichier "
        "d'origine et enregistrez-le en UTF-8.",
        "corrupted encoding: {count} accented letters were replaced by “�” and are lost. Go back to the original file "
        "and save it as UTF-8.",
    ),
    "double_encoded": (
        "encodage abîmé : {count} lettres accentuées sont encodées deux fois (« Ã© » pour « é »). Reprenez le fichier "
        "d'origine et enregistrez-le en UTF-8, une seule fois.",
        "corrupted encoding: {count} accented letters are encoded twice (“Ã©” for “é”). Go back to the original file "
        "and save it as UTF-8, once.",
    ),
    "unknown_encoding": (
        "encodage non reconnu : ni UTF-8 ni Windows-1252. Enregistrez le fichier en UTF-8.",
        "unknown encoding: neither UTF-8 nor Windows-1252. Save the file as UTF-8.",
    ),
    "entities": (
        "{kind} contenant une DTD ou des déclarations d'entités, refusées par sécurité. Retirez sa déclaration "
        "<!DOCTYPE …>, ou demandez un export qui n'en a pas.",
        "{kind} with a DTD or entity declarations, refused for safety. Remove its <!DOCTYPE …> declaration, or ask "
        "for an export without it.",
    ),
    "malformed": (
        "fichier XML mal formé à la ligne {line}. Corrigez ou téléchargez à nouveau le fichier.",
        "malformed XML at line {line}. Correct the file or download it again.",
    ),
    "no_number": (
        "fiche sans numéro RNCP ou RS. Signalez-la à qui a produit le fichier ; les autres fiches sont lues.",
        "fiche without an RNCP or RS number. Tell who made the file; the other fiches are read.",
    ),
    "no_fiche": (
        "aucune fiche RNCP ou RS dans ce fichier. Indiquez l'export XML (V4.1) de France compétences, ou le ZIP qui le "
        "contient.",
        "no RNCP or RS fiche in this file. Give the XML export (V4.1) of France compétences, or the ZIP that holds it.",
    ),
    "no_page": (
        "ce document n'a pas de page {page} : il en a {pages}.",
        "this document has no page {page}: it has {pages}.",
    ),
    "not_pdf": (
        "seuls les PDF ont des images de pages ; ce fichier semble être {seems}.",
        "only PDFs have page images; this file seems to be {seems}.",
    ),
    "crashed": (
        "la lecture s'est arrêtée brutalement : le fichier est abîmé ou malveillant. Enregistrez-en une nouvelle copie "
        "(en PDF ou en TXT) et réessayez.",
        "its reader crashed: the file is damaged or malicious. Save a new copy (as PDF or TXT) and try again.",
    ),
    "size": (
        f"fichier trop gros : {{megabytes}} Mo, la limite est de {{limit}} Mo. {_SPLIT[0]}",
        f"too large: {{megabytes}} MB, the limit is {{limit}} MB. {_SPLIT[1]}",
    ),
    "inflated": (
        f"une fois décompressé, ce document dépasserait {{limit}} Mo (« bombe » ou images énormes). {_SPLIT[0]}",
        f"uncompressed, this document would exceed {{limit}} MB (a “bomb”, or huge pictures). {_SPLIT[1]}",
    ),
    "pages": (
        f"trop de pages : {{pages}}, la limite est de {{limit}}. {_SPLIT[0]}",
        f"too many pages: {{pages}}, the limit is {{limit}}. {_SPLIT[1]}",
    ),
    "time": (
        f"la lecture a dépassé {{seconds}} secondes et a été arrêtée. {_SPLIT[0]}",
        f"reading it took more than {{seconds}} seconds and was stopped. {_SPLIT[1]}",
    ),
    "memory": (
        f"la lecture a dépassé {{megabytes}} Mo de mémoire et a été arrêtée. {_SPLIT[0]}",
        f"reading it took more than {{megabytes}} MB of memory and was stopped. {_SPLIT[1]}",
    ),
    "output": (
        f"son texte dépasse {{megabytes}} Mo. {_SPLIT[0]}",
        f"its text exceeds {{megabytes}} MB. {_SPLIT[1]}",
    ),
}

_TOO_LARGE = {"size", "inflated", "pages", "time", "memory", "output", "scanned_pages"}


def worded(name: str, reason: str, facts: dict[str, Fact]) -> UnreadableFile:
    """The error for a refused file: its name, what is wrong and what to do.

    Raises:
        KeyError: if the reason or one of its facts is unknown.
    """
    french, english = (
        words.format_map({key: _fact(value, language) for key, value in facts.items()})
        for language, words in enumerate(WORDS[reason])
    )
    kind = TooLarge if reason in _TOO_LARGE else UnreadableFile
    return kind(f"{name!r}: {english}", f"« {name} » : {french}", f"“{name}”: {english}")


def _fact(value: Fact, language: int) -> Fact:
    return KINDS[value][language] if isinstance(value, str) else value
