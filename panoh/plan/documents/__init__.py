"""Documents that are made of the plan."""
