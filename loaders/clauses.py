"""Find who is to act in a clause: its subject, or the object of a verb of command.

"Công an tỉnh phối hợp …" (subject), "Thường trực Huyện ủy yêu cầu các cơ quan …" (object), "Để …, Bộ Y tế khẩn
trương …" (subject behind an adverbial). The nouns "yêu cầu", "giao thông", "bàn giao" command nothing: a command has a
body behind it.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast

from chidao.graph.model import Body, Modality
from chidao.loaders.modality import modality_at, stated_modality
from chidao.loaders.naming import Names
from chidao.loaders.phrases import at_word, pattern, row_of

# Adverbials and topics before the main clause: "Để chủ động ứng phó, …", "Về kinh phí: …", "nếu có vướng mắc, …"
_FRONTED = re.compile(
    r"(?:để|nhằm|trong|trước|sau|từ|căn\s+cứ|theo|khi|nếu|với\s+(?:vai\s+trò|tư\s+cách)|trên\s+(?:cơ\s+sở|đây)|thời\s+gian\s+tới|"
    r"hiện\s+nay|thực\s+hiện|quá\s+trình|trường\s+hợp|đối\s+với|về|lưu\s+ý|qua|kể\s+từ|mọi|chậm\s+nhất|định\s+kỳ|hằng\s+\w+|đến\s+hết)\b"
)
# Words that join a sentence to the one before it
_JOINED = re.compile(
    r"(?:(?:vì\s+vậy|do\s+(?:đó|vậy)|tuy\s+nhiên|bên\s+cạnh\s+đó|đồng\s+thời|ngoài\s+ra|riêng|mặt\s+khác|song\s+song\s+đó|theo\s+đó|trong\s+đó|"
    r"bởi\s+vậy)\b[\s,]*)+"
)
# "Chỉ thị nêu rõ:", "Theo đó, Kế hoạch yêu cầu …", "Chỉ thị số 21 giao …": the act itself speaks
_ACT = (
    r"(?:theo\s+đó\s*,?\s*)?(?:nội\s+dung\s+)?(?:chỉ\s+thị|kế\s+hoạch|công\s+điện|công\s+văn|nghị\s+quyết|kết\s+luận|quyết\s+định|"
    r"thông\s+báo|hướng\s+dẫn|chương\s+trình|văn\s+bản)(?:\s+(?:này|trên|nêu\s+trên))?(?:\s+số\s+[\w/.-]+)?"
)
_ATTRIBUTED = re.compile(
    rf"{_ACT}(?:\s+cũng)?\s+(?:nêu\s+rõ|chỉ\s+rõ|nhấn\s+mạnh|quy\s+định|xác\s+định|yêu\s+cầu|nêu)\s*[:,]\s*"
)
_ACT_OPENS = re.compile(_ACT)
_ACT_SPEAKS = re.compile(rf"{_ACT}(?:\s+(?:của|cũng)\b[^,;.:]{{0,80}})?\s*$")
_NO_COMMAND = re.compile(
    r"\b(?:các|những|theo|đáp\s+ứng|được|bàn|chuyển|về|việc|khi\s+có|bảo\s+đảm|đảm\s+bảo|mục\s+đích\s*,|hồ\s+sơ|tờ\s+trình|để|có|một\s+số|trường\s+hợp)\s+$"
)
_TO_WHOM = re.compile(r"\s*,?\s*(?:cho\s+|đối\s+với\s+|tới\s+|đến\s+)?")
# Between the bodies and the predicate: "nhất là tại cơ sở", "theo chức năng, nhiệm vụ", "(nếu có)", "trong phạm vi …"
_QUALIFIER = re.compile(
    r"\s*(?:$|[,:(]|(?:theo|căn\s+cứ|trong|tại|trên|thuộc|trực\s+thuộc|có|nhất\s+là|đặc\s+biệt|từ|được|của|do|nêu|liên\s+quan|đóng|"
    r"với|khi|phụ\s+trách|và|ở|cấp|là|còn\s+lại|khác|nói)\b)"
)
# What was done, is said or is only told is no duty: "đã ban hành", "vừa ký", "dự hội nghị", "trân trọng thông báo"
_TOLD = re.compile(
    r"\s*(?:đã|vừa|mới|đang|sẽ|còn|chưa|dự|trân\s+trọng|cho\s+biết|cho\s+rằng|phát\s+biểu|trao\s+đổi|ghi\s+nhận|biểu\s+dương|đánh\s+giá\s+cao|"
    r"truyền\s+đạt|trực\s+tiếp\s+(?:thông\s+tin|truyền\s+đạt)|thông\s+tin\s+tới\s+toàn\s+thể|luôn\s+sẵn\s+sàng|tổ\s+chức\s+hội\s+nghị|chủ\s+trì\s+(?:cuộc\s+họp|hội\s+nghị|buổi)|"
    r"nhận\s+được|là\s+nhiệm\s+vụ|gửi\s+(?:lời|thư)\s|bày\s+tỏ|chúc\s+mừng|cảm\s+ơn|hoan\s+nghênh|"
    # "Ủy ban nhân dân tỉnh ban hành Kế hoạch … như sau:" tells; "Đảng ủy các xã ban hành kế hoạch, báo cáo …" is a duty
    r"ban\s+hành\s+(?:kế\s+hoạch|quyết\s+định|chỉ\s+thị|công\s+điện|nghị\s+quyết|kết\s+luận|hướng\s+dẫn)\b"
    r"(?=\s+số\s|\s+này\b|\s*$|[^.;]{0,300}(?:như\s+sau|sau\s*đây|:)))"
)
_UNSURE_SUBJECT = re.compile(r"\s+nào\b")
# "Việc khôi phục … phải", "Nội dung tuyên truyền phải": things are no bearers
_THING = re.compile(
    r"(?:(?:các|những|mọi|mỗi)\s+)?(?:việc|công\s+tác|nội\s+dung|hoạt\s+động|hồ\s+sơ|kinh\s+phí|văn\s+bản|kế\s+hoạch|quyết\s+định|chỉ\s+thị|báo\s+cáo|mọi\s+hoạt|"
    r"phương\s+án|hình\s+thức|thời\s+gian|đây|điều|những\s+nơi|dự\s+án|quá\s+trình|do\s+đó|hợp\s+đồng|căn\s+cứ|lộ\s+trình|đổi\s+mới|phân\s+công)\b"
)
_MODAL = re.compile(
    at_word(
        "phải",
        r"có\s+trách\s+nhiệm",
        r"chịu\s+trách\s+nhiệm",
        r"không\s+được",
        r"được\s+phép",
        r"có\s+nghĩa\s+vụ",
        "cần",
    )
    + r"\s"
)
_SENTENCE_STOP = re.compile(r"[.](?=\s|$)")
_CLAUSE_STOP = re.compile(r"[;.](?!\d)")
# Each branch begins with a letter or mark: a search skips to those; every blank of folded text is a space
_BREAK = re.compile(r",\s+(?:thì\s+)?|:\s+(?:thì\s+)?|thì(?<!\wthì)\s+| (?<!\s )\s*+(?=(?:đề\s+nghị|yêu\s+cầu)\s)")
_BREAK_ANY = re.compile(r"[,;:.](?=\s)")
_UNLISTED_VERB = re.compile(r"\s+(?=[^\W\d])(?!(?:của|và|là|về|do|gồm|bao\s+gồm|trực\s+thuộc)\b)")
_RELATIVE_CLAUSE = re.compile(r"\s+(?:được|có)\b")
# Behind an adverbial a clause opens with a capital, a group's first word or a command, not in the middle of a list
_OPENS_CLAUSE = re.compile(
    r"(?:các|cả|mỗi|từng|toàn|mọi|thủ\s+trưởng|người\s+đứng\s+đầu|lãnh\s+đạo|cấp\s+ủy|đề\s+nghị|yêu\s+cầu|giao|kính|nếu|đồng\s+chí)\b"
    r"|(?!(?:xã|phường|thị\s+trấn|thị\s+xã|thành\s+phố|huyện|quận|đặc\s+khu)\s)[^,;.:]{2,60}?\s(?:phải|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)\b"
)
_PERSON = re.compile(r"(?:các\s+)?(?:đồng\s+chí|đ/c|ông|bà)\s")
_BEGIN = frozenset({"modal", "command", "adverb", "verb"})
_LOOSE = re.compile(r"[\s,]*+")
QUALIFIER_REACH = 200
"""So many code points may qualify a subject before its predicate."""
SENTENCE_REACH, FRONTED_REACH = 4000, 1200
"""No sentence is longer, and no adverbials before its main clause are, in code points."""
SPEAKER_REACH = 1000
"""Who commands stands with all words at most so many code points before the verb."""


class Actor(NamedTuple):
    """Who is to act in a clause.

    ``start:end`` are the words that name the bearers, ``bodies`` what they name (nothing where no register knows them),
    ``action`` is where what they are to do begins. ``source`` is "subject" or "object" of a command; ``speaker`` is the
    body that commands, if named. ``told`` when the clause tells what was done and so binds nobody; ``person`` when a
    person commands.
    """

    start: int
    end: int
    action: int
    bodies: tuple[Body, ...]
    source: Literal["subject", "object"]
    modality: Modality
    speaker: Body | None = None
    told: bool = False
    person: bool = False


def predicate_after(key: str, at: int, end: int) -> int | None:
    """Where the predicate begins behind a subject that ends at ``at``; None where another thing follows."""
    first = cast(re.Match[str], _LOOSE.match(key, at, end)).end()
    if pattern("predicates", "word", _BEGIN).match(key, first, end):
        return first
    if not _QUALIFIER.match(key, at, end):
        return None
    stop = _CLAUSE_STOP.search(key, at, min(end, at + QUALIFIER_REACH))
    reach = stop.start() if stop else min(end, at + QUALIFIER_REACH)
    relative = _RELATIVE_CLAUSE.match(key, at, reach)
    modal = _MODAL.search(key, at, reach) if relative else None
    found = modal or pattern("predicates", "word", _BEGIN).search(key, at, reach)
    return found.start() if found else None


def _subject(names: Names, at: int, end: int, item: bool) -> Actor | None:
    key, named = names.clean.key, names.at(at, end)
    if not named or _UNSURE_SUBJECT.match(key, named.end, end):
        return None
    told = _tells(names, named.end, end)
    action = named.end if told else predicate_after(key, named.end, end)
    if action is None and item and named.bodies[-1].known:
        unlisted = _UNLISTED_VERB.match(key, named.end, end)
        action = unlisted.end() if unlisted else None
    if action is None:
        return None
    told = told or _tells(names, action, end)
    return Actor(at, named.end, action, named.bodies, "subject", modality_at(key, action, end), told=told)


def _tells(names: Names, at: int, end: int) -> bool:
    """True where the words at ``at`` tell what was done; "Mới" with its capital belongs to a name."""
    told = _TOLD.match(names.clean.key, at, end)
    return told is not None and not names.clean.text[told.start() : told.end()].lstrip().startswith("Mới")


def _unknown_subject(key: str, at: int, end: int) -> Actor | None:
    """A subject that no register names, before a modal: "Đảng viên là chủ rừng phải hoàn thành …"."""
    modal = _MODAL.search(key, at, min(end, at + 120))
    if not modal or modal.start() == at or re.search(r"[,;:.(]", key[at : modal.start()]) or _THING.match(key, at):
        return None
    if pattern("predicates", "word").match(key, at, end):
        return None
    return Actor(at, modal.start(), modal.start(), (), "subject", modality_at(key, modal.start(), end))


def _commands(key: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The verbs of command between two offsets that are no nouns there."""
    for verb in pattern("commands", "verb").finditer(key, start, end):
        if not _NO_COMMAND.search(key, max(0, verb.start() - 20), verb.start()):
            yield verb


