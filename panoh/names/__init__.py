"""A person's name in any script: taken apart, keyed so that it is found, and compared with reasons."""

from panoh.names.births import BirthGuess, BirthScore, compare_births
from panoh.names.explaining import in_english
from panoh.names.keys import NORM_VERSION, Keys, keys, year_keys
from panoh.names.parsing import parse
from panoh.names.person import Part, PersonName
from panoh.names.rarity import rarity_in
from panoh.names.scoring import PartMatch, Score, similarity

__all__ = [
    "NORM_VERSION", "BirthGuess", "BirthScore", "Keys", "Part", "PartMatch", "PersonName", "Score", "compare_births",
    "in_english", "keys", "parse", "rarity_in", "similarity", "year_keys",
]  # fmt: skip
