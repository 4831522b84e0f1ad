"""How an example of `examples/` is started from the command line."""

import argparse
import inspect
import sys
from collections.abc import Callable


def run(main: Callable[..., float], **positional: str) -> None:
    """Call `main` with what the command line says: ``--quick``, ``--seed``, perhaps ``--device``.

    What a learner can put right (the data, a picture) ends in one message instead of a traceback.

    Parameters
    ----------
    main : function
        Takes `quick` and `seed` by name, `device` if it uses PyTorch, and each name of
        `positional`; returns its score.
    **positional : str
        Names of arguments that may be left out, then None, each with its line of help.

    Raises
    ------
    SystemExit
        With that message, after Ctrl+C, and by argparse: after ``--help`` and for wrong usage.
    """
    from workshop.datasets import DatasetError
    from workshop.images import PictureError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal may lack a letter
    parser = argparse.ArgumentParser(
        description=sys.modules[main.__module__].__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, meaning in positional.items():
        parser.add_argument(name, nargs="?", help=meaning, metavar=name.upper())
    parser.add_argument(
        "--quick", action="store_true", help="small data that needs no network; some seconds"
    )
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers (0)")
    if "device" in inspect.signature(main).parameters:
        parser.add_argument("--device", help="cuda, mps or cpu (the best that is there)")
    try:
        main(**vars(parser.parse_args()))
    except (DatasetError, PictureError, OSError) as error:
        sys.exit(f"{parser.prog}: {error}")
    except KeyboardInterrupt:
        sys.exit(f"{parser.prog}: interrupted")
