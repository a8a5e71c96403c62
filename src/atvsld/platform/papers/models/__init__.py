from atvsld.platform.papers.models.paper import Paper, PaperCounter, PaperFile
from atvsld.platform.papers.models.template import PaperTemplate

__all__ = ["Paper", "PaperCounter", "PaperFile", "PaperTemplate"]
