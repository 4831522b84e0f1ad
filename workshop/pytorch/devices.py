"""Where to compute, and how to get the same numbers each time."""

import torch


class DeviceError(OSError):
    """The device that was asked for is not one that this machine and this PyTorch have."""


def choose_device(name: str | None = None) -> torch.device:
    """Return the device that was asked for, or else the best that this machine has.

    Parameters
    ----------
    name : "cuda", "mps", "cpu" or None
        ``cuda`` is an NVIDIA (or AMD) graphics card, ``mps`` one of Apple's. None takes the first
        of the three that is there.

    Returns
    -------
    torch.device

    Raises
    ------
    DeviceError
        If this machine, or this build of PyTorch, has no such device.
    """
    here = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if name is None:
        return torch.device(next(device for device, is_here in here.items() if is_here))
    if not here.get(name.partition(":")[0], False):
        found = ", ".join(device for device, is_here in here.items() if is_here)
        raise DeviceError(
            f"The device must be one that PyTorch {torch.__version__} finds here ({found}), got "
            f"{name!r}. Leave it out to take the best one."
        )
    return torch.device(name)


def seed_everything(seed: int) -> None:
    """Seed PyTorch's own generators, from which layers draw their first weights.

    On a graphics card, also choose slower operations that add up in the same order each time, where
    PyTorch has them. Between two kinds of device, or two versions, numbers still differ.
    """
    torch.manual_seed(seed)
    if torch.cuda.is_available():
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True
