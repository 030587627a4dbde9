"""Tools that build, check and prove the shop; none of them ships with it."""
