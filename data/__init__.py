"""What is remembered: the store, its engines and its migrations; the only home of SQL."""
