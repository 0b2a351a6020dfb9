"""Where every number of the published site comes from, and what its files say of themselves."""
