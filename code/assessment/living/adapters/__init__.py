"""One file for each kind of source: what it is asked, and how its answer becomes records."""
