"""What verification is made of: models as tests see them, findings, the register of tests."""
