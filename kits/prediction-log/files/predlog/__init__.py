"""One line per prediction, and the way back from it to the training data."""

from predlog.writer import PredictionLog, WriteProblem

__all__ = ["PredictionLog", "WriteProblem"]
