"""What differs from the last look, what could hang on it, and who is told."""
