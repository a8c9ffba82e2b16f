"""The national export as France compétences publishes it: which file is the newest, and how it gets here whole."""

from corpus.feed.dataset import DATASET, Resource, newest
from corpus.feed.download import Received, Terms, download

__all__ = ["DATASET", "Received", "Resource", "Terms", "download", "newest"]
