"""Where do I find how a questionnaire that was filled in with Excel is read? Here: into what an answers file says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from checklist.model import RATINGS, Checklist
from exchange.answers_file import OVERALL, AnswersError, AnswersFile, AnswersReader
from exchange.answers_file import read as read_text
from exchange.values import MESSAGE_LENGTH, on_one_line, shown
from scoring import questionnaire as form
from strict_yaml import Fault, Mapping, Number, Text, Value
from strict_yaml import Sequence as Links

SUFFIX = ".xlsx"
MAX_BYTES = 4_000_000
# A filled questionnaire unpacks to less than a tenth of this; a zip bomb to much more.
UNPACKED_BYTES = 30_000_000
ENTRIES = 200
ROWS, COLUMNS = 1_000, 40
HEADS_OF_ENTRIES = (form.RATING, form.HEALTH, form.HAPPENED, form.VALUE)
# XML that declares entities can grow as it is read; no spreadsheet program writes it.
DECLARES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
ANEW = "download a blank questionnaire and fill it in anew"


@dataclass(frozen=True, slots=True)
class CellFault(Fault):
    """What is wrong in a cell of a workbook; `place` names sheet and cell, and is empty for the whole file."""

    place: str = ""

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.message}" if self.place else f"{self.file}: {self.message}"


class Cell(NamedTuple):
    """What stands in a cell, None for nothing; `line` counts cells, as an answers file counts lines."""

    value: Any
    line: int
    is_formula: bool = False


Row = dict[str, Cell]


def read(content: bytes, file: str, checklist: Checklist) -> AnswersFile:
    """The answers in a filled questionnaire of at most 4 MB, as the answers file with the same answers gives them.

    Formulas are not evaluated. `AnswersError` with all faults, each with sheet and cell; then nothing of it is used.
    """
    places: list[str] = []
    try:
        rows = list(_rows(_opened(content, file), places))
    except AnswersError:
        raise
    except Exception as fault:  # openpyxl raises whatever a damaged file makes it stumble over
        raise _refused(file, "This is no Excel workbook that can be read; save it again as .xlsx.") from fault
    reader = _WorkbookReader(file, checklist.whole, places)
    found = reader.workbook(rows)
    if found is None or reader.faults:
        raise AnswersError(sorted(reader.faults, key=lambda fault: fault.line))
    return found


def read_either(content: bytes, file: str, checklist: Checklist) -> AnswersFile:
    """A filled questionnaire where the file's name says so, else an answers file; `AnswersError` as both have it."""
    return (read if file.lower().endswith(SUFFIX) else read_text)(content, file, checklist)


def _refused(file: str, sentence: str) -> AnswersError:
    return AnswersError([CellFault(file, 0, sentence)])


def _opened(content: bytes, file: str) -> Any:
    """The workbook, once it is known that it is small also when it is unpacked."""
    # It takes a fifth of a second to import, and most answers come as YAML.
    from openpyxl import load_workbook

    if len(content) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise _refused(file, f"The workbook is larger than {limit}; a filled questionnaire is far smaller.")
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > ENTRIES or sum(part.file_size for part in parts) > UNPACKED_BYTES:
            raise _refused(file, f"The workbook unpacks to far more than a questionnaire holds; {ANEW}.")
        for part in parts:
            written = archive.read(part)
            if any(declares in written for declares in DECLARES):
                raise _refused(file, f"The workbook holds XML that no spreadsheet program writes; {ANEW}.")
    return load_workbook(BytesIO(content), read_only=True, keep_links=False)


def _rows(book: Any, places: list[str]) -> Iterator[Row]:
    """The rows below the heads of each sheet, by those heads; `places` gets sheet and cell of each line."""
    for page in book.worksheets:
        heads: list[str] = []
        for row in page.iter_rows(max_row=ROWS, max_col=COLUMNS):
            cells = [_cell(page.title, cell, places) for cell in row]
            if heads:
                yield {head: cell for head, cell in zip(heads, cells, strict=False) if head}
            else:
                texts = [str(cell.value).strip() if cell.value is not None else "" for cell in cells]
                heads = texts if form.ID in texts and set(texts) & set(HEADS_OF_ENTRIES) else []


def _cell(sheet: str, cell: Any, places: list[str]) -> Cell:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        # What is missing is told where something else stands.
        return Cell(None, 0)
    places.append(f"sheet “{on_one_line(sheet, 40)}”, cell {cell.coordinate}")
    return Cell(value, len(places), cell.data_type == "f")


NOTHING = Cell(None, 0)


