"""Step 8 finds the gradients right, and a wrong one wrong."""

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 16
    printed = capsys.readouterr().out
    for activation in ("relu", "sigmoid"):
        for loss in ("cross_entropy", "squared_error"):
            assert f"{activation:7}  {loss}  differences" in printed
    assert f"All agree to {score:.1f} decimal places." in printed


def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 16
    assert "All agree" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "All agree" in done.stdout


def test_notices_a_wrong_derivative(example, monkeypatch):
    wrong = dict(example.LOSSES)
    loss, delta = wrong["squared_error"]
    wrong["squared_error"] = (loss, lambda *given: 1.0001 * delta(*given))
    monkeypatch.setattr("workshop.network.LOSSES", wrong)
    assert example.main(quick=True) < 6
