"""Bodies of the catalogue: `public` for buyers (documentation of ready JSON), `staff` for staff."""
