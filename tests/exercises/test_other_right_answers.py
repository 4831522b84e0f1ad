"""Right in another way than the solution: loops, lists, other functions. All must pass."""

import pytest

from workshop.exercises import source
from workshop.exercises.examination import RIGHT, examine
from workshop.exercises.table import BY_NUMBER

ANSWERS = {
    2: (
        """
def layer(inputs, weights, biases):
    return np.dot(inputs, weights) + biases.reshape(1, -1)
""",
        """
def layer(inputs, weights, biases):
    return (weights.T @ inputs.T).T + biases
""",
        """
def layer(inputs, weights, biases):
    rows = []
    for row in inputs:
        rows.append([sum(row * column) + bias for column, bias in zip(weights.T, biases)])
    return np.array(rows)
""",
        """
def layer(inputs, weights, biases):
    return [[float(row @ weights[:, j] + biases[j]) for j in range(len(biases))] for row in inputs]
""",
    ),
    3: (
        """
def sigmoid(z):
    return (np.tanh(z / 2) + 1) / 2
""",
        """
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))
""",
        """
def sigmoid(z):
    power = np.exp(np.minimum(z, 0))
    return np.where(z < 0, power / (1 + power), 1 / (1 + np.exp(-np.maximum(z, 0))))
""",
        """
import math
def one(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
def sigmoid(z):
    return np.vectorize(one)(z)
""",
        """
def sigmoid(z):
    result = np.zeros(z.shape)
    p = z >= 0
    result[p] = 1 / (1 + np.exp(-z[p]))
    e = np.exp(z[~p])
    result[~p] = e / (1 + e)
    return result
""",
        """
def sigmoid(z):
    with np.errstate(over='ignore'):
        return 1 / (1 + np.exp(-z))
""",
        """
from workshop.functions import sigmoid
""",
    ),
    4: (
        """
def relu(z):
    return z * (z > 0)
def relu_slope(outputs):
    return (outputs > 0).astype(float)
""",
        """
def relu(z):
    return np.where(z > 0, z, 0)
def relu_slope(outputs):
    return np.where(outputs > 0, 1, 0)
""",
        """
def relu(z):
    z = z.copy()
    z[z < 0] = 0
    return z
def relu_slope(outputs):
    return np.sign(outputs)
""",
        """
def relu(z):
    return (z + np.abs(z)) / 2
def relu_slope(outputs):
    return np.heaviside(outputs, 0)
""",
        """
def relu_slope(outputs):
    return outputs != 0
""",
    ),
    5: (
        """
def softmax(logits):
    e = np.exp(logits - np.max(logits, axis=1)[:, None])
    return e / e.sum(axis=1)[:, np.newaxis]
""",
        """
def softmax(logits):
    rows = []
    for row in logits:
        e = np.exp(row - max(row))
        rows.append(e / sum(e))
    return np.array(rows)
""",
        """
def softmax(logits):
    T = logits.T
    e = np.exp(T - T.max(axis=0))
    return (e / e.sum(axis=0)).T
""",
        """
def softmax(logits):
    z = logits.astype(np.float64)
    z -= z.max(axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=-1, keepdims=True)
    return z
""",
        """
def softmax(logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.exp(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))
""",
    ),
    6: (
        """
def cross_entropy(p, t):
    return np.mean(-np.sum(t * np.log(np.maximum(p, 1e-12)), axis=1))
""",
        """
def cross_entropy(p, t):
    return -np.mean((t * np.log(np.clip(p, 1e-12, 1))).sum(axis=1))
""",
        """
def cross_entropy(p, t):
    return -(t * np.log(p + 1e-12)).sum() / p.shape[0]
""",
        """
def cross_entropy(p, t):
    p = np.where(p < 1e-12, 1e-12, p)
    return float(-np.vdot(t, np.log(p))) / len(t)
""",
    ),
    7: (
        """
def one_hot(labels, n):
    return np.eye(n)[labels]
""",
        """
def one_hot(labels, n):
    return labels[:, None] == np.arange(n)
""",
        """
def one_hot(labels, n):
    rows = []
    for label in labels:
        row = [0] * n
        row[label] = 1
        rows.append(row)
    return rows
""",
    ),
    8: (
        """
def cost(x, y, weight, bias):
    total = 0
    for i in range(len(x)):
        total += (weight * x[i] + bias - y[i]) ** 2
    return total
""",
        """
def cost(x, y, w, b):
    e = y - (w * x + b)
    return e @ e
""",
        """
def cost(x, y, weight, bias):
    return sum((bias + weight * x - y) ** 2)
""",
    ),
    9: (
        """
def partial_derivatives(x, y, weight, bias):
    bw = bb = 0
    for a, b in zip(x, y):
        e = bias + weight * a - b
        bw += 2 * e * a
        bb += 2 * e
    return bw, bb
""",
        """
def partial_derivatives(x, y, weight, bias):
    e = bias + weight * x - y
    return [2 * e @ x, 2 * e.sum()]
""",
    ),
    10: (
        """
def descent_step(x, y, weight, bias, learning_rate):
    g = np.array(gradients(x, y, weight, bias))
    return np.array([weight, bias]) - learning_rate * g
""",
        """
def descent_step(x, y, weight, bias, learning_rate):
    g = gradients(x, y, weight, bias)
    weight -= learning_rate * g[0]
    bias -= learning_rate * g[1]
    return [weight, bias]
""",
        """
def descent_step(x, y, weight, bias, learning_rate):
    w = weight - learning_rate * gradients(x, y, weight, bias)[0]
    b = bias - learning_rate * gradients(x, y, weight, bias)[1]
    return w, b
""",
    ),
    11: (
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = np.zeros(steps + 1)
    for i in range(steps + 1):
        costs[i] = cost(x, y, weight, bias)
        if i < steps:
            a, b = gradients(x, y, weight, bias)
            weight -= learning_rate * a
            bias -= learning_rate * b
    return weight, bias, costs
""",
        """
from workshop import neuron
def descend(x, y, weight, bias, learning_rate, steps):
    p = neuron.descend(x, y, weight=weight, bias=bias, learning_rate=learning_rate, steps=steps)
    return p.weights[-1], p.biases[-1], p.costs.tolist()
""",
    ),
    12: (
        """
def choose(x, y, rates):
    best = None
    lowest = np.inf
    for rate in rates:
        c = descend(x, y, learning_rate=rate, steps=100).costs[-1]
        if c < lowest:
            best, lowest = rate, c
    return best
""",
        """
def choose(x, y, rates):
    costs = np.array([descend(x, y, learning_rate=r, steps=100).costs[-1] for r in rates])
    costs[np.isnan(costs)] = np.inf
    return rates[costs.argmin()]
""",
        """
import math
def choose(x, y, rates):
    found = {}
    for r in rates:
        c = descend(x, y, learning_rate=r, steps=100).costs[-1]
        if not math.isnan(c):
            found[c] = r
    return found[min(found)]
""",
        """
def choose(x, y, rates):
    stable = [r for r in rates if r < largest_stable_rate(x)]
    return min(stable, key=lambda r: descend(x, y, learning_rate=r, steps=100).costs[-1])
""",
        """
def largest_stable_rate(x):
    H = [[2*sum(x**2), 2*sum(x)], [2*sum(x), 2*len(x)]]
    return float(2 / max(np.linalg.eigvals(H)))
""",
    ),
    13: (
        """
def mini_batches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        c = order[start:start + batch_size]
        yield X[c], y[c]
""",
        """
def mini_batches(X, y, batch_size, rng):
    order = np.arange(len(y))
    rng.shuffle(order)
    Xs, ys = X[order], y[order]
    return [[Xs[i:i+batch_size], ys[i:i+batch_size]] for i in range(0, len(y), batch_size)]
""",
        """
def mini_batches(X, y, batch_size, rng):
    order = rng.choice(len(X), len(X), replace=False)
    out = []
    while len(order):
        c, order = order[:batch_size], order[batch_size:]
        out.append((X[c], y[c]))
    return tuple(out)
""",
        """
def mini_batches(X, y, batch_size, rng):
    order = list(range(len(X)))
    rng.shuffle(order)
    pieces = [order[i : i + batch_size] for i in range(0, len(X), batch_size)]
    return [(X[piece], y[piece]) for piece in pieces]
""",
        """
def mini_batches(X, y, batch_size, rng):
    order = np.argsort(rng.random(len(X)))
    cuts = list(range(batch_size, len(X), batch_size))
    return [(X[c], y[c]) for c in np.split(order, cuts)]
""",
    ),
    14: (
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    v = beta * velocity
    v -= learning_rate * gradient
    return [parameters + v, v]
""",
    ),
    15: (
        """
def adam_step(
    parameters, mean, square, gradient, step, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-8
):
    m = beta_1 * mean + (1 - beta_1) * gradient
    s = beta_2 * square + (1 - beta_2) * gradient * gradient
    mh = m / (1 - np.power(beta_1, step))
    sh = s / (1 - beta_2 ** step)
    return [parameters - learning_rate * mh / (sh ** 0.5 + epsilon), m, s]
""",
    ),
    16: (
        """
def forward_pass(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    e = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return [A1, e / e.sum(axis=1, keepdims=True)]
""",
    ),
    17: (
        """
def backward_pass(X, Y, W2, A1, P):
    n = X.shape[0]
    d2 = P - Y
    d1 = d2 @ W2.T
    d1[A1 == 0] = 0
    return [X.T @ d1 / n, d1.mean(axis=0), A1.T @ d2 / n, d2.mean(axis=0)]
""",
        """
def backward_pass(X, Y, W2, A1, P):
    g = [0, 0, 0, 0]
    for x, y, a, p in zip(X, Y, A1, P):
        d2 = (p - y) / len(X)
        d1 = W2 @ d2 * (a > 0)
        g = [g[0] + np.outer(x, d1), g[1] + d1, g[2] + np.outer(a, d2), g[3] + d2]
    return tuple(g)
""",
        """
from workshop.functions import relu_derivative, cross_entropy_delta
def backward_pass(X, Y, W2, A1, P):
    d2 = cross_entropy_delta(P, Y)
    d1 = np.dot(d2, W2.T) * relu_derivative(A1)
    return np.dot(X.T, d1), np.sum(d1, 0), np.dot(A1.T, d2), np.sum(d2, 0)
""",
    ),
    18: (
        """
def by_differences(loss, parameters, h=1e-5):
    g = []
    for i in range(len(parameters)):
        parameters[i] += h
        up = loss(parameters)
        parameters[i] -= 2 * h
        down = loss(parameters)
        parameters[i] += h
        g.append((up - down) / (2 * h))
    return g
""",
        """
def by_differences(loss, parameters, h=1e-5):
    g = np.empty_like(parameters)
    for i in range(parameters.size):
        up, down = parameters.copy(), parameters.copy()
        up[i] += h
        down[i] -= h
        g[i] = (loss(up) - loss(down)) / (2 * h)
    return g
""",
        """
def largest_difference(loss, parameters, gradient, h=1e-5):
    return np.linalg.norm(by_differences(loss, parameters, h) - gradient, np.inf)
""",
    ),
}
EACH = [
    pytest.param(number, code, id=f"{BY_NUMBER[number].name}-{index}")
    for number, codes in ANSWERS.items()
    for index, code in enumerate(codes)
]


@pytest.mark.parametrize(("number", "code"), EACH)
def test_another_way_is_right_too(number, code):
    exercise = BY_NUMBER[number]
    outcome = examine(exercise, f"{source.solution(exercise)}\n{code}")
    assert outcome.state == RIGHT, outcome