def _commanded(names: Names, verb: re.Match[str], end: int) -> Actor | None:
    """Who is to act by a verb of command: the bodies behind it; None where none stands there."""
    key = names.clean.key
    at = cast(re.Match[str], _TO_WHOM.match(key, verb.end(), end)).end()
    named = names.at(at, end)
    if not named:
        return None
    action = predicate_after(key, named.end, end)
    stated = cast(Modality, row_of("commands", "verb", verb[0])["modality"])
    inner = stated_modality(key, action, end) if action else None
    modality = inner if stated == "duty" and inner else stated
    return Actor(at, named.end, action or named.end, named.bodies, "object", modality)


def _speaker(names: Names, start: int, verb: int) -> Body | None:
    """The one body whose name fills ``start:verb``: it commands."""
    named = names.at(start, verb)
    alone = named and len(named.bodies) == 1 and not names.clean.key[named.end : verb].strip()
    return named.bodies[0] if named and alone else None


def _ordered_by(verb: re.Match[str], speaker: Body | None, issuers: frozenset[str]) -> bool:
    """True where the verb is the issuer's: any "yêu cầu", but "X chỉ đạo Y" only where X issued the document."""
    directing = row_of("commands", "verb", verb[0])["by"] == "directing"
    return not directing or (speaker is not None and speaker.iri in issuers)


