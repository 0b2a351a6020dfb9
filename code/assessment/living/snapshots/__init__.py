"""What a source said when it was last asked: kept whole or not at all, and compared."""
