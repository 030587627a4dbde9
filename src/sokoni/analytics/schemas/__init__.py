"""Bodies of figures and customers."""
