"""What countries tell each other: reports of conferences, lessons, proposals."""
