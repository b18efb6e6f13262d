"""A short report for tests: event, bodies, officials, statements, a proposal, a position, numbers, a label."""

REPORT = """On 5 May 2024, an international conference was held on the theme "Coming home: what schools and families \
need". The event was organized by the UN Office on Drugs and Crime in cooperation with UNICEF.

The conference brought together more than 40 experts from 12 countries. The moderator of the conference was \
Anna Petrova, Regional Director of UNICEF.

Anna Petrova noted that children learn best in ordinary schools.

Ilyas Omarov, Head of the UN Office on Drugs and Crime, proposed to create a network of practitioners. He also \
stressed that foreign terrorist fighters and their families need lawyers.

Anna Petrova supported the proposal of Ilyas Omarov to create a network of practitioners.

In conclusion, the participants noted that cooperation between states is necessary.
"""
