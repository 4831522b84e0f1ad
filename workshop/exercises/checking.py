"""What checks are written with: call the learner's function, compare, name the misconception.

    def check_one_neuron(answer):
        \"\"\"one neuron with three inputs\"\"\"
        inputs, weights, bias = np.array([1.0, 2.0, 3.0]), np.array([0.5, -1.0, 2.0]), 0.25
        answer.call("output", inputs, weights, bias).gives(
            4.75,
            mistakes={"The bias is missing. Add it after the sum.": inputs @ weights},
        )

A check that finds a fault raises `Fault`, which says in words what was called, what came, what was
expected, the likely cause and what to do.
"""

import copy
import inspect
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import indent
from types import ModuleType
from typing import Any, NoReturn

import numpy as np

from workshop.exercises.advice import advice_on

LONGEST_LINE = 68  # characters of the arguments that may stand in one line
LONGEST_VALUE = 300  # characters of an array in a message
WIDTH_OF_VALUE = 66  # characters of its line, so that 80 columns hold it, indented by 14
WIDTH_OF_ARGUMENT = 71  # the same within a call, indented by 8, with its name and a comma
MOST_NOTES = 5  # warnings that are shown


class Fault(Exception):  # noqa: N818 - it is the learner's, not ours
    """What a check found wrong.

    Parameters
    ----------
    call : str
        What was called, as Python.
    gave : str
        What came.
    expected : str
        What should have come.
    cause : str
        The likely cause: the idea that went wrong. Empty if none is known.
    kind : str
        "wrong", or "unfinished" for a function that is still to be written.
    """

    def __init__(
        self, call: str, gave: str, expected: str, cause: str = "", kind: str = "wrong"
    ) -> None:
        super().__init__(call, gave, expected, cause, kind)
        self.call, self.gave, self.expected = call, gave, expected
        self.cause, self.kind = cause, kind

    def __str__(self) -> str:
        lines = [self.call, f"gave      {self.gave}", f"expected  {self.expected}"]
        return "\n".join([*lines, self.cause] if self.cause else lines)


@dataclass(frozen=True)
class Wrong:
    """A plausible wrong answer, which the checks must refuse and name.

    Attributes
    ----------
    says : str
        What the message must contain: the misconception, in words.
    code : str
        Definitions that replace those of the solution: they are read after it.
    """

    says: str
    code: str


def changed(code: str, *changes: str) -> str:
    """Return code with some texts replaced by others: a right answer with a fault in it.

    Parameters
    ----------
    code : str
        What is right.
    *changes : str
        A text of the code, what replaces it, the next text, and so on.

    Returns
    -------
    str
        The code with all changes made, each text replaced wherever it stands.

    Raises
    ------
    ValueError
        If a text does not stand in the code, or the last one has no replacement.
    """
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        if old not in code:
            raise ValueError(
                f"{old!r} should stand in the code, to be replaced by {new!r}:\n{code}"
            )
        code = code.replace(old, new)
    return code


def shown(value: Any, width: int = WIDTH_OF_VALUE) -> str:
    """Return a value as a learner would print it, cut where it is long.

    Parameters
    ----------
    value : object
        What to show.
    width : int
        How many letters of an array stand in a line.

    Returns
    -------
    str
        At most `LONGEST_VALUE` letters; of a long array, its ends.
    """
    if _is_tensor(value):
        text = repr(value)
    elif isinstance(value, np.random.Generator):
        text = "np.random.default_rng(...)"
    else:
        with np.printoptions(
            precision=6, suppress=True, threshold=24, edgeitems=2, linewidth=width
        ):
            text = repr(_plain(value))
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} ..."


