"""What one cell of data may hold: values and dates as facts write them, formulas over names."""
