"""Step 6 prints the slides' three tables, and the limit foretells what happens."""

from pathlib import Path

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    slow, fine, wild = (printed.split("learning rate ")[i] for i in (2, 1, 3))
    assert "36    -0.6781      2.737" in fine
    assert "358    -0.6778      2.735" in slow
    assert "4      -6168     -937.7" in wild
    assert "above 0.011449" in printed
    assert "20 of 20" in printed
    assert Path("pictures/step06_learning_rates.png").is_file()


def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "100 of 100" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "20 of 20" in done.stdout


def test_a_wrong_limit_lowers_the_score(example, monkeypatch):
    monkeypatch.setattr(example, "largest_stable_rate", lambda x: 0.014)
    assert example.main(quick=True) < 1
