"""What a check says about a wrong result, an error, a warning, and a replaced function."""

import builtins
import sys
from types import ModuleType

import numpy as np
import pytest

from workshop.exercises import source
from workshop.exercises.checking import Answer, Fault, Reply, close, shown
from workshop.exercises.examination import examine
from workshop.exercises.originals import Originals
from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.table import BY_NUMBER

NEURON = BY_NUMBER[1]
RIGHT_ANSWER = """
import numpy as np


def output(inputs, weights, bias):
    return np.sum(inputs * weights) + bias
"""


def answer(code: str, file: str = "answer.py") -> Answer:
    module = ModuleType("answer")
    module.__file__ = file
    exec(compile(code, file, "exec"), vars(module))
    return Answer(module)


def fault(call, *arguments, **named) -> Fault:
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value


# -- results -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1.0),
        (np.float32(0.5), 0.5),
        (np.array(3.0), 3.0),
        ([1, 2], np.array([1.0, 2.0])),
        ([1.0, np.array([2.0])], (1.0, [2.0])),
        (1e20 + 1e5, 1e20),
        (np.nan, np.nan),
        ("seven", "seven"),
        (None, None),
    ],
)
def test_the_same_in_another_form_is_the_same(value, expected):
    assert close(value, expected, 1e-9)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.001, 1.0),
        (np.zeros(2), np.zeros(3)),
        (np.zeros((2, 1)), np.zeros(2)),
        ((1, 2), (1, 2, 3)),
        ("7", 7),
        (None, 0.0),
        (object(), 1.0),
        ([[1], [2, 3]], np.zeros(2)),
        (1, True),
    ],
)
def test_another_result_is_another(value, expected):
    assert not close(value, expected, 1e-9)


@pytest.mark.parametrize(
    ("value", "expected", "said"),
    [
        (None, 1.0, "returns nothing"),
        ((1.0, 2.0), 1.0, "One value was expected; a tuple of 2 came."),
        (1.0, (1.0, 2.0), "2 values were expected, with commas"),
        ((1.0,), (1.0, 2.0), "2 values were expected; 1 came."),
        ((2.0, 1.0), (1.0, 2.0), "the other way round"),
        ((1.0, -2.0), (1.0, 2.0), "place 1 (classes) is wrong. The sign is the wrong way"),
        (np.zeros((2, 3)), np.ones((3, 2)), "Rows and columns are swapped."),
        (np.zeros((2, 4)), np.ones((2, 3)), "Look at axis 1 (classes)."),
        (np.zeros(6), np.ones((2, 3)), "as many, but stand in one axis."),
        (np.zeros((1, 6)), np.ones(6), "as many, but stand in 2 axes."),
        (np.zeros(2), np.ones(3), "it is (2,). Look at axis 0."),
        (np.zeros(3), 1.0, "One number was expected; an array of shape (3,) came."),
        (3.0, np.ones((2, 3)), "of shape (2, 3) (samples, classes) was expected; one number"),
        ([[1.0], [2.0, 3.0]], np.ones((2, 2)), "its rows have different lengths"),
        (np.zeros(5), np.ones((2, 3)), "should be (2, 3) (samples, classes); it is (5,)."),
        (np.nan, 1.0, "nan came"),
        (np.inf, 1.0, "inf came"),
        (4.0, 2.0, "It is twice what it should be."),
        (1.0, 2.0, "It is half of what it should be."),
        (np.array([[1, 3], [2, 4]]), np.array([[1, 2], [3, 4]]), "Rows and columns are swapped."),
        (np.array([1.0, 5.0]), np.array([1.0, 2.0]), "1 of 2 numbers are wrong; the first, at 1,"),
        (np.array([1 / 3, 0.1]), np.array([2 / 3, 0.7]), "is 0.333333 and should be 0.666667."),
        (np.array([True, False]), np.array([1, 1]), "at 1, is 0 and should be 1."),
        ("text", 1.0, "Numbers were expected; str came."),
        (1.333, 4 / 3, "It is nearly right. Was something rounded"),
        ((1.0, 3.0), (1.0, 2.5), "The value at place 1 (classes) is wrong."),
    ],
)
def test_a_difference_is_said_in_words(value, expected, said):
    found = fault(Reply("f(x=1)", value).gives, expected, axes=("samples", "classes"))
    assert said in found.cause
    assert (found.call, found.gave) == ("f(x=1)", shown(value))
    assert str(found).endswith(found.cause)


