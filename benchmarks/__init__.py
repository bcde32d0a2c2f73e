"""Where do I find how fast the app is? Each module here measures one thing; `python -m benchmarks` measures all."""
