"""Pictures: each function draws on the Axes that it is given.

Colours are those of the current matplotlib style (C0, C1 ...), so that a page or a slide can choose
them. No picture says anything by colour alone: markers, line styles and words say it too.
"""

from workshop.plotting.axes import new_axes, save
from workshop.plotting.curves import plot_loss_curve
from workshop.plotting.descent import plot_cost, plot_descent
from workshop.plotting.filters import plot_feature_maps, plot_filters
from workshop.plotting.images import plot_digits, plot_pixels, plot_weights
from workshop.plotting.ladder import plot_ladder
from workshop.plotting.memory import plot_slopes
from workshop.plotting.platforms import plot_platforms, plot_policy, plot_walk
from workshop.plotting.points import plot_line, plot_points, plot_predictions
from workshop.plotting.regions import limits_around, plot_classes, plot_classifiers, plot_regions
from workshop.plotting.rings import plot_moments
from workshop.plotting.tables import plot_heat_map, plot_seasons

__all__ = [
    "limits_around",
    "new_axes",
    "plot_classes",
    "plot_classifiers",
    "plot_cost",
    "plot_descent",
    "plot_digits",
    "plot_feature_maps",
    "plot_filters",
    "plot_heat_map",
    "plot_ladder",
    "plot_line",
    "plot_loss_curve",
    "plot_moments",
    "plot_pixels",
    "plot_platforms",
    "plot_points",
    "plot_policy",
    "plot_predictions",
    "plot_regions",
    "plot_seasons",
    "plot_slopes",
    "plot_walk",
    "plot_weights",
    "save",
]
