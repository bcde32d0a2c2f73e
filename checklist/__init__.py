"""What is asked: the checklist's content and its model, with no opinion about scores."""
