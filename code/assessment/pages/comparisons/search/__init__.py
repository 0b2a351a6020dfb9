"""The search for trials, and what others made of them."""
