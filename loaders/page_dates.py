"""The date of a page: what a report leaves out ("Ngày 23/7") is worked out from it, and marked inferred."""

import re
from collections import Counter

# "27/10/2021 17:30", "Thứ tư, 27/10/2021", a crawler's "date 2021-07"
_PAGE = re.compile(
    r"(?:^|\n)[^\n]{0,30}?\b\d{1,2}[/-]\d{1,2}[/-](?P<y>20\d\d)\b[^\n]{0,20}(?=\n)|^\s*date\s+(?P<iso>20\d\d)-\d\d"
)
_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?P<y>20\d\d)\b|tháng\s+\d{1,2}\s+năm\s+(?P<w>20\d\d)")


def page_year(text: str) -> int | None:
    """The year in which a page was published: its date line, else the year of most full dates in its text."""
    line = _PAGE.search(text[:3000])
    if line:
        return int(line["y"] or line["iso"])
    years = Counter(found["y"] or found["w"] for found in _YEAR.finditer(text))
    return int(years.most_common(1)[0][0]) if years else None
