"""`make bench`: run the benchmarks one after another, each in a process of its own.

Each sets its number of threads before NumPy starts, and none warms up another's caches.
Leave the machine alone meanwhile: the figures are those of an idle one.
"""

import argparse
import os
import subprocess
import sys

BENCHMARKS = {
    # name: (module, BLAS threads; None leaves the machine's default)
    "speed": ("benchmarks.speed", 1),
    "accuracy": ("benchmarks.accuracy", None),
    "convolution": ("benchmarks.convolution", None),
}


def main() -> int:
    """Run the named benchmarks, all by default; return the number that failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"unknown benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    failed = 0
    for name in names:
        module, threads = BENCHMARKS[name]
        environment = dict(os.environ)
        if threads:
            for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
                environment[variable] = str(threads)
        print(f"== {name} ==", flush=True)
        failed += subprocess.run([sys.executable, "-m", module], env=environment).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
