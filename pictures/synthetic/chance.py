"""Numbers that look random and are the same every time: everything is seeded with words."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from pictures.clock import DAY, HOUR, NOW, Clock, Values

_PEAK = 16.0
"""The busiest hour of a day."""
_INCIDENT = NOW.timestamp() - 5.5 * HOUR
"""The middle of the one bad half hour of this afternoon: it shows what the lines of limits are for."""


def random(*words: object) -> np.random.Generator:
    """A generator seeded with these words."""
    digest = blake2b("\0".join(map(str, words)).encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest))


def share(*words: object) -> float:
    """One number from 0 to 1 for these words."""
    return float(random(*words).random())


def traffic(times: Values) -> Values:
    """How busy people are, about 1 on average on a working day: quiet nights, a peak in the afternoon."""
    hour = times % DAY / HOUR
    wave = 0.5 + 0.5 * np.cos((hour - _PEAK) * 2 * np.pi / 24)
    weekday = (times // DAY + 3) % 7  # The epoch was a Thursday; Monday is 0.
    return (0.35 + 1.35 * wave**1.4) * np.where(weekday >= 5, 0.75, 1.0)  # noqa: PLR2004 -- Saturday


def incident(times: Values) -> Values:
    """How bad things are, from 0 to 1."""
    return np.exp(-(((times - _INCIDENT) / 900) ** 2) / 2)


def wander(clock: Clock, *words: object) -> Values:
    """A line about 0 that goes up and down by about 1, smoothly from point to point."""
    width = 9
    steps = random(*words, clock.length, clock.step, clock.shift).standard_normal(clock.count + width - 1)
    kernel = np.hanning(width + 2)[1:-1]
    return np.convolve(steps, kernel / np.sqrt((kernel**2).sum()), mode="valid")
