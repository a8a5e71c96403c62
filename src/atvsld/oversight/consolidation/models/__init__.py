from atvsld.oversight.consolidation.models.accepted import ConsolidatedFile, ConsolidatedReport
from atvsld.oversight.consolidation.models.counted import CountedReport
from atvsld.oversight.consolidation.models.uncounted import UncountedReporter

__all__ = ["ConsolidatedFile", "ConsolidatedReport", "CountedReport", "UncountedReporter"]
