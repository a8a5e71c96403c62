from atvsld.oversight.consolidation.models.accepted import ConsolidatedFile, ConsolidatedReport
from atvsld.oversight.consolidation.models.counted import CountedReport

__all__ = ["ConsolidatedFile", "ConsolidatedReport", "CountedReport"]
