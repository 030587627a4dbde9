"""The catalogue: what the shop sells."""
