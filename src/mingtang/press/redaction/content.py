"""A page's content without the glyphs, pictures and drawings that stand in given areas; all else stays as it was.

The operators are followed as a viewer follows them, so that each glyph's place is known. A run of glyphs that goes is
replaced by one move of the same width: what stands after it keeps its place, and no width of a single glyph is left.
What cannot be followed surely raises `Unworkable`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from mingtang.press.redaction.errors import Unworkable
from mingtang.press.redaction.fonts import Font, font_of
from mingtang.press.redaction.matrix import UNIT, Matrix, carried, moved, times
from mingtang.press.redaction.places import Box, overlaps, within

pikepdf: Any = import_module("pikepdf")

#: Height and depth of a glyph above and below its line, for size 1.
_ASCENT, _DESCENT = 0.88, -0.22
#: A drawing with more pieces than this that lies partly in an area may be letters as curves.
_PLAIN_DRAWING = 12
_MAX_NESTING = 8
#: The mark that `document.fresh` puts on layers that are not shown.
HIDDEN = "/MingtangHidden"
_PATH = {"m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "re": 4, "h": 0}
_PAINT = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"})
_SHOW = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True)
class _State:
    ctm: Matrix = UNIT
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    size: float = 0.0
    rise: float = 0.0
    font: Font | None = None


@dataclass
class _Path:
    points: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    drawn: list[Any] = field(default_factory=list[Any])
    pieces: int = 0
    clips: bool = False


def without(pdf: Any, stream: Any, resources: Any, areas: Sequence[Box], ctm: Matrix = UNIT, depth: int = 0) -> Any:
    """The content of a page or form as (bytes, resources) without what stands in the areas; raises `Unworkable`."""
    if depth > _MAX_NESTING:
        raise Unworkable
    walker = _Walker(pdf, resources, areas, ctm, depth)
    try:
        for instruction in pikepdf.parse_content_stream(stream):
            walker.step(instruction)
        return pikepdf.unparse_content_stream(walker.out), walker.pruned()
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise Unworkable from None


class _Walker:
    def __init__(self, pdf: Any, resources: Any, areas: Sequence[Box], ctm: Matrix, depth: int) -> None:
        self.out: list[Any] = []
        self._pdf = pdf
        self._resources = resources
        self._areas = areas
        self._depth = depth
        self._state: _State = _State(ctm)
        self._stack: list[_State] = []
        self._line: Matrix = UNIT
        self._text: Matrix = UNIT
        self._path: _Path = _Path()
        self._fonts: dict[str, Font] = {}
        self._used: dict[str, dict[str, Any]] = {"/Font": {}, "/XObject": {}}
        #: for each marked section that is open, whether it belongs to a layer that is not shown
        self._sections: list[bool] = []

    def step(self, instruction: Any) -> None:
        """Follow one operator, and write it out unless it must go."""
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self._picture(instruction)
            return
        operands: list[Any] = list(instruction.operands)
        operator = str(instruction.operator)
        if operator in _SHOW:
            self._show(operator, operands)
        elif operator in _PATH or operator in ("W", "W*") or operator in _PAINT:
            self._draw(operator, operands, instruction)
        elif operator == "Do":
            self._do(str(operands[0]), instruction)
        elif operator in ("BDC", "DP", "BMC", "EMC"):
            self._mark(operator, operands, instruction)
        else:
            self._follow(operator, operands)
            self.out.append(instruction)

    def pruned(self) -> Any:
        """The resources with only the fonts and objects that are still used."""
        left = pikepdf.Dictionary()
        for key in self._resources.keys():  # noqa: SIM118 - a pikepdf dictionary iterates differently
            if key not in ("/Font", "/XObject", "/Properties"):
                left[key] = self._resources[key]
        for key, used in self._used.items():
            if used:
                left[key] = pikepdf.Dictionary(used)
        return left

    # -- state ---------------------------------------------------------------------------------------------------------

    def _follow(self, operator: str, operands: list[Any]) -> None:
        state = self._state
        if operator == "q":
            self._stack.append(state)
        elif operator == "Q":
            self._state = self._stack.pop() if self._stack else state
        elif operator == "cm":
            self._state = replace(state, ctm=times(_matrix(operands), state.ctm))
        elif operator == "gs":
            self._refuse_odd(self._resources.ExtGState[str(operands[0])])
        elif operator in ("scn", "SCN") and operands and isinstance(operands[-1], pikepdf.Name):
            if int(self._resources.Pattern[str(operands[-1])].PatternType) == 1:
                raise Unworkable
        elif operator == "Tf":
            self._state = replace(state, font=self._font(str(operands[0])), size=float(operands[1]))
        elif operator in ("Tc", "Tw", "Tz", "TL", "Ts"):
            self._state = _set(state, operator, float(operands[0]))
        else:
            self._follow_line(operator, operands)

    def _follow_line(self, operator: str, operands: list[Any]) -> None:
        if operator == "BT":
            self._line = self._text = UNIT
        elif operator in ("Td", "TD"):
            if operator == "TD":
                self._state = replace(self._state, leading=-float(operands[1]))
            self._next_line(float(operands[0]), float(operands[1]))
        elif operator == "Tm":
            self._line = self._text = _matrix(operands)
        elif operator == "T*":
            self._next_line(0.0, -self._state.leading)

    def _next_line(self, x: float, y: float) -> None:
        self._line = self._text = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _font(self, name: str) -> Font:
        dictionary = self._resources.Font[name]
        self._used["/Font"][name] = dictionary
        if name not in self._fonts:
            self._fonts[name] = font_of(dictionary)
        return self._fonts[name]

    def _refuse_odd(self, graphics: Any) -> None:
        """A graphics state that sets a font, or a mask that is a drawing of its own, is not followed."""
        mask = graphics.get("/SMask")
        if "/Font" in graphics or isinstance(mask, pikepdf.Dictionary):
            raise Unworkable

    # -- text ----------------------------------------------------------------------------------------------------------

    def _show(self, operator: str, operands: list[Any]) -> None:
        if operator == '"':
            self._state = replace(self._state, word_spacing=float(operands[0]), spacing=float(operands[1]))
            self.out.append(_instruction("Tw", operands[0]))
            self.out.append(_instruction("Tc", operands[1]))
        if operator in ("'", '"'):
            self._next_line(0.0, -self._state.leading)
            self.out.append(_instruction("T*"))
        items = list(operands[0]) if operator == "TJ" else [operands[-1]]
        self.out.append(_instruction("TJ", pikepdf.Array(self._kept(items))))

    def _kept(self, items: list[Any]) -> list[Any]:
        """The items of a TJ with each run of glyphs in an area replaced by one number."""
        state = self._state
        if state.font is None:
            raise Unworkable
        kept: list[Any] = []
        gone = 0.0
        for item in items:
            if not isinstance(item, pikepdf.String):
                number = float(item)
                self._advance(-number / 1000 * state.size * state.stretch)
                if gone:
                    gone += number
                else:
                    kept.append(item)
                continue
            string = b""
            for code, width, blank in state.font.codes(bytes(item)):
                extra = state.spacing + (state.word_spacing if blank else 0.0)
                if self._covered(width):
                    if string:
                        kept.append(pikepdf.String(string))
                        string = b""
                    gone -= 1000 * (width + (extra / state.size if state.size else 0.0))
                else:
                    if gone:
                        kept.append(round(gone, 3))
                        gone = 0.0
                    string += code
                self._advance((width * state.size + extra) * state.stretch)
            if string:
                kept.append(pikepdf.String(string))
        if gone:
            kept.append(round(gone, 3))
        return kept

    def _advance(self, x: float) -> None:
        self._text = times((1.0, 0.0, 0.0, 1.0, x, 0.0), self._text)

    def _covered(self, width: float) -> bool:
        if self._unseen:
            return True
        state = self._state
        high, low = state.size * _ASCENT + state.rise, state.size * _DESCENT + state.rise
        glyph = (0.0, low, width * state.size * state.stretch, high)
        box = carried(glyph, times(self._text, state.ctm))
        return any(overlaps(box, area) for area in self._areas)

    # -- pictures, drawings, forms -------------------------------------------------------------------------------------

    def _picture(self, instruction: Any) -> None:
        box = carried((0.0, 0.0, 1.0, 1.0), self._state.ctm)
        if self._unseen or any(within(box, area) for area in self._areas):
            return
        if any(overlaps(box, area) for area in self._areas):
            raise Unworkable
        self.out.append(instruction)

    def _do(self, name: str, instruction: Any) -> None:
        thing = self._resources.XObject[name]
        if self._unseen or ("/OC" in thing and hidden(thing.OC)):
            return
        if str(thing.get("/Subtype", "")) == "/Image":
            before = len(self.out)
            self._picture(instruction)
            if len(self.out) > before:
                self._used["/XObject"][name] = thing
            return
        inner = times(_matrix(list(thing.get("/Matrix", UNIT))), self._state.ctm)
        resources = thing.get("/Resources", self._resources)
        content, left = without(self._pdf, thing, resources, self._areas, inner, self._depth + 1)
        form = self._pdf.make_stream(content)
        for key in ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group"):
            if key in thing:
                form[key] = thing[key]
        form.Resources = left
        fresh = f"{name}r{len(self._used['/XObject'])}"
        self._used["/XObject"][fresh] = form
        self.out.append(_instruction("Do", pikepdf.Name(fresh)))

    def _mark(self, operator: str, operands: list[Any], instruction: Any) -> None:
        """Keep that content is marked, and as what, but nothing the mark says (ActualText, layers)."""
        if operator == "EMC":
            if self._sections:
                self._sections.pop()
            self.out.append(instruction)
            return
        if operator in ("BDC", "BMC"):
            layered = operator == "BDC" and str(operands[0]) == "/OC"
            self._sections.append(layered and hidden(self._resources.Properties[str(operands[1])]))
        self.out.append(_instruction("MP" if operator == "DP" else "BMC", operands[0]))

    @property
    def _unseen(self) -> bool:
        return any(self._sections)

    def _draw(self, operator: str, operands: list[Any], instruction: Any) -> None:
        path = self._path
        path.drawn.append(instruction)
        if operator in ("W", "W*"):
            path.clips = True
        elif operator in _PATH:
            numbers = [float(number) for number in operands]
            if operator == "re":
                x, y, width, height = numbers
                numbers = [x, y, x + width, y + height, x, y + height, x + width, y]
            path.points += [moved(x, y, self._state.ctm) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            path.pieces += 1
        else:
            self._finish(operator)

    def _finish(self, operator: str) -> None:
        path, self._path = self._path, _Path()
        xs, ys = [x for x, _ in path.points], [y for _, y in path.points]
        box = (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)
        if operator == "n" or not xs:
            self.out.extend(path.drawn)
        elif self._unseen or any(within(box, area) for area in self._areas):
            if path.clips:
                self.out.extend([*path.drawn[:-1], _instruction("n")])
        elif path.pieces > _PLAIN_DRAWING and any(overlaps(box, area) for area in self._areas):
            raise Unworkable
        else:
            self.out.extend(path.drawn)


def hidden(layer: Any) -> bool:
    """Whether a layer, or one of those it depends on, is marked as not shown."""
    if HIDDEN in layer:
        return True
    members = layer.get("/OCGs")
    if members is None:
        return False
    return any(HIDDEN in one for one in (members if isinstance(members, pikepdf.Array) else [members]))


def _set(state: _State, operator: str, value: float) -> _State:
    """The state after one of the operators that set a number of the text."""
    if operator == "Tc":
        return replace(state, spacing=value)
    if operator == "Tw":
        return replace(state, word_spacing=value)
    if operator == "Tz":
        return replace(state, stretch=value / 100)
    if operator == "TL":
        return replace(state, leading=value)
    return replace(state, rise=value)


def _matrix(numbers: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _instruction(operator: str, *operands: Any) -> Any:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))
