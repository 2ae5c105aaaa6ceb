"""Every pattern of the loaders needs time in proportion to the text, on its own worst texts; steps are counted."""

import re

import pytest
from backtracking import Matcher, pumps, worst_texts
from loader_patterns import all_patterns

LENGTH, RATIO, SLACK = 40, 2.5, 200


@pytest.mark.parametrize(
    ("compiled", "searched"), [pytest.param(compiled, searched, id=name) for name, compiled, searched in all_patterns()]
)
def test_steps_grow_with_the_text(compiled: re.Pattern[str], searched: bool) -> None:
    """Twice the text takes at most two and a half times the steps: no pattern is quadratic, or worse."""
    matcher = Matcher(compiled)
    count = matcher.searched if searched else matcher.matched
    for prefix, pump in pumps(compiled):
        longer = worst_texts(prefix, pump, 2 * LENGTH)
        for once, twice in zip(worst_texts(prefix, pump, LENGTH), longer, strict=True):
            few, many = count(once), count(twice)
            assert many <= RATIO * few + SLACK, (prefix, pump, once[:60], few, many)
