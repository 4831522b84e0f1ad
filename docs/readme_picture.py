"""Draw the README's picture anew: `.venv/bin/python docs/readme_picture.py [FILE]`.

A page draws its figures when it is built; the README has no build, so its picture is kept.
`tests/test_repository.py` fails when it is not what this code draws any more.
"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from figures.home import ten_points

HERE = Path(__file__).parent
PICTURE = HERE / "assets" / "images" / "ten_points.svg"


def main(path: Path) -> None:
    """Write the picture to `path`: on white, because a README may be read on black."""
    with plt.style.context(HERE.parent / "hooks" / "plots.mplstyle"):
        figure = ten_points().get_figure(root=True)
        figure.savefig(path, transparent=False, facecolor="white", metadata={"Date": None})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
