"""What comes in and goes out as files: answers, results and whole workspaces."""
