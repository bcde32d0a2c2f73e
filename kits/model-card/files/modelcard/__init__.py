"""A model card written from the MLflow run, and a check that it is still true."""
