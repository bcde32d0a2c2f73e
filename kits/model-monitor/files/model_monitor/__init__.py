"""Have a model's inputs moved away from its training data, and is it less often right?"""
