"""``make attribution``: the effect of each change of the data since another version, kept as data."""