def _plain(value: Any, depth: int = 2) -> Any:
    """Return NumPy's single numbers as Python's, with ten digits, in tuples and lists, too."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if type(value) in (tuple, list) and depth:
        return type(value)(_plain(each, depth - 1) for each in value)
    return value


def _is_tensor(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "detach")


def as_array(value: Any) -> np.ndarray:
    """Return numbers of any kind, tensors too, as an array.

    Parameters
    ----------
    value : number, sequence, array or tensor
        A tensor may lie on any device and follow gradients.

    Returns
    -------
    ndarray
        Of the same shape.

    Raises
    ------
    ValueError
        If it is a list of rows of different lengths.
    """
    return value.detach().cpu().numpy() if _is_tensor(value) else np.asarray(value)


def close(value: Any, expected: Any, tolerance: float) -> bool:
    """Tell whether two values, or tuples of values, are the same up to `tolerance`.

    Parameters
    ----------
    value, expected : object
        Numbers, arrays or tensors of any shape, text, None, or tuples of these.
    tolerance : float
        How far each number may be off, as a share of the larger of 1 and the expected size.

    Returns
    -------
    bool
        False also for other shapes, and for what cannot be compared.
    """
    if isinstance(expected, tuple | list) and isinstance(value, tuple | list):
        same_length = len(value) == len(expected)
        return same_length and all(
            close(*each, tolerance) for each in zip(value, expected, strict=True)
        )
    if isinstance(expected, str | bool | None.__class__) or isinstance(value, str | None.__class__):
        return type(value) is type(expected) and value == expected
    try:
        value, expected = as_array(value), as_array(expected)
        if value.shape != expected.shape:
            return False
        if expected.dtype.kind not in "biufc" or value.dtype.kind not in "biufc":
            return bool(np.array_equal(value, expected))
        return bool(np.allclose(value, expected, rtol=tolerance, atol=tolerance, equal_nan=True))
    except (TypeError, ValueError):
        return False


class Reply:
    """What a call of the learner's function gave.

    Attributes
    ----------
    call : str
        The call, as Python.
    value : object
        What came back.
    warnings : tuple of str
        What Python or NumPy warned of meanwhile.
    """

    def __init__(self, call: str, value: Any, warnings: Sequence[str] = ()) -> None:
        self.call = call
        self.value = value
        self.warnings = tuple(warnings)

    def fail(self, expected: str, cause: str = "", gave: str | None = None) -> NoReturn:
        """Raise the fault: for what `gives` cannot say.

        Parameters
        ----------
        expected : str
            What should have come, in words.
        cause : str
            The likely cause.
        gave : str, optional
            What came, in words; else the value is shown.

        Raises
        ------
        Fault
            Always.
        """
        raise Fault(self.call, shown(self.value) if gave is None else gave, expected, cause)

    def warns_of_nothing(self, cause: str) -> "Reply":
        """Refuse a warning that came with the result.

        Parameters
        ----------
        cause : str
            Why a warning comes, and what to do.

        Returns
        -------
        Reply
            This one, for a comparison.

        Raises
        ------
        Fault
            If Python or NumPy warned of anything.
        """
        if self.warnings:
            raise Fault(self.call, self.warnings[0], "a result without a warning", cause)
        return self

    def has_shape(self, shape: tuple[int, ...], axes: Sequence[str] = ()) -> np.ndarray:
        """Return the result as an array: for numbers that chance decides, after their shape.

        Parameters
        ----------
        shape : tuple of int
            What it must be.
        axes : sequence of str
            What its axes are.

        Returns
        -------
        ndarray of that shape
            The result.

        Raises
        ------
        Fault
            If the result is no array of finite numbers, or of another shape.
        """
        try:
            array = as_array(self.value)
            if array.dtype.kind in "biufc" and array.shape == shape and np.isfinite(array).all():
                return array
        except (TypeError, ValueError):  # a list of rows of different lengths, say
            pass
        said = _difference(self.value, np.zeros(shape), 0.0, axes)
        self.fail(f"finite numbers of shape {shape}", said)

    def gives(
        self,
        expected: Any,
        *,
        tolerance: float = 1e-9,
        axes: Sequence[str] = (),
        mistakes: Mapping[str, Any] | None = None,
        cause: str = "",
    ) -> "Reply":
        """Compare the result with what should have come.

        Parameters
        ----------
        expected : number, array or tuple of them
            The right result. A tuple wants a tuple (or list) of the same length.
        tolerance : float
            How far a number may be off, as a share of the larger of 1 and its size.
        axes : sequence of str
            What the axes of `expected` are, to name them if the shape is wrong: ("samples",
            "classes"). For a tuple, what its values are: ("the new weight", "the new bias").
        mistakes : mapping of str to object
            For each plausible misconception its sentence, and the result that it leads to (or a
            function that computes it). The first whose result came is the message's cause.
        cause : str
            What to say when none of the mistakes fits.

        Returns
        -------
        Reply
            This one, for a further comparison.

        Raises
        ------
        Fault
            If the result is not the expected one.
        """
        if close(self.value, expected, tolerance):
            return self
        for sentence, result in (mistakes or {}).items():
            result = _computed(result)
            if not close(result, expected, tolerance) and close(self.value, result, tolerance):
                raise Fault(self.call, *_compared_texts(self.value, expected, tolerance), sentence)
        said = _difference(self.value, expected, tolerance, axes)
        likely = " ".join(part for part in (said, cause) if part)
        raise Fault(self.call, *_compared_texts(self.value, expected, tolerance), likely)


def _compared_texts(value: Any, expected: Any, tolerance: float) -> tuple[str, str]:
    """Return what came and what should have come; of a long tuple, its first wrong value."""
    texts = shown(value), shown(expected)
    alike = isinstance(expected, tuple) and isinstance(value, tuple | list)
    if alike and len(value) == len(expected) and any(_is_long(text) for text in texts):
        for index, (one, right) in enumerate(zip(value, expected, strict=True)):
            if not close(one, right, tolerance):
                return f"at place {index}:\n{shown(one)}", shown(right)
    if texts[0] == texts[1] and not alike:  # they differ in digits that are not shown
        return repr(value), repr(expected)
    return texts


def _around(*parts: Any) -> str:
    """Return words and a value between them, which stands in lines of its own if it needs many."""
    texts = [part if isinstance(part, str) else shown(part) for part in parts]
    return ("\n" if any("\n" in text for text in texts) else " ").join(texts)


def _is_long(text: str) -> bool:
    return "\n" in text or len(text) > LONGEST_VALUE


def _computed(result: Any) -> Any:
    with np.errstate(all="ignore"):
        return result() if inspect.isfunction(result) else result


def _difference(value: Any, expected: Any, tolerance: float, axes: Sequence[str]) -> str:
    """Say in words how a wrong value differs, where that is worth saying."""
    if value is None:
        return "The function returns nothing. Does it end in a line with return?"
    if isinstance(expected, tuple):
        return _difference_of_tuples(value, expected, tolerance, axes)
    if isinstance(value, tuple) and not isinstance(expected, list):
        return f"One value was expected; a tuple of {len(value)} came."
    try:
        value, expected = as_array(value), as_array(expected)
    except (TypeError, ValueError):
        return "What came is not an array of numbers: its rows have different lengths."
    if value.dtype.kind not in "biufc":
        if not value.size:
            return ""
        name = type(value.flat[0]).__name__.removesuffix("_")  # NumPy's str_ is Python's str
        return f"Numbers were expected; {name} came."
    if value.shape != expected.shape:
        return _difference_of_shapes(value.shape, expected.shape, axes)
    return _difference_of_numbers(value, expected, tolerance)


def _difference_of_tuples(
    value: Any, expected: tuple, tolerance: float, names: Sequence[str]
) -> str:
    if not isinstance(value, tuple | list):
        return f"{len(expected)} values were expected, with commas between them; one came."
    if len(value) != len(expected):
        return f"{len(expected)} values were expected; {len(value)} came."
    if len(value) == 2 and close(value, expected[::-1], tolerance):
        return "The two values are right, but the other way round."
    for index, (one, right) in enumerate(zip(value, expected, strict=True)):
        if not close(one, right, tolerance):
            said = _difference(one, right, tolerance, ())
            meant = f" ({names[index]})" if len(names) == len(expected) else ""
            return f"The value at place {index}{meant} is wrong. {said}".rstrip()
    return ""


def _difference_of_shapes(shape: tuple, expected: tuple, axes: Sequence[str]) -> str:
    names = dict(enumerate(axes)) if len(axes) == len(expected) else {}
    meant = f" ({', '.join(axes)})" if names else ""
    if not expected:
        return f"One number was expected; an array of shape {shape} came."
    if not shape:
        return f"An array of shape {expected}{meant} was expected; one number came."
    said = f"The shape should be {expected}{meant}; it is {shape}."
    if len(shape) == len(expected):
        if shape == expected[::-1] and len(shape) == 2:
            return f"{said} Rows and columns are swapped."
        wrong = [index for index in range(len(shape)) if shape[index] != expected[index]]
        places = [f"axis {index}" + (f" ({names[index]})" if names else "") for index in wrong]
        return f"{said} Look at {' and '.join(places)}."
    if math.prod(shape) == math.prod(expected):
        stand = "one axis" if len(shape) == 1 else f"{len(shape)} axes"
        return f"{said} The numbers are as many, but stand in {stand}."
    return said


def _difference_of_numbers(value: np.ndarray, expected: np.ndarray, tolerance: float) -> str:
    if np.isnan(value).any() and not np.isnan(expected).any():
        return "nan came: somewhere 0 was divided by 0, or inf by inf."
    if np.isinf(value).any() and not np.isinf(expected).any():
        return "inf came: a number grew too large, or something was divided by 0."
    if close(value, -expected, tolerance):
        return "The sign is the wrong way round."
    if expected.ndim == 2 and value.shape == value.T.shape and close(value, expected.T, tolerance):
        return "Rows and columns are swapped."
    for factor, words in ((2, "twice"), (0.5, "half of")):
        if close(value, factor * expected, tolerance):
            return f"It is {words} what it should be."
    if tolerance < 1e-4 and np.allclose(value, expected, rtol=1e-3, atol=1e-6):
        return "It is nearly right. Was something rounded, or typed with too few digits?"
    if expected.size > 1:
        wrong = ~np.isclose(value, expected, rtol=tolerance, atol=tolerance, equal_nan=True)
        place = tuple(int(index) for index in np.argwhere(wrong)[0])
        where = place[0] if len(place) == 1 else place
        return (
            f"{int(wrong.sum())} of {expected.size} numbers are wrong; the first, at {where}, "
            f"is {value[place]:.6g} and should be {expected[place]:.6g}."
        )
    return ""


class Answer:
    """A learner's module, and what may be asked of it.

    Parameters
    ----------
    module : module
        The learner's file, imported.
    tell : function, optional
        Gets ("call", the call as Python) before each call.

    Attributes
    ----------
    notes : list of str
        What Python or NumPy warned of in the learner's code, each once.
    """

    def __init__(
        self, module: ModuleType, tell: Callable[[str, str], object] | None = None
    ) -> None:
        self.module = module
        self.tell = tell
        self.notes: list[str] = []

    def rng(self, seed: int = 0) -> np.random.Generator:
        """Return a generator for random inputs.

        Parameters
        ----------
        seed : int
            The same seed, the same inputs.

        Returns
        -------
        numpy.random.Generator
            A new one.
        """
        return np.random.default_rng(seed)

    def get(self, name: str) -> Any:
        """Return what the learner's file calls `name`.

        Parameters
        ----------
        name : str
            Of a function, a class or a number.

        Returns
        -------
        object
            What it is.

        Raises
        ------
        Fault
            If it is not there.
        """
        if not hasattr(self.module, name):
            ours = [each for each in vars(self.module) if not each.startswith("_")]
            there = ", ".join(ours) or "nothing"
            raise Fault(
                name,
                "no such name in the file",
                f"something called {name}",
                f"The file must define {name}; it defines {there}. Was it renamed or deleted?",
            )
        return getattr(self.module, name)

    def call(self, name: str, *arguments: Any, changes: Sequence[str] = (), **named: Any) -> Reply:
        """Call the learner's function on copies of the arguments.

        Parameters
        ----------
        name : str
            Of the function (or class).
        *arguments, **named
            What it gets.
        changes : sequence of str
            Names of arguments that it may change; to change any other is a fault.

        Returns
        -------
        Reply
            The result, to be compared.

        Raises
        ------
        Fault
            If there is no such function, it raises, or it changes an argument.
        """
        function = self.get(name)
        call = _written(function, name, arguments, named)
        if not callable(function):
            raise Fault(call, f"{name} is {shown(function)}", f"{name} to be a function")
        given, given_named = copy.deepcopy((arguments, named))
        value, warned = self._asked(call, lambda: function(*given, **given_named))
        for argument, before, after in _bound(function, arguments, named, given, given_named):
            if argument not in changes and _compared(before) and not close(after, before, 0):
                raise Fault(
                    call,
                    _around(f"{argument} is", after, "after the call"),
                    _around(f"{argument} to stay", before),
                    f"The function changes its argument {argument}, which its caller still needs. "
                    f"Work on a new array: write {argument} = {argument} - ... instead of "
                    f"{argument} -= ..., or copy it first.",
                )
        return Reply(call, value, warned)

    def raises(
        self, error: type[Exception], name: str, *arguments: Any, cause: str, **named: Any
    ) -> Exception:
        """Call the learner's function with something that it must refuse.

        Parameters
        ----------
        error : type
            What it must raise.
        name : str
            Of the function.
        *arguments, **named
            What it gets.
        cause : str
            What to say if it raises nothing, or something else.

        Returns
        -------
        Exception
            What it raised: its message can be looked at.

        Raises
        ------
        Fault
            If it raises nothing, or something else.
        """
        try:
            reply = self.call(name, *arguments, **named)
        except Fault as fault:
            if isinstance(fault.__cause__, error):
                return fault.__cause__
            if fault.kind == "wrong" and isinstance(fault.__cause__, Exception):
                fault.expected, fault.cause = error.__name__, cause
            raise
        raise Fault(reply.call, shown(reply.value), error.__name__, cause)

    def ask(self, call: str, function: Callable[[], Any]) -> Any:
        """Run a piece of the learner's code, and turn what it raises into a fault.

        Parameters
        ----------
        call : str
            How the message names it.
        function : function
            Runs it.

        Returns
        -------
        object
            What it returns.

        Raises
        ------
        Fault
            If it raises anything.
        """
        return self._asked(call, function)[0]

    def _asked(self, call: str, function: Callable[[], Any]) -> tuple[Any, list[str]]:
        """Return what `function` returns, and the warnings that came with it."""
        if self.tell:
            self.tell("call", call)
        with warnings.catch_warnings(record=True) as caught, np.errstate():
            warnings.simplefilter("always")
            try:
                value = function()
            except NotImplementedError:
                raise Fault(
                    call,
                    "NotImplementedError",
                    "a result",
                    "This part is still to be written: put your code in place of the line "
                    "raise NotImplementedError.",
                    kind="unfinished",
                ) from None
            except Fault:
                raise
            except (Exception, SystemExit) as error:
                cause = advice_on(error, call)
                raise Fault(call, _raised(error, self.module), "a result", cause) from error
        warned = [_warning(each, self.module) for each in caught]
        self.notes += [each for each in dict.fromkeys(warned) if each not in self.notes]
        del self.notes[MOST_NOTES:]
        return value, warned


def _warning(warning: warnings.WarningMessage, module: ModuleType) -> str:
    text = f"{warning.category.__name__}: {warning.message}"[:LONGEST_VALUE]
    ours = warning.filename == getattr(module, "__file__", None)
    return f"{text} (line {warning.lineno} of your file)" if ours else text


def _raised(error: BaseException, module: ModuleType) -> str:
    """Return an exception and the line of the learner's file that it came from."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == getattr(module, "__file__", None):
            line = trace.tb_lineno
        trace = trace.tb_next
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    if len(text) > LONGEST_VALUE:
        text = f"{text[:LONGEST_VALUE]} ..."
    return text if line is None else f"{text} (line {line} of your file)"


