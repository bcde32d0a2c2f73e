"""One MLflow run per training: what went in, what came out, and how to repeat it."""