def test_the_first_misconception_that_fits_is_named():
    mistakes = {"Never right.": 2.0, "Add it.": 1.0, "Divided?": lambda: 1.0 / np.float64(0)}
    assert fault(Reply("f()", 1.0).gives, 2.0, mistakes=mistakes).cause == "Add it."
    assert fault(Reply("f()", np.inf).gives, 2.0, mistakes=mistakes).cause == "Divided?"
    assert Reply("f()", 2.0).gives(2.0, mistakes=mistakes).value == 2.0
    assert fault(Reply("f()", 1.5).gives, 2.0, cause="Read on.").cause == "Read on."


def test_long_values_are_cut():
    assert len(shown(np.random.default_rng(0).random((100, 100)))) < 400
    assert len(shown("x" * 10_000)) < 400
    assert shown(np.float64(1.5)) == "1.5"
    assert shown(0.1 + 0.2) == "0.3"
    assert shown((np.float64(1.5), [np.int64(2)])) == "(1.5, [2])"
    endless: list = []
    endless.append(endless)
    assert shown(endless) == "[[[[...]]]]"


# -- calls ---------------------------------------------------------------------------------


def test_a_call_is_written_with_the_names_of_its_arguments():
    reply = answer("def f(x, y, *, z):\n    return x").call("f", 1.0, [2], z="3")
    assert (reply.call, reply.value) == ("f(x=1.0, y=[2], z='3')", 1.0)


def test_a_call_with_tables_has_an_argument_a_line():
    reply = answer("def f(x, y):\n    return x").call("f", np.eye(2), 3)
    assert reply.call.splitlines() == [
        "f(",
        "    x=array([[1., 0.],",
        "             [0., 1.]]),",
        "    y=3,",
        ")",
    ]


def test_a_long_call_has_an_argument_a_line():
    reply = answer("def f(x, *more):\n    return x").call("f", "a" * 40, "b" * 30, 1)
    assert [len(line) for line in reply.call.splitlines()] == [2, 49, 37, 6, 1]


def test_numbers_that_look_the_same_are_shown_in_full():
    found = fault(Reply("f()", 1.0).gives, 1 + 1e-13, tolerance=1e-15)
    assert (found.gave, found.expected) == ("1.0", "1.0000000000001")


def test_of_a_long_tuple_the_wrong_value_is_shown():
    found = fault(Reply("f()", (1.0, np.eye(2))).gives, (1.0, np.zeros((2, 2))))
    assert found.gave == f"at place 1:\n{shown(np.eye(2))}"
    assert found.expected == shown(np.zeros((2, 2)))
    assert fault(Reply("f()", (1.0, 2.0)).gives, (1.0, 3.0)).gave == "(1.0, 2.0)"


def test_arguments_are_copies_and_must_not_be_changed():
    given = np.ones(2)
    changes = answer("def f(x):\n    x += 1\n    return x")
    found = fault(changes.call, "f", given)
    assert found.gave == "x is array([2., 2.]) after the call"
    assert "changes its argument x" in found.cause
    assert changes.call("f", given, changes=["x"]).value.sum() == 4
    assert given.sum() == 2


