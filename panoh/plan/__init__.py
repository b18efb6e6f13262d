"""The Joint Plan of Action: what countries agreed to do together, how far it is, and how it is renewed."""
