"""What checks need: where chance decides, where a learner must raise, for their wrong answers."""

from types import ModuleType

import numpy as np
import pytest

from workshop.exercises.checking import Answer, Fault, Reply, changed, explained, shown


def answer(code: str) -> Answer:
    module = ModuleType("answer")
    exec(code, vars(module))
    return Answer(module)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (np.zeros((2, 3)), None),
        ([[1, 2, 3], [4, 5, 6]], None),
        (np.zeros((3, 2)), "Rows and columns are swapped"),
        (np.zeros((2, 4)), "axis 1 (neurons)"),
        (None, "returns nothing"),
        ("text", "Numbers were expected"),
        ([[1, 2], [3]], ""),
        (np.full((2, 3), np.nan), "nan came"),
        (np.full((2, 3), np.inf), "inf came"),
    ],
)
def test_a_shape_is_asked_for(value, said):
    if said is None:
        array = Reply("f()", value).has_shape((2, 3))
        np.testing.assert_array_equal(array, value)
        return
    with pytest.raises(Fault) as caught:
        Reply("f()", value).has_shape((2, 3), axes=("samples", "neurons"))
    assert said in caught.value.cause
    assert "(2, 3)" in caught.value.expected


def test_a_refusal_is_returned():
    refuses = answer("def f(x):\n    raise ValueError(f'no {x}')")
    assert str(refuses.raises(ValueError, "f", 3, cause="Refuse it.")) == "no 3"


@pytest.mark.parametrize("body", ["return x", "raise KeyError(x)", "return g(x)"])
def test_no_refusal_or_another_is_a_fault(body):
    with pytest.raises(Fault) as caught:
        answer(f"def f(x):\n    {body}").raises(ValueError, "f", 3, cause="Refuse it.")
    assert caught.value.cause == "Refuse it."
    assert caught.value.expected == "ValueError"


def test_what_is_still_to_be_written_is_no_wrong_refusal():
    with pytest.raises(Fault) as caught:
        answer("def f(x):\n    raise NotImplementedError").raises(ValueError, "f", 3, cause="No.")
    assert caught.value.kind == "unfinished"


def test_an_exception_can_be_explained():
    causes = {"KeyError": "No such key.", "no 3": "There is no three."}
    with pytest.raises(Fault) as caught, explained(causes):
        answer("def f(x):\n    raise ValueError(f'no {x}')").call("f", 3)
    assert caught.value.cause == "There is no three."


def test_a_result_is_not_explained_as_an_exception():
    with pytest.raises(Fault) as caught, explained({"ValueError": "Not this."}):
        answer("def f(x):\n    return 'ValueError'").call("f", 3).gives(3)
    assert "Not this" not in caught.value.cause


def test_a_generator_is_shown_as_it_is_made():
    assert shown(np.random.default_rng(3)) == "np.random.default_rng(...)"


def test_a_fault_is_put_into_code():
    assert changed("a + b * c", "+", "-", "c", "d") == "a - b * d"
    with pytest.raises(ValueError, match="'x' should stand"):
        changed("a + b", "x", "y")