@pytest.mark.parametrize(
    ("code", "gave", "said"),
    [
        ("", "no such name", "Was it renamed or deleted?"),
        ("f = 3", "f is 3", ""),
        ("def f(x): return g(x)", "NameError: name 'g' is not defined (line 1 of", "misspelt"),
        ("def f(): return 1", "TypeError: f() takes 0", "the arguments that the exercise names"),
        ("def f(x):\n    x += y\n    y = 1", "UnboundLocalError: ", "before it has got a value"),
        ("import numpy as np\ndef f(x): return np.ones(1)[x]", "out of bounds", "counts from 0"),
        ("import numpy as np\ndef f(x): return max(np.ones(2), x)", "truth value", "np.maximum"),
        (
            "import math, numpy\ndef f(x): return math.exp(numpy.ones(2))",
            "scalars",
            "take a single",
        ),
        ("import numpy as np\ndef f(x): return np.zeros(2, 3)", "as a data type", "two pairs"),
        (
            "import numpy as np\ndef f(x): return x @ np.ones(2)",
            "dimensions",
            "arrays on both sides",
        ),
        ("def f(x): return (1, 2) * 0.5", "sequence", "not multiplied number by number"),
        ("import numpy as np\ndef f(x): return np.max(0, np.ones(2))", "scalar", "np.maximum"),
        ("def f(x): return (1, 2).argmax()", "'tuple' object", "Take it apart"),
        ("def f(x): return [0 for i in x]", "not iterable", "range(n) counts"),
        ("def f(x): return {'one': 2}['One']", "KeyError: 'One'", "letter by letter"),
        ("def f(x): return len(None)", "NoneType", "None came where"),
        ("def f(x):\n    x.append(1)", "AttributeError", "Only a list has append"),
        ("def g(y): return y\ndef f(x): return g(z=x)", "g() got", "called with too many things"),
        ("def f(*, y): return y", "f() takes 0", "the arguments that the exercise names"),
        ("def f(x): return 1.5 ^ 2", "unsupported operand", "a power is **"),
        ("import numpy as np\ndef f(x): return np.ones(2) ^ 2", "bitwise_xor", "a power is **"),
        ("def f(x): return f(x)", "RecursionError", "calls itself"),
        ("def f(x): exit(3)", "SystemExit: 3 (line 1", "end the whole program"),
        ("def f(x): raise SystemExit", "SystemExit (line 1", "ends with return"),
        ("def f(x): raise EOFError", "EOFError", "waits for somebody to type"),
        ("import numpy\ndef f(x): return numpy.zeros(10**15)", "MemoryError", "more memory"),
        (
            "import numpy as np\ndef f(x): return np.ones((2, 3)) @ np.ones(2)",
            "matmul",
            "the last axis of a",
        ),
        ("import numpy as np\ndef f(x): return np.ones(3) + np.ones(2)", "broadcast", ".shape"),
        ("def f(x): raise ValueError('no ' * 10_000)", "ValueError: no no", ""),
    ],
)
def test_an_error_becomes_a_fault_with_advice(code, gave, said):
    found = fault(answer(code).call, "f", 1)
    assert gave in found.gave
    assert said in found.cause
    assert len(found.gave) < 400


def test_what_is_still_to_be_written_is_unfinished():
    found = fault(answer("def f(x): raise NotImplementedError").call, "f", 1)
    assert found.kind == "unfinished"
    assert "raise NotImplementedError" in found.cause


# -- warnings ------------------------------------------------------------------------------


def test_warnings_are_noted_once_and_may_be_refused():
    overflows = answer("import numpy as np\ndef f(x):\n    return np.exp(x)")
    reply = overflows.call("f", np.array([1.0, 1000.0]))
    overflows.call("f", np.array([2000.0]))
    note = "RuntimeWarning: overflow encountered in exp (line 3 of your file)"
    assert overflows.notes == [note]
    assert fault(reply.warns_of_nothing, "Subtract the largest.").gave == note
    quiet = overflows.call("f", np.zeros(2))
    assert quiet.warns_of_nothing("Never said.") is quiet


def test_of_many_warnings_some_are_noted():
    warns = answer("import warnings\ndef f(x):\n    for i in range(x): warnings.warn(f'no {i}')")
    warns.call("f", 100)
    assert warns.notes[-1] == "UserWarning: no 4 (line 3 of your file)"
    assert len(warns.call("f", 100).warnings) == 100


def test_settings_of_numpy_end_with_the_call():
    before = np.geterr()
    careless = answer("import numpy as np\ndef f():\n    np.seterr(all='ignore')\n    return 1")
    assert careless.call("f").value == 1
    assert np.geterr() == before


# -- whole files ---------------------------------------------------------------------------


