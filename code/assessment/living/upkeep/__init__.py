"""When each source was last looked at, and when it must be again."""
