"""Where do I find starter code that closes gaps? Here: a folder each, and what reads and hands them over."""
