"""Exercise 36: Learn from a reward.

Q-learning fills a table: what each action is worth in each state, counting what it earns at once
and what can be earned after it. After each move it compares what it believed with what it now
sees. The difference is the surprise, and it takes over a part of it.

Write `update`:

- worth: array of shape (n_states, n_actions), the table, Q in the book, perhaps of whole numbers;
- state, action: whole numbers, where it stood and what it did;
- reward: number, what that earned;
- reached: whole number, the state in which it stands now;
- over: True if the attempt ends there, so that nothing can be earned any more;
- rate: number from 0 to 1, how much of the surprise to take over (η);
- discount: number from 0 to 1, what a reward is worth that comes one move later (γ).

It returns a new table, in which one number has changed and need not be whole, and leaves the old
table as it is.

>>> worth = np.array([[1.0, 3.0], [4.0, 6.0]])
>>> print(update(worth, 0, 0, 4.0, 1, over=False, rate=0.5, discount=0.9))
[[5.2 3. ]
 [4.  6. ]]
>>> print(update(worth, 0, 0, 4.0, 1, over=True, rate=0.5, discount=0.9))
[[2.5 3. ]
 [4.  6. ]]

Time: 10 minutes. Difficulty: two of three.
In the book: beyond/step18_reward. Check it with: workshop check 36
"""

import numpy as np


def update(worth, state, action, reward, reached, over, rate, discount):
    """Return the table after one move."""
    # TODO: the best that it expects from there; the surprise; a new table with its share
    raise NotImplementedError
