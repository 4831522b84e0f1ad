"""Checks of exercise 36: learn from a reward."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong, changed, explained

AXES = ("states", "actions")
HINTS = (
    "Do the first example by hand: it earned 4, and from state 1 it expects 6 at best. What is "
    "that worth now, with a discount of 0.9? It believed 1. How large is the surprise?",
    "worth[reached] is the row of the state where it stands now, and max() the best of its "
    "actions. If the attempt is over, there is nothing to come: 0.",
    "surprise = reward + discount * later - worth[state, action]. Then make a copy of the table, "
    "and add rate * surprise to one number of it.",
    "The copy: new = np.array(worth, dtype=float). Then new[state, action] += rate * surprise.",
)
_UPDATE = """
def update(worth, state, action, reward, reached, over, rate, discount):
    later = 0.0 if over else worth[reached].max()
    surprise = reward + discount * later - worth[state, action]
    new = np.array(worth, dtype=float)
    new[state, action] += rate * surprise
    return new
"""
WRONG = (
    Wrong("after the end", changed(_UPDATE, "0.0 if over else ", "")),
    Wrong("of the whole table", changed(_UPDATE, "worth[reached].max()", "worth.max()")),
    Wrong("where it stood, not", changed(_UPDATE, "worth[reached]", "worth[state]")),
    Wrong(
        "the same action again", changed(_UPDATE, "worth[reached].max()", "worth[reached, action]")
    ),
    Wrong("is the number of the best action", changed(_UPDATE, ".max()", ".argmax()")),
    Wrong("discount is missing", changed(_UPDATE, "discount * ", "")),
    Wrong(
        "reward that comes at once",
        changed(_UPDATE, "reward + discount * later", "discount * (reward + later)"),
    ),
    Wrong("without the rate", changed(_UPDATE, "rate * ", "")),
    Wrong("what it believed before is lost", changed(_UPDATE, "+= rate", "= rate")),
    Wrong("its old belief off", changed(_UPDATE, " - worth[state, action]", "")),
    Wrong("away from what it sees", changed(_UPDATE, "+= rate", "-= rate")),
    Wrong("in the row of the state that it reached", changed(_UPDATE, "new[state", "new[reached")),
    Wrong("changes its argument worth", changed(_UPDATE, "np.array(worth, dtype=float)", "worth")),
    Wrong(
        "cut to a whole number", changed(_UPDATE, "np.array(worth, dtype=float)", "worth.copy()")
    ),
)


def _compare(
    answer: Answer,
    worth: np.ndarray,
    move: tuple[int, int, float, int],
    over: bool,
    rate: float,
    discount: float,
) -> None:
    state, action, reward, reached = move
    old, best = worth[state, action], worth[reached].max()
    later = 0.0 if over else best

    def table(number: float, row: int = state) -> np.ndarray:
        new = worth.astype(float)
        new[row, action] = number
        return new

    def after(later: float) -> np.ndarray:
        return table(old + rate * (reward + discount * later - old))

    target = reward + discount * later
    row = "A row of the table is a state, a column an action: worth[state, action]."
    with explained({"IndexError": row}):
        reply = answer.call(
            "update", worth, state, action, reward, reached, over=over, rate=rate, discount=discount
        )
    column = worth[:, reached].max() if reached < worth.shape[1] else later
    reply.gives(
        after(later),
        axes=AXES,
        mistakes={
            "It expects something after the end. Where the attempt is over, nothing can be earned "
            "any more: later is 0.": after(best),
            "It expects nothing of what comes, though the attempt goes on. Is over the wrong way "
            "round?": after(0.0),
            "It forgets the reward of the last move. Nothing comes after it, so later is 0; the "
            "reward itself counts.": table(old + rate * (0 - old)),
            "It expects the best of the whole table. It stands in one state: take the best of that "
            "row.": after(worth.max()),
            "It takes the best of the state where it stood, not of the one that it reached.": after(
                worth[state].max()
            ),
            "It looks at a column of the table. A row is a state: worth[reached].": after(column),
            "It expects to do the same action again. It may choose: take the best action of the "
            "state that it reached.": after(worth[reached, action]),
            "argmax is the number of the best action, not what it is worth. That is max().": after(
                int(worth[reached].argmax())
            ),
            "It takes the mean of all actions. It will choose the best one: max().": after(
                worth[reached].mean()
            ),
            "The discount is missing: what comes one move later is worth less.": table(
                old + rate * (reward + later - old)
            ),
            "The discount makes the reward that comes at once smaller, too. Only what comes later "
            "is discounted.": table(old + rate * (discount * (reward + later) - old)),
            "It takes over the whole surprise, without the rate. A single bad move should not "
            "count for so much.": table(target),
            "The surprise stands in the place of the old number, so what it believed before is "
            "lost. Add it: +=.": table(rate * (target - old)),
            "It does not take its old belief off. Surprise is what it sees minus what it "
            "believed.": table(old + rate * target),
            "It moves away from what it sees. Surprise is what it sees minus what it believed, and "
            "it is added.": table(old - rate * (target - old)),
            "The change is in the row of the state that it reached. It has learned about the "
            "action that it did, in the state where it stood.": lambda: table(
                worth[reached, action] + rate * (target - old), reached
            ),
            "The table has not changed. Return the new one; the last move of an attempt teaches "
            "something, too.": worth,
            "The rate multiplies the reward alone. Put the surprise in brackets, or give it a "
            "name: rate * (reward + ...).": table(rate * reward + discount * later),
            "rate and discount have changed places: discount belongs to what comes later, rate to "
            "the whole surprise.": table(old + discount * (reward + rate * later - old)),
            "The number has changed in another place: the row of the table is the state, the "
            "column the action.": lambda: _turned(
                worth, action, state, after(later)[state, action]
            ),
            "The new number is cut to a whole number. A copy of whole numbers holds nothing else: "
            "np.array(worth, dtype=float).": table(int(old + rate * (target - old))),
            "Only the new number is returned. Return the whole table.": old + rate * (target - old),
        },
    )


def _turned(worth: np.ndarray, row: int, column: int, number: float) -> np.ndarray:
    """Return a table whose change stands in another place, if there is such a place."""
    if row >= worth.shape[0] or column >= worth.shape[1]:
        return worth
    new = worth.astype(float)
    new[row, column] = number
    return new


def check_example(answer: Answer) -> None:
    """the examples of the statement"""
    worth = np.array([[1.0, 3.0], [4.0, 6.0]])
    _compare(answer, worth, (0, 0, 4.0, 1), False, 0.5, 0.9)
    _compare(answer, worth, (0, 0, 4.0, 1), True, 0.5, 0.9)


def check_random_moves(answer: Answer) -> None:
    """random tables and moves"""
    rng = answer.rng(1)
    for n_states, n_actions in ((5, 3), (2, 2), (8, 1), (3, 6)):
        worth = rng.normal(0, 3, (n_states, n_actions))
        state, reached = rng.choice(n_states, 2, replace=False)
        move = (int(state), int(rng.integers(n_actions)), float(rng.normal()), int(reached))
        _compare(answer, worth, move, False, 0.3, 0.8)
        _compare(answer, worth, move, True, 0.3, 0.8)


def check_same_state(answer: Answer) -> None:
    """a move that leads back to the same state, for a loss"""
    _compare(answer, np.array([[-3.0, -2.0], [1.0, 5.0]]), (0, 0, -1.5, 0), False, 0.4, 0.95)


def check_whole_numbers(answer: Answer) -> None:
    """a table of whole numbers"""
    _compare(answer, np.array([[10, 30], [70, 20]]), (1, 1, 3, 0), False, 0.25, 0.5)
