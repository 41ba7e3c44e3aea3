"""One module per verb; each has `main(rest)`, which answers the exit status."""
