"""What answers mean: pure functions from answers to scores, levels, fixes and sentences."""
