"""The one table of exercises, in the order in which the book reaches what they need."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Exercise:
    """One row of the table.

    Attributes
    ----------
    number : int
        What a learner types, from 1.
    stem : str
        The name of its files: ``exNN_stem.py`` in ``exercises/``, ``answers/`` and ``checks/``.
    title : str
        What is done, as a heading.
    minutes : int
        How long a beginner needs, who has read the page.
    difficulty : int
        From 1 (a line) to 3 (think first).
    page : str
        Where the book explains it, without suffix: ``"theory/neuron_equation"``.
    pytorch : bool
        Whether it needs PyTorch, whose import takes seconds.
    """

    number: int
    stem: str
    title: str
    minutes: int
    difficulty: int
    page: str
    pytorch: bool = False

    @property
    def name(self) -> str:
        """The stem of its files, such as ``ex01_output_of_a_neuron``."""
        return f"ex{self.number:02}_{self.stem}"

    @property
    def holds_a_bug(self) -> bool:
        """Whether the learner gets a program with a fault to find, and nothing to write anew."""
        return self.stem.startswith("bug_")


EXERCISES = (
    Exercise(1, "output_of_a_neuron", "The output of a neuron", 5, 1, "theory/neuron_equation"),
    Exercise(2, "layer_of_neurons", "A layer of neurons", 6, 1, "theory/neuron_equation"),
    Exercise(3, "sigmoid", "The sigmoid, without overflow", 10, 2, "theory/activation_functions"),
    Exercise(4, "relu_and_its_slope", "ReLU and its slope", 6, 1, "theory/activation_functions"),
    Exercise(5, "softmax", "Softmax, without overflow", 10, 2, "theory/softmax_and_cross_entropy"),
    Exercise(6, "cross_entropy", "Cross-entropy", 10, 2, "theory/softmax_and_cross_entropy"),
    Exercise(7, "one_hot", "One-hot rows", 6, 1, "theory/softmax_and_cross_entropy"),
    Exercise(8, "cost", "The cost of a line", 5, 1, "theory/single_neuron"),
    Exercise(
        9, "partial_derivatives", "Two partial derivatives", 8, 2, "theory/partial_derivatives"
    ),
    Exercise(10, "descent_step", "One step downhill", 6, 1, "theory/single_neuron"),
    Exercise(11, "descend", "Gradient descent", 12, 2, "theory/single_neuron"),
    Exercise(12, "learning_rate", "Choose a learning rate", 15, 2, "theory/learning_rate"),
    Exercise(13, "mini_batches", "Mini-batches", 15, 2, "theory/mini_batches"),
    Exercise(14, "momentum", "Momentum", 8, 1, "theory/optimizers"),
    Exercise(15, "adam", "Adam", 15, 2, "theory/optimizers"),
    Exercise(16, "forward_pass", "Forwards through two layers", 8, 1, "theory/backpropagation"),
    Exercise(17, "backward_pass", "Backwards through two layers", 25, 3, "theory/backpropagation"),
    Exercise(
        18, "gradient_check", "Check a gradient", 15, 2, "practice/step08_check_the_gradients"
    ),
    Exercise(19, "initial_weights", "Where the weights begin", 5, 1, "theory/initialisation"),
    Exercise(20, "weight_decay", "Weight decay", 8, 1, "theory/regularisation"),
    Exercise(21, "dropout", "Dropout", 12, 2, "theory/regularisation"),
    Exercise(22, "read_idx", "Read MNIST's files", 20, 3, "practice/step01_download_mnist"),
    Exercise(23, "train_validation_test", "Three sets", 15, 2, "background/overfitting"),
    Exercise(24, "confusion_matrix", "The confusion matrix", 15, 2, "background/accuracy"),
    Exercise(
        25, "train_a_network", "Train a network", 30, 3, "practice/step07_network_from_scratch"
    ),
    Exercise(
        26,
        "tensors_and_devices",
        "To PyTorch and back",
        10,
        1,
        "pytorch/step10_straight_line",
        True,
    ),
    Exercise(
        27, "pytorch_loss", "The right loss in PyTorch", 10, 2, "pytorch/step10_straight_line", True
    ),
    Exercise(
        28,
        "pytorch_loop",
        "The loop of every program",
        10,
        2,
        "pytorch/step09_count_the_ones",
        True,
    ),
    Exercise(
        29,
        "save_and_load",
        "Save a model, and load it",
        10,
        1,
        "pytorch/step09_count_the_ones",
        True,
    ),
    Exercise(30, "count_the_ones", "Count the ones", 15, 2, "pytorch/step09_count_the_ones", True),
    Exercise(
        31, "spirals", "Three arms of a spiral", 20, 3, "pytorch/step11_curved_boundaries", True
    ),
    Exercise(
        32,
        "convolution_by_hand",
        "A convolution by hand",
        20,
        2,
        "pytorch/step13_convolutional_network",
    ),
    Exercise(
        33, "recurrent_step", "A layer with a memory", 15, 2, "pytorch/step14_recurrent_network"
    ),
    Exercise(34, "missing_values", "Missing values", 12, 2, "beyond/step15_tables_with_pandas"),
    Exercise(35, "k_means_step", "A step of k-means", 15, 2, "beyond/step16_clusters"),
    Exercise(36, "q_update", "Learn from a reward", 10, 2, "beyond/step18_reward"),
    Exercise(
        37,
        "bug_zero_grad",
        "Find the bug: a line that swings",
        8,
        1,
        "pytorch/step10_straight_line",
        True,
    ),
    Exercise(
        38,
        "bug_saved_model",
        "Find the bug: a neuron that got lost",
        8,
        1,
        "reference/tutorials_got_wrong",
        True,
    ),
    Exercise(
        39,
        "bug_softmax_twice",
        "Find the bug: right, but never sure",
        10,
        2,
        "theory/softmax_and_cross_entropy",
        True,
    ),
    Exercise(
        40,
        "bug_wrong_shape_and_loss",
        "Find two bugs: a class between two others",
        15,
        3,
        "pytorch/step11_curved_boundaries",
        True,
    ),
    Exercise(
        41,
        "bug_test_loss",
        "Find two bugs: a test that is too good",
        10,
        2,
        "reference/tutorials_got_wrong",
        True,
    ),
    Exercise(
        42,
        "bug_dead_relu",
        "Find the bug: some seeds never learn",
        10,
        2,
        "pytorch/step09_count_the_ones",
        True,
    ),
    Exercise(
        43,
        "bug_global_m",
        "Find two bugs: it worked in the notebook",
        15,
        2,
        "reference/tutorials_got_wrong",
    ),
)
BY_NUMBER = MappingProxyType({exercise.number: exercise for exercise in EXERCISES})
