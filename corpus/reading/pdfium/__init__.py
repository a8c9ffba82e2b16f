"""The one door to PDFium: what a page shows, and how it looks."""

from corpus.reading.pdfium.file import Pdf, Pixels

__all__ = ["Pdf", "Pixels"]