def command_in(names: Names, start: int, end: int, issuers: frozenset[str]) -> Actor | None:
    """The last command of a paragraph, anywhere in it: "…; Thường trực Huyện ủy yêu cầu các cơ quan …"."""
    key = names.clean.key
    for verb in reversed(list(_commands(key, start, end))):
        breaks = _BREAK_ANY.finditer(key, max(start, verb.start() - SPEAKER_REACH), verb.start())
        clause = max((stop.end() for stop in breaks), default=start)
        before = key[max(clause, verb.start() - SPEAKER_REACH) : verb.start()].strip()
        speaker = _speaker(names, clause, verb.start())
        if not (not before or speaker or _ACT_SPEAKS.search(before) or _PERSON.match(before)):
            continue
        actor = _commanded(names, verb, end) if _ordered_by(verb, speaker, issuers) else None
        if actor:
            return actor._replace(speaker=speaker)
    return None


def command_at(names: Names, at: int, end: int, issuers: frozenset[str]) -> Actor | None:
    """The command that begins at ``at``, with its verb or with who commands: a body, a person, the act itself."""
    key = names.clean.key
    spoken = names.may_begin(at, end) or _PERSON.match(key, at, end) or _ACT_OPENS.match(key, at, end)
    if not spoken and not pattern("commands", "verb").match(key, at, end):
        return None
    for verb in _commands(key, at, min(end, at + SPEAKER_REACH)):
        before = key[at : verb.start()].strip()
        speaker = _speaker(names, at, verb.start())
        person = bool(_PERSON.match(before + " "))
        if not (not before or speaker or person or _ACT_SPEAKS.fullmatch(before)):
            continue
        actor = _commanded(names, verb, end) if _ordered_by(verb, speaker, issuers) else None
        if actor:
            return actor._replace(speaker=speaker, person=person)
    return None


