"""Numbers that each analysis set of the trial prints, and the choice of the set a page shows."""