def test_an_outcome_survives_being_written_as_numbers_and_text():
    outcome = Outcome(WRONG, ("this", "that"), call="f()", notes=("note",))
    assert Outcome.of({**vars(outcome), "passed": ["this", "that"], "later": 1}) == outcome


def test_a_check_tells_what_it_is_about_to_do():
    told: list[tuple[str, str]] = []
    outcome = examine(NEURON, RIGHT_ANSWER, "answer.py", lambda *said: told.append(said))
    assert (outcome.state, outcome.trace) == (RIGHT, ())
    about = [value for key, value in told if key == "about"]
    assert about == ["the file runs", *outcome.passed]
    assert ("call", "running the file from its first line to its last") in told
    assert any(value.startswith("output(inputs=array([1., 2.])") for _, value in told)


def test_the_stub_with_other_blank_lines_around_it_was_not_attempted():
    assert examine(NEURON, f"\n{source.stub(NEURON)}\n").state == UNTOUCHED


@pytest.mark.parametrize(
    ("text", "gave", "said"),
    [
        ("def output(:\n", "SyntaxError: ", "brackets, colon"),
        ("def output():\n  x\n    y\n", "IndentationError: ", "indentation"),
        ("x = '\0'", "SyntaxError: source code string cannot contain null bytes", ""),
        ("(" * 10_000, "SyntaxError: too many nested parentheses", ""),
        ("1 / 0", "ZeroDivisionError: division by zero (line 1 of your file)", ""),
        ("import sys\nsys.exit(0)", "SystemExit: 0 (line 2 of your file)", "end the whole program"),
        ("import nupmy", "ModuleNotFoundError: No module named 'nupmy' (line 1 of", "misspelt"),
    ],
)
def test_a_file_that_does_not_run_is_wrong(text, gave, said):
    outcome = examine(NEURON, text)
    assert outcome.state == WRONG
    assert outcome.gave.startswith(gave)
    assert said in outcome.cause


def test_the_trace_holds_the_learners_lines_only():
    text = (
        "import numpy as np\n\ndef output(inputs, weights, bias):\n"
        "    return total(inputs)\n\ndef total(x):\n    return np.sum(x, axis=3)\n"
    )
    assert examine(NEURON, text).trace == (
        "line 4, in output: return total(inputs)",
        "line 7, in total: return np.sum(x, axis=3)",
    )
    endless = "def output(inputs, weights, bias):\n    return output(inputs, weights, bias)\n"
    trace = examine(NEURON, endless).trace
    assert (len(trace), trace[3]) == (7, "...")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("np.sum = lambda x: 3", "np.sum"),
        ("np.random.default_rng = None", "np.random.default_rng"),
        ("import builtins\nbuiltins.abs = max", "abs"),
        ("del np.exp", "np.exp"),
        (
            "from workshop.exercises.checking import Reply\nReply.gives = print",
            "workshop.exercises.checking.Reply.gives",
        ),
        (
            "import workshop.exercises.checking as c\nc.close = lambda *any: True",
            "workshop.exercises.checking.close",
        ),
    ],
)
def test_a_replaced_function_is_named_and_put_back(line, name):
    before = Originals()
    outcome = examine(NEURON, f"{RIGHT_ANSWER}\n{line}\n")
    assert outcome.state == WRONG
    assert outcome.gave == f"something else in the place of {name}"
    assert f"leave {name} alone" in outcome.cause
    assert before.replaced() == []
    assert builtins.abs(-1) == 1


def test_a_function_replaced_during_a_call_is_named_too():
    text = RIGHT_ANSWER.replace("    return", "    np.sum = min\n    return")
    assert "np.sum" in examine(NEURON, text).gave
    assert np.sum([1, 2]) == 3


def test_tensors_are_watched_once_pytorch_is_there():
    torch = pytest.importorskip("torch")
    before = Originals()
    relu = torch.relu
    torch.relu = abs
    torch.Tensor.backward, backward = None, torch.Tensor.backward
    assert set(before.replaced()) == {"torch.relu", "torch.Tensor.backward"}
    before.restore()
    assert torch.relu is relu
    assert torch.Tensor.backward is backward
    assert "torch.nn" in sys.modules
