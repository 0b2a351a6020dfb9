"""How a source is asked: manners in one place, and answers read with limits."""
