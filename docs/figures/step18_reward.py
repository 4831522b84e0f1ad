"""The figures of the page on reward. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes

from workshop.plotting import new_axes, plot_platforms, plot_policy, plot_walk
from workshop.reward import World, learn, plan, play


def world_of_platforms() -> Axes:
    """The world: two rows of platforms, gaps, a start and a flag."""
    ax = new_axes(6.4, 2.3)
    plot_platforms(ax, World())
    return ax


def best_actions() -> Axes:
    """What is best in each place, from value iteration."""
    world, ax = World(), new_axes(6.4, 2.3)
    plot_platforms(ax, world)
    plot_policy(ax, world, plan(world))
    return ax


def best_walk() -> Axes:
    """The best way from the start to the flag."""
    world, ax = World(), new_axes(6.4, 2.3)
    plot_platforms(ax, world)
    plot_walk(ax, world, play(world, plan(world))[0])
    return ax


def bouncing() -> Axes:
    """The way of somebody who is paid for moving right, and loses nothing by going left."""
    world, ax = World(pays_for="moving right"), new_axes(6.4, 2.3)
    plot_platforms(ax, world)
    plot_walk(ax, world, play(world, plan(world), longest=40)[0])
    return ax


def learning_to_walk() -> Axes:
    """What an attempt earns, while ten learners explore less and less."""
    attempts = 500
    curious = [learn(World(), attempts=attempts, seed=seed).earned for seed in range(10)]
    stubborn = [
        learn(World(), attempts=attempts, exploration=0, seed=seed).earned for seed in range(10)
    ]
    ax, window = new_axes(6.2, 3.5), 25
    middle = np.arange(window, attempts + 1)
    for runs, style, name in ((curious, "-", "explores"), (stubborn, "--", "never explores")):
        smooth = np.convolve(np.mean(runs, axis=0), np.full(window, 1 / window), mode="valid")
        ax.plot(middle, smooth, style, label=name)
    ax.axhline(16, color="C5", linestyle=":", linewidth=1.6)
    ax.text(8, 15.6, "the flag: 16 columns", va="top")
    ax.set(xlabel="attempt", ylabel="earned", ylim=(0, 17))
    ax.legend(loc="center right", bbox_to_anchor=(1, 0.35))
    return ax
