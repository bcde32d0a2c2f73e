"""What stops a command, as one sentence for the person who started it."""


class Problem(Exception):
    """The input or the surroundings do not allow an answer; the text says what to do."""


class ServerProblem(Problem):
    """The tracking server does not answer, or refuses."""
