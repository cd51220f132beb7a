"""What kind of page it is, told from the features of its lines taken together: a multinomial regression."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Features = NDArray[np.float32]

EVEN = 1e-3
"""Keeps the mean of a page without body finite."""


def page_features(scaled: Features, words: Array, body: Array) -> Array:
    """Return what a page looks like: four means of its lines' `scaled` features, after each other.

    They are the mean by line, by word (long lines count by their root), by word of what is likely body by its score,
    and the spread by line.
    """
    by_word = np.sqrt(words + 1)
    of_body = by_word * body
    shares = np.stack((by_word / by_word.sum(), of_body / (of_body.sum() + EVEN)))
    by_word_mean, of_body_mean = shares.astype(scaled.dtype) @ scaled
    return np.concatenate((scaled.mean(axis=0), by_word_mean, of_body_mean, scaled.std(axis=0)), dtype=np.float64)


def kind_shares(page: Array, weights: Array, bias: Array) -> Array:
    """Return how likely each kind is, summing to 1."""
    logits = page @ weights + bias
    powers = np.exp(logits - logits.max())
    shares: Array = powers / powers.sum()
    return shares
