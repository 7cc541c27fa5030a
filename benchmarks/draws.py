"""What is drawn at random to be read by eye."""

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

DRAWN = 200
"""How many a draw takes, unless it says otherwise."""

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True)
class Draw:
    """A number of things drawn at random, none of them in an earlier draw."""

    title: str
    seed: int
    size: int = DRAWN


def draw_apart(population: Sequence[Thing], draws: Sequence[Draw]) -> list[list[Thing]]:
    """What each draw takes of a population, in the order in which it takes them. The population's order decides."""
    left, drawn = list(population), list[list[Thing]]()
    for draw in draws:
        chosen = random.Random(draw.seed).sample(left, draw.size)
        drawn.append(chosen)
        taken = set(chosen)
        left = [thing for thing in left if thing not in taken]
    return drawn