class _WorkbookReader(AnswersReader):
    """Makes of the rows the tree that an answers file would have, and reads it by the same rules."""

    def __init__(self, file: str, checklist: Checklist, places: Sequence[str]) -> None:
        super().__init__(file, checklist)
        self.places = places

    def fault(self, line: int, message: str) -> None:
        place = self.places[line - 1] if line else ""
        self.faults.append(CellFault(self.file, line, on_one_line(message, MESSAGE_LENGTH), place))

    def workbook(self, rows: Sequence[Row]) -> AnswersFile | None:
        if not rows:
            self.fault(0, f"The workbook is no questionnaire: no sheet has the heads of one; {ANEW}.")
            return None
        document, parts = _mapping(), {part: _mapping() for part in ("responses", "health", "target")}
        failures = Links()
        for row in rows:
            key = self._id(row)
            if key is None:
                continue
            if form.RATING in row:
                self._put(parts["responses"], key, self._response_of(row, key))
            elif form.HEALTH in row:
                self._put(parts["health"], key, self._word(row[form.HEALTH], form.HEALTH_WORDS))
            elif form.HAPPENED in row:
                failures += [key] if self._word(row[form.HAPPENED], {form.YES: "yes", "No": ""}) else []
            else:
                self._entry(document, parts["target"], key, row.get(form.VALUE, NOTHING))
        for part, mapping in parts.items():
            if mapping:
                self._put(document, part, mapping)
        self._put(document, "failures", failures or None)
        return self.of_document(document)

    def _id(self, row: Row) -> Text | None:
        """The id of a row; a row without one says nothing, unless somebody has filled it in."""
        found = self._text(row.get(form.ID, NOTHING))
        if found is None:
            for head in (*HEADS_OF_ENTRIES, form.NOTE, form.EVIDENCE):
                if cell := row.get(head, NOTHING).line:
                    self.fault(cell, f"This row has no id under “{form.ID}”, so nobody knows what it is about; {ANEW}.")
                    break
        return found

    def _put(self, mapping: Mapping, key: str, value: Value | None) -> None:
        """A value at its key, None for nothing to say; a key that stands twice is a fault."""
        line = key.line if isinstance(key, Text) else value.line if value is not None else 0
        if key in mapping:
            self.fault(line, f"{shown(key)} stands here a second time; keep one of its rows.")
        elif value is not None:
            mapping[str(key)], mapping.key_lines[str(key)] = value, line

    def _entry(self, document: Mapping, target: Mapping, key: Text, cell: Cell) -> None:
        if key == form.SYSTEM:
            self._put(document, form.SYSTEM, self._text(cell) or Text("", key.line))
        elif key == form.TARGET:
            self._put(target, OVERALL, self._level_in(cell))
        elif key.startswith(form.area_target("")):
            self._put(target, key.removeprefix(form.area_target("")), self._level_in(cell))
        else:
            self._put(document, key, self._text(cell))

    def _response_of(self, row: Row, item: str) -> Mapping | None:
        """A row as an answers file has its response; None where nothing was filled in."""
        response = _mapping()
        rating = row[form.RATING]
        if chosen := self._chosen(rating, item):
            self._put(response, chosen.key, _value(chosen.value, rating.line))
        self._put(response, "note", self._text(row.get(form.NOTE, NOTHING)))
        if links := self._text(row.get(form.EVIDENCE, NOTHING)):
            lines = Links(Text(link, links.line) for link in links.splitlines() if link.strip())
            lines.line = links.line
            self._put(response, "evidence", lines)
        self._put(response, "valid_until", self._text(row.get(form.UNTIL, NOTHING)))
        response.line = min(response.key_lines.values(), default=0)
        return response or None

    def _chosen(self, cell: Cell, item: str) -> form.Choice | None:
        words = self._text(cell)
        if words is None:
            return None
        known = {_key(choice): meant for choice, meant in form.choices().items()}
        if _key(words) in known:
            return known[_key(words)]
        rest = f"choose from the list: 1 to 5, {form.UNKNOWN}, or {form.NOT_APPLICABLE} with its reason"
        self.fault(cell.line, f"{shown(item)} is answered with {shown(words)}; {rest}.")
        return None

    def _word(self, cell: Cell, known: dict[str, str]) -> Text | None:
        words = self._text(cell)
        if words is None:
            return None
        meant = {_key(word): value for word, value in known.items()}
        if _key(words) not in meant:
            self.fault(cell.line, f"This is {shown(words)}; write {' or '.join(known)}, or leave the cell empty.")
        value = meant.get(_key(words), "")
        return Text(value, words.line) if value else None

    def _level_in(self, cell: Cell) -> Number | None:
        words = self._text(cell)
        if words is None:
            return None
        if words.strip() in map(str, RATINGS):
            return Number(int(words), cell.line)
        self.fault(cell.line, f"The level aimed at is {shown(words)}; write 1 to 5, or leave the cell empty.")
        return None

    def _text(self, cell: Cell) -> Text | None:
        """What a cell says as text, None where it says nothing; a number and a day as they would be written."""
        if cell.is_formula:
            self.fault(cell.line, "This cell holds a formula, which is not worked out here; write its value instead.")
        if cell.value is None or cell.is_formula:
            return None
        return Text(_written(cell.value), cell.line)


def _written(value: Any) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value)


def _key(words: str) -> str:
    """What two spellings share when people would call them the same: “Don't know” and “don’t  know”."""
    return " ".join(words.replace("’", "'").split()).casefold()


def _value(value: int | str, line: int) -> Value:
    return Number(value, line) if isinstance(value, int) else Text(value, line)


def _mapping() -> Mapping:
    made = Mapping()
    made.key_lines = {}
    return made
