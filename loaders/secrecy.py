"""Find the secrecy stamp of a document: MẬT, TỐI MẬT, TUYỆT MẬT in its head.

Law 29/2018/QH14 on the protection of State secrets, article 8, names the three degrees; Decree 30/2020/NĐ-CP and
36-HD/VPTW print them in the letterhead. A cited secret document ("Công văn mật số …") makes none.
"""

import re

from chidao.loaders.layout import lines_of

STAMP_LINES, LONGEST_STAMP = 30, 200
"""A stamp stands within so many lines from the top; its line is shorter, in code points."""

# A line is two columns where a page had two: "TỈNH ỦY QUẢNG NINH     MẬT", "MẬT<TAB>ĐẢNG CỘNG SẢN VIỆT NAM"
_COLUMNS = re.compile(r"\t|(?<! ) {3,}+")
# "MẬT", "[TỐI MẬT]", "** TUYỆT MẬT **", "Độ mật: Tối mật"
_STAMP = re.compile(
    r"\W*+(?:(?P<degree>TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)|(?i:(?:mức\s+)?độ\s+mật\s*:\s*(?P<named>tuyệt\s+mật|tối\s+mật|mật)))\W*+"
)


def secrecy_of(text: str) -> str | None:
    """The degree that a text's head is stamped with, "tuyệt mật", "tối mật" or "mật"; None without a stamp."""
    for line in lines_of(text)[:STAMP_LINES]:
        printed = text[line.start : min(line.end, line.start + LONGEST_STAMP)]
        for column in _COLUMNS.split(printed) if "mật" in printed.lower() else ():
            stamp = _STAMP.fullmatch(column)
            if stamp:
                return " ".join((stamp["degree"] or stamp["named"]).lower().split())
    return None