def _names(function: Any) -> list[str]:
    """Return what a function calls the arguments that it takes by place; empty if unknown."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    by_place = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [each.name for each in parameters if each.kind in by_place]


def _written(function: Any, name: str, arguments: Sequence[Any], named: Mapping[str, Any]) -> str:
    """Return a call as Python, with the names of its arguments."""
    names = _names(function)
    given = [(f"{key}=", value) for key, value in zip(names, arguments, strict=False)]
    given += [("", value) for value in arguments[len(names) :]]
    given += [(f"{key}=", value) for key, value in named.items()]
    parts = []
    for key, value in given:
        text = shown(value, WIDTH_OF_ARGUMENT - len(key))
        parts.append(key + text.replace("\n", "\n" + " " * len(key)))
    if any("\n" in part for part in parts) or sum(map(len, parts)) > LONGEST_LINE:
        lines = indent(",\n".join(parts), "    ")
        return f"{name}(\n{lines},\n)"
    return f"{name}({', '.join(parts)})"


def _bound(
    function: Any,
    arguments: Sequence[Any],
    named: Mapping[str, Any],
    given: Sequence[Any],
    given_named: Mapping[str, Any],
) -> Iterator[tuple[str, Any, Any]]:
    """Yield each argument's name, its value before the call, and after it."""
    names = _names(function)
    for index, (before, after) in enumerate(zip(arguments, given, strict=True)):
        yield names[index] if index < len(names) else f"argument {index + 1}", before, after
    for key, before in named.items():
        yield key, before, given_named[key]


