"""Stands in for the segmenter where it cannot be installed: cuts Chinese at random, and never within [A-Za-z0-9]+.

Token ids must not depend on where words end, so any cut has to do.
"""

import random
import re

_random = random.Random(7)


def cut(text, hmm):
    pieces = re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9]", text, flags=re.DOTALL)
    words = []
    for piece in pieces:
        joins = words and not piece.isascii() and not words[-1].isascii() and _random.random() < 0.5
        if joins:
            words[-1] += piece
        else:
            words.append(piece)
    return words
