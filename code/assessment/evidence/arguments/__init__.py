"""What a function may be given: one checked reader for each kind of argument."""