def _compared(value: Any) -> bool:
    """Tell whether it can be seen that a value was changed."""
    if isinstance(value, tuple | list):
        return all(_compared(each) for each in value)
    return isinstance(value, np.ndarray | int | float | str) or _is_tensor(value)


@contextmanager
def explained(causes: Mapping[str, str]) -> Iterator[None]:
    """Name the likely cause of an exception that the learner's function raises in this block.

    Parameters
    ----------
    causes : mapping of str to str
        From a part of the exception, as the message shows it ("ValueError", "cannot reshape"), to
        the sentence. The first that fits is taken.

    Yields
    ------
    None
        For the block.

    Raises
    ------
    Fault
        That of the block, with the cause named.
    """
    try:
        yield
    except Fault as fault:
        if isinstance(fault.__cause__, Exception):
            fits = (cause for part, cause in causes.items() if part in fault.gave)
            fault.cause = next(fits, fault.cause)
        raise


def checks_of(module: ModuleType) -> list[Callable[[Answer], None]]:
    """Return the functions ``check_...`` of a module of `checks`.

    Parameters
    ----------
    module : module
        One of `workshop.exercises.checks`.

    Returns
    -------
    list of function
        In the order in which they stand there.
    """
    return [
        function
        for name, function in vars(module).items()
        if name.startswith("check_") and inspect.isfunction(function)
    ]
