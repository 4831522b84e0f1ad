"""Reinforcement learning: a small world of platforms, a learner that tries, and one that knows.

`learn` sees no more than a player does: where it stands, what it did, what that earned. `plan` is
given the whole world and computes what is best; it tells how well `learn` has done.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

ACTIONS = ("left", "right", "jump")
FELL = -1  # the state after a fall
STRIDE = 3  # columns of a jump

UPPER = "    ======       ==   "
LOWER = "========   === ===  =="


class Outcome(NamedTuple):
    """What may come of an action.

    Attributes
    ----------
    probability : float, 0 to 1
    state : int
        Where it leads: a state of `World`, or `FELL`.
    reward : float, columns
        What it earns.
    """

    probability: float
    state: int
    reward: float


@dataclass(frozen=True)
class World:
    """Platforms in two rows, a start, and a flag in the last column.

    A state is a place to stand, numbered row by row: ``row * width + column``, row 0 is the
    upper one. *Left* and *right* walk one column; who walks off the upper row drops to the lower
    one, and where that has a gap, falls. *Jump* goes three columns to the right, to the upper row
    where it has a platform there. Some jumps are a column short. Under a platform, or one column
    before it, there is no room to jump. An attempt is over with a fall, or at the flag.

    Parameters
    ----------
    upper : str
        The upper row: ``=`` is a platform, a blank is a gap.
    lower : str
        The lower row, as long as the upper one.
    start : int
        Column in the lower row.
    short : float, 0 to 1
        Share of jumps that are a column short.
    pays_for : {"progress", "moving right"}
        *Progress* pays the columns gained, and takes the columns lost away again. *Moving right*
        pays the columns gained and forgets to take anything away.

    Raises
    ------
    ValueError
        If the rows differ in length, start or flag hang in the air, or `pays_for` is neither.
    """

    upper: str = UPPER
    lower: str = LOWER
    start: int = 5
    short: float = 0.1
    pays_for: str = "progress"

    def __post_init__(self) -> None:
        if len(self.upper) != len(self.lower):
            raise ValueError(
                f"upper and lower must be of one length, got {len(self.upper)} and "
                f"{len(self.lower)}. Fill up with blanks."
            )
        if not (self._holds(1, self.start) and self._holds(1, self.width - 1)):
            raise ValueError(
                f"The start (column {self.start}) and the last column must be platforms of the "
                f"lower row, got {self.lower!r}."
            )
        if self.pays_for not in ("progress", "moving right"):
            raise ValueError(
                f"pays_for must be 'progress' or 'moving right', got {self.pays_for!r}."
            )

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.lower)

    @property
    def n_states(self) -> int:
        """Number of places, those in the air too."""
        return 2 * self.width

    @property
    def first_state(self) -> int:
        """The state in which every attempt begins."""
        return self.width + self.start

    def is_over(self, state: int) -> bool:
        """Tell whether an attempt ends in a state: `FELL`, or the flag."""
        return state in (FELL, self.n_states - 1)

    def outcomes(self, state: int, action: int) -> list[Outcome]:
        """Return all that may come of an action: one thing, or a whole jump and then a short one.

        Parameters
        ----------
        state : int
            A platform, not the flag.
        action : int
            Position in `ACTIONS`.

        Returns
        -------
        list of Outcome
            Their probabilities add up to 1.
        """
        row, column = divmod(state, self.width)
        if ACTIONS[action] != "jump":
            beside = max(column + (1 if ACTIONS[action] == "right" else -1), 0)
            return [self._outcome(1.0, column, beside, highest=row)]
        if row == 1 and (self._holds(0, column) or self._holds(0, column + 1)):
            return [Outcome(1.0, state, 0.0)]  # it bumps its head
        return [
            self._outcome(1 - self.short, column, column + STRIDE, highest=0),
            self._outcome(self.short, column, column + STRIDE - 1, highest=0),
        ]

    def step(self, state: int, action: int, rng: np.random.Generator) -> tuple[int, float]:
        """Do something, and return where it led and what it earned.

        Parameters
        ----------
        state, action : int
            As for `outcomes`.
        rng : numpy Generator
            Decides whether a jump is short.

        Returns
        -------
        state : int
        reward : float
            In columns.
        """
        possible = self.outcomes(state, action)
        lucky = len(possible) == 1 or rng.random() < possible[0].probability
        outcome = possible[0 if lucky else 1]
        return outcome.state, outcome.reward

    def reachable(self) -> list[int]:
        """Return the states in which a learner can come to stand and has something to decide.

        Returns
        -------
        list of int
            In ascending order, without the flag.
        """
        found, new = set(), [self.first_state]
        while new:
            state = new.pop()
            if state in found or self.is_over(state):
                continue
            found.add(state)
            for action in range(len(ACTIONS)):
                new += [outcome.state for outcome in self.outcomes(state, action)]
        return sorted(found)

    def _holds(self, row: int, column: int) -> bool:
        return 0 <= column < self.width and (self.upper, self.lower)[row][column] == "="

    def _outcome(self, probability: float, column: int, beside: int, *, highest: int) -> Outcome:
        """Come down in a column, on the first platform from row `highest` downwards."""
        beside = min(beside, self.width - 1)
        for row in range(highest, 2):
            if self._holds(row, beside):
                gained = beside - column
                reward = max(gained, 0) if self.pays_for == "moving right" else gained
                return Outcome(probability, row * self.width + beside, float(reward))
        return Outcome(probability, FELL, 0.0)


@dataclass
class Learned:
    """What came of learning.

    Attributes
    ----------
    worth : ndarray of shape (n_states, 3)
        Of each action in each state: what it earns now, and what is expected to come after it.
    earned : ndarray of shape (attempts,)
        Sum of the rewards of each attempt, while it was learning.
    """

    worth: np.ndarray
    earned: np.ndarray


def learn(
    world: World,
    *,
    attempts: int = 10_000,
    discount: float = 0.95,
    exploration: float = 1.0,
    longest: int = 100,
    seed: int = 0,
) -> Learned:
    """Learn by trying: Q-learning.

    Parameters
    ----------
    world : World
        Only its `step` is used, as a player uses a game.
    attempts : int
        How often to start again.
    discount : float, 0 to 1
        What a reward is worth that comes one move later (γ).
    exploration : float, 0 to 1
        Share of moves that are drawn at random in the first attempt (ε). It falls evenly, to none
        after the last attempt.
    longest : int, moves
        An attempt is broken off then.
    seed : int
        Of the learner's choices and the world's luck.

    Returns
    -------
    Learned

    References
    ----------
    C. Watkins, P. Dayan: Q-learning. Machine Learning 8, 1992. The falling rate: E. Even-Dar,
    Y. Mansour: Learning Rates for Q-learning. Journal of Machine Learning Research 5, 2003.
    """
    rng = np.random.default_rng(seed)
    worth = np.zeros((world.n_states, len(ACTIONS)))
    visits = np.zeros((world.n_states, len(ACTIONS)))
    earned = np.zeros(attempts)
    for attempt in range(attempts):
        curiosity = exploration * (1 - attempt / attempts)
        state = world.first_state
        for _ in range(longest):
            # --8<-- [start:update]
            best = np.flatnonzero(worth[state] == worth[state].max())
            action = rng.choice(best)
            if rng.random() < curiosity:  # try something
                action = rng.integers(len(ACTIONS))
            reached, reward = world.step(state, action, rng)
            later = 0.0 if world.is_over(reached) else worth[reached].max()
            visits[state, action] += 1
            rate = visits[state, action] ** -0.6  # ever smaller: luck averages out
            surprise = reward + discount * later - worth[state, action]
            worth[state, action] += rate * surprise
            # --8<-- [end:update]
            earned[attempt] += reward
            state = reached
            if world.is_over(state):
                break
    return Learned(worth, earned)


def plan(world: World, *, discount: float = 0.95, precision: float = 1e-10) -> np.ndarray:
    """Compute what each action is worth, from the whole world: value iteration.

    Parameters
    ----------
    world : World
        All outcomes and their probabilities are used, which no player knows.
    discount : float, below 1
        As for `learn`.
    precision : float
        Stop when nothing changes by more than that.

    Returns
    -------
    ndarray of shape (n_states, 3)
        Zero for states that cannot be reached.

    References
    ----------
    R. Sutton, A. Barto: Reinforcement Learning, second edition, section 4.4, 2018.
    """
    # --8<-- [start:plan]
    worth = np.zeros((world.n_states, len(ACTIONS)))
    while True:
        before = worth.copy()
        for state in world.reachable():
            for action in range(len(ACTIONS)):
                worth[state, action] = sum(
                    probability * (reward + discount * _best(world, before, reached))
                    for probability, reached, reward in world.outcomes(state, action)
                )
        if np.abs(worth - before).max() < precision:
            return worth
    # --8<-- [end:plan]


def optimal_share(world: World, worth: np.ndarray, *, discount: float = 0.95) -> float:
    """Return the share of reachable states in which the best-looking action is an optimal one.

    Parameters
    ----------
    world : World
    worth : ndarray of shape (n_states, 3)
        From `learn`.
    discount : float, below 1
        With which `worth` was learned.

    Returns
    -------
    float, 0 to 1
    """
    truth, states = plan(world, discount=discount), world.reachable()
    chosen = truth[states, worth[states].argmax(axis=1)]
    return float(np.mean(chosen > truth[states].max(axis=1) - 1e-6))


def play(
    world: World, worth: np.ndarray, *, longest: int = 100, seed: int = 0
) -> tuple[list[int], float]:
    """Take the best-looking action in every state, and never explore.

    Parameters
    ----------
    world : World
    worth : ndarray of shape (n_states, 3)
        From `learn` or `plan`.
    longest : int, moves
        Broken off then.
    seed : int
        Of the world's luck.

    Returns
    -------
    states : list of int
        From the start to where it ended, `FELL` if it fell.
    earned : float
        Sum of the rewards.
    """
    rng = np.random.default_rng(seed)
    states, earned = [world.first_state], 0.0
    while not world.is_over(states[-1]) and len(states) <= longest:
        reached, reward = world.step(states[-1], int(worth[states[-1]].argmax()), rng)
        states.append(reached)
        earned += reward
    return states, earned


def _best(world: World, worth: np.ndarray, state: int) -> float:
    """Return what a state is worth to somebody who does the best from there on."""
    return 0.0 if world.is_over(state) else float(worth[state].max())
