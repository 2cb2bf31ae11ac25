"""HTTP as a client sees it: each door, bad input, the pages, and what OpenAPI promises."""
