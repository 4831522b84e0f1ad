"""What the messages of Python and NumPy mean, for who reads them for the first time."""

from workshop.exercises.pytorch_advice import PYTORCH_ADVICE

_MEMORY = (
    "It asks for more memory than it may have. Does a list grow without an end? Did an array "
    "become rows by rows where one number for each row was meant? Print the shapes."
)
_MATMUL = (
    "In a @ b, the last axis of a must be as long as the first axis of b. Print both .shape: is "
    "one of them transposed, or are they in the wrong order?"
)
_POWER = "In Python, a power is **. The sign ^ is another thing."
_NOT_MANY = (
    "This is one number, and a loop or an unpacking goes through many. range(n) counts from 0 to "
    "n - 1."
)
ADVICE: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        SystemExit,
        "",
        "exit(), quit() and sys.exit() end the whole program. Leave them out: a function ends with "
        "return, a file at its last line.",
    ),
    (
        EOFError,
        "",
        "input() waits for somebody to type, and here is nobody. Take what you need from the "
        "function's arguments.",
    ),
    (MemoryError, "", _MEMORY),
    (
        ModuleNotFoundError,
        "",
        "Is the name misspelt? Only what is installed can be imported. Your other files cannot: "
        "copy what you need from them into this one.",
    ),
    (BaseException, "can't allocate memory", _MEMORY),
    (
        ValueError,
        "does not have enough dimensions",
        "@ wants arrays on both sides. A single number is multiplied with *.",
    ),
    (ValueError, "matmul", _MATMUL),
    (ValueError, "not aligned", _MATMUL),
    (
        ValueError,
        "broadcast",
        "Two arrays do not fit together, element by element. Print their .shape; axes must be "
        "equal, or 1, counted from the end.",
    ),
    (
        ValueError,
        "truth value of an array",
        "An array holds many numbers, and if, and, or, min and max want a single yes or no. "
        "np.where, np.maximum and np.minimum go through an array number by number.",
    ),
    (IndexError, "out of", "Python counts from 0: of n places, the last one is n - 1."),
    (
        KeyError,
        "",
        "The dictionary has no such key. Compare its spelling, letter by letter, with those that "
        "are there.",
    ),
    (
        UnboundLocalError,
        "",
        "That name is used before it has got a value in this function. Set it first, before the "
        "loop, say, and do not give it the name of a function that you still need.",
    ),
    (NameError, "", "Python does not know that name here. Is it misspelt, or not imported?"),
    (RecursionError, "", "The function calls itself without an end."),
    (TypeError, "bitwise_xor", _POWER),
    (TypeError, "for ^", _POWER),
    (
        TypeError,
        "converted to Python scalars",
        "The functions of math take a single number. Those of NumPy, np.exp and the like, go "
        "through an array.",
    ),
    (
        TypeError,
        "as a data type",
        "NumPy takes a whole shape as one thing, with two pairs of brackets: np.zeros((2, 3)), "
        "rng.standard_normal((2, 3)).",
    ),
    (
        TypeError,
        "integer scalar arrays",
        "NumPy wants one whole number there, and got an array. Was a second array given to np.max "
        "or np.min? Those two compare number by number: np.maximum, np.minimum.",
    ),
    (
        TypeError,
        "can't multiply sequence",
        "A tuple or a list is not multiplied number by number. Take its numbers apart first, "
        "a, b = ..., or make an array of it.",
    ),
    (TypeError, "'int' object is not iterable", _NOT_MANY),
    (TypeError, "'float' object is not iterable", _NOT_MANY),
    (
        TypeError,
        "NoneType",
        "None came where a value was expected. A function without return gives None; so do "
        "append, sort and others that change a list.",
    ),
    (
        AttributeError,
        "'tuple' object",
        "A function that returns several things gives them as a tuple. Take it apart first, "
        "a, b = ..., or take one of them, by [0] or [1].",
    ),
    (
        AttributeError,
        "'append'",
        "Only a list has append. Begin with one, values = [], and append to it.",
    ),
)


def advice_on(error: BaseException, call: str) -> str:
    """Return what a beginner may not read out of Python's own message; empty if nothing.

    Parameters
    ----------
    error : exception
        What the learner's code raised.
    call : str
        What was called, as Python.

    Returns
    -------
    str
        One to three sentences; empty if nothing is known.
    """
    text = str(error)
    brackets = ("positional argument", "keyword argument", "keyword-only argument")
    if isinstance(error, TypeError) and any(each in text for each in brackets):
        name = call.partition("(")[0]
        if text.startswith((f"{name}()", f"{name}.")):
            return "The function must take the arguments that the exercise names, and no others."
        if "__init__() got an unexpected keyword argument 'learning_rate'" in text:
            return "PyTorch's optimisers call the learning rate lr: lr=learning_rate."
        return (
            "A function is called with too many things in its brackets, too few, or a name that it "
            "does not know. The message begins with the name of that function."
        )
    for kind, part, advice in ADVICE:
        if isinstance(error, kind) and part in text:
            return advice
    return next((advice for part, advice in PYTORCH_ADVICE.items() if part in text), "")
