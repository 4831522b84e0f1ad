"""NumPy and its like as they were before the learner's file ran, to see what was replaced.

A line ``np.exp = my_exp`` changes NumPy for every module of the process, those that check the
exercise among them. So it is looked for, named, and undone.
"""

import sys
from types import ModuleType
from typing import Any

WATCHED = (
    "builtins",
    "copy",
    "math",
    "random",
    "time",
    "numpy",
    "numpy.linalg",
    "numpy.random",
    "torch",
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.optim",
    "torch.autograd",
)
CLASSES = {"torch": ("Tensor",), "torch.nn": ("Module", "Linear")}
SHORT = {"builtins.": "", "numpy.": "np.", "torch.nn.functional.": "nn.functional."}


class Originals:
    """The public functions and classes of the modules that are loaded now."""

    def __init__(self) -> None:
        names = [name for name in WATCHED if name in sys.modules]
        names += [name for name in sys.modules if name.startswith("workshop.")]
        homes: dict[str, ModuleType | type] = {name: sys.modules[name] for name in names}
        for module, home in list(homes.items()):
            for name, value in list(vars(home).items()):
                ours = module.startswith("workshop.") and getattr(value, "__module__", "") == module
                if isinstance(value, type) and (ours or name in CLASSES.get(module, ())):
                    homes[f"{module}.{name}"] = value
        self._kept: dict[str, tuple[ModuleType | type, dict[str, Any]]] = {
            name: (home, {key: value for key, value in vars(home).items() if _counts(key, value)})
            for name, home in homes.items()
        }

    def replaced(self) -> list[str]:
        """Return the names that something else stands behind now, such as ``np.exp``.

        Returns
        -------
        list of str
            Empty if all is as it was.
        """
        missing = object()
        return [
            _short(f"{name}.{key}")
            for name, (home, kept) in self._kept.items()
            for key, value in kept.items()
            if not _is_same(vars(home).get(key, missing), value)
        ]

    def restore(self) -> None:
        """Put everything back."""
        for home, kept in self._kept.values():
            for key, value in kept.items():
                if vars(home).get(key) is not value:
                    setattr(home, key, value)


def _counts(key: str, value: Any) -> bool:
    return callable(value) and (not key.startswith("_") or key in ("__call__", "__import__"))


def _is_same(value: Any, original: Any) -> bool:
    """Tell whether it is the same, or PyTorch has wrapped it, as its first optimiser does."""
    by = getattr(value, "__globals__", {}).get("__name__", "")
    wrapped = getattr(value, "__wrapped__", None) is original
    return value is original or (wrapped and by.startswith("torch."))


def _short(name: str) -> str:
    for long, short in SHORT.items():
        if name.startswith(long):
            return short + name.removeprefix(long)
    return name
