"""HTTP beside the pages: what programs, browsers that follow a link, and those who run the app ask for."""
