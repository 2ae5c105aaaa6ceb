"""Within which time the numbers of a body name one document each: State, the calendar year; Party, the term."""

# Months in which Party congresses sit, level by level, and the remainder of their year by five (2020, 2025; the
# national one a year later). 36-HD/VPTW II.1.3: numbers run from congress to congress; 35-CT/TW (2019) and 45-CT/TW
# (2025) set the calendar: cells and communes first, then districts, provinces by October, the nation in January.
_CONGRESSES = {
    "grassroots": (0, "01-01", "06-30"),
    "commune": (0, "03-01", "08-31"),
    "district": (0, "05-01", "09-30"),
    "province": (0, "08-01", "11-30"),
    "central": (1, "01-01", "02-28"),
}


def same_period(system: str, level: str, earlier: str, later: str) -> bool:
    """True where both ISO dates surely lie in one numbering period of a body of ``system`` and ``level``.

    While a congress may be sitting, nothing is sure: ("party", "province", "2020-09-01", "2020-12-01") is false.
    """
    if system != "party":
        return earlier[:4] == later[:4]
    if level not in _CONGRESSES:
        return False
    remainder, opening, closing = _CONGRESSES[level]
    years = (year for year in range(int(earlier[:4]), int(later[:4]) + 1) if year % 5 == remainder)
    return not any(earlier <= f"{year}-{closing}" and later >= f"{year}-{opening}" for year in years)
