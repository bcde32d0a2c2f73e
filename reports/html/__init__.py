"""Where do I find the chapters of the HTML report? Here: a module for those that belong together."""
