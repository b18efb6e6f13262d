"""Pictures of the plan, laid out here and drawn with classes only."""
