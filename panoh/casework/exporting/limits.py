"""How little leaves on a file: kept by the steps and by the database."""

MOST_FAMILIES = 25
MOST_PEOPLE = 200
MOST_FETCHES = 3
KEPT_DAYS = 7