def main_clause(key: str, start: int, end: int) -> int:
    """Where a sentence begins behind "Chỉ thị nêu rõ:", "Đồng thời, "."""
    for opening in (_ATTRIBUTED, _JOINED):
        opened = opening.match(key, start, end)
        start = opened.end() if opened else start
    return start


def clause_starts(text: str, key: str, start: int, end: int, anywhere: bool = False) -> list[int]:
    """Where the main clause of a sentence may begin: at its start, and behind adverbials, topics and "Chỉ thị nêu rõ:".

    ``anywhere`` takes every comma behind an adverbial, not only those that a bearer or command may follow.
    """
    start = main_clause(key, start, end)
    starts = [start]
    if _FRONTED.match(key, start, end):
        breaks = _BREAK.finditer(key, start, _sentence_end(key, start, min(end, start + FRONTED_REACH)))
        starts += [
            at.end() for at in breaks if anywhere or text[at.end()].isupper() or _OPENS_CLAUSE.match(key, at.end(), end)
        ]
    return starts


def actor_of(names: Names, start: int, end: int, issuers: frozenset[str], item: bool = False) -> Actor | None:
    """Who is to act in the sentence that begins at ``start``, known or not; None where it names nobody."""
    known = known_actor_of(names, start, end, issuers, item)
    return known or _unknown_subject(names.clean.key, main_clause(names.clean.key, start, end), end)


def known_actor_of(names: Names, start: int, end: int, issuers: frozenset[str], item: bool = False) -> Actor | None:
    """The bodies and groups that are to act in the sentence that begins at ``start``; None where it names none.

    In an ``item`` of a list of tasks a known body acts whatever verb follows its name.
    """
    key = names.clean.key
    starts = clause_starts(names.clean.text, key, start, end)
    for at in starts:
        sentence_end = _sentence_end(key, at, min(end, at + SENTENCE_REACH))
        actor = command_at(names, at, sentence_end, issuers) or _subject(
            names, at, sentence_end, item and at == starts[0]
        )
        if actor:
            return actor
    return None


def _sentence_end(key: str, start: int, end: int) -> int:
    stop = _SENTENCE_STOP.search(key, start, end)
    return stop.start() if stop else end


def action_start(key: str, start: int, end: int) -> int:
    """Where the words of an attributed clause begin: behind "Chỉ thị nêu rõ:"."""
    attributed = _ATTRIBUTED.match(key, start, end)
    return attributed.end() if attributed else start
