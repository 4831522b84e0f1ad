"""`NetworkClassifier` as scikit-learn sees it, and its own save, load and early stopping."""

import copy
import json
import pickle
import subprocess
import sys
import zipfile

import joblib
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits


@pytest.fixture(scope="module")
def digits():
    """The bundled digits, scaled to 0-1: X_train, y_train, X_test, y_test."""
    X_train, y_train, X_test, y_test = load_digits()
    return X_train / 255, y_train, X_test / 255, y_test


@pytest.fixture(scope="module")
def trained(digits):
    return NetworkClassifier(learning_rate=0.1, epochs=5, random_state=0).fit(*digits[:2])


@parametrize_with_checks(
    [
        NetworkClassifier(),
        NetworkClassifier(
            hidden_sizes=(8, 8),
            optimizer="adam",
            learning_rate=0.05,
            schedule="one_cycle",
            label_smoothing=0.1,
        ),
        NetworkClassifier(
            hidden_sizes=(),
            activation="sigmoid",
            loss="squared_error",
            optimizer="rmsprop",
            learning_rate=0.05,
            weight_decay=0.01,
        ),
    ]
)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


@pytest.mark.parametrize(
    ("settings", "threshold"),
    [
        # Measured on splits and seeds 0 to 7: mean 0.946, each 0.933 to 0.956
        ({}, 0.935),
        # mean 0.978, each 0.964 to 0.987
        ({"learning_rate": 0.1, "epochs": 30}, 0.97),
        # mean 0.966, each 0.964 to 0.971
        ({"optimizer": "adam", "learning_rate": 0.003}, 0.96),
        # mean 0.982, each 0.976 to 0.989
        (
            {
                "learning_rate": 0.1,
                "epochs": 30,
                "schedule": "one_cycle",
                "label_smoothing": 0.1,
            },
            0.975,
        ),
        # mean 0.969, each 0.953 to 0.982: at 8 x 8 pixels the changes are too strong to help
        (
            {
                "learning_rate": 0.1,
                "epochs": 60,
                "schedule": "one_cycle",
                "augmentation": "affine",
            },
            0.955,
        ),
    ],
    ids=["defaults", "momentum", "adam", "one_cycle", "affine"],
)
def test_accuracy_on_the_bundled_digits(settings, threshold):
    scores = []
    for seed in range(8):
        X_train, y_train, X_test, y_test = load_digits(seed=seed)
        classifier = NetworkClassifier(random_state=seed, **settings).fit(X_train / 255, y_train)
        scores.append(classifier.score(X_test / 255, y_test))
    assert np.mean(scores) >= threshold, scores


def test_learned_state(trained, digits):
    assert trained.classes_.tolist() == list(range(10))
    assert trained.n_features_in_ == 64
    assert [weights.shape for weights in trained.weights_] == [(64, 128), (128, 10)]
    assert [biases.shape for biases in trained.biases_] == [(128,), (10,)]
    assert trained.n_iter_ == len(trained.loss_curve_) == 5
    assert trained.loss_curve_[-1] < trained.loss_curve_[0]
    assert trained.validation_scores_ == []
    probabilities = trained.predict_proba(digits[2])
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal(trained.predict(digits[2]), probabilities.argmax(axis=1))


def test_random_state_decides_everything(digits):
    def parameters(seed):
        classifier = NetworkClassifier(epochs=1, early_stopping=True, random_state=seed)
        return classifier.fit(*digits[:2]).network_.parameters

    np.testing.assert_array_equal(parameters(1), parameters(1))
    assert not np.array_equal(parameters(1), parameters(2))
    assert not np.array_equal(parameters(None), parameters(None))


def test_fit_starts_afresh(digits):
    classifier = NetworkClassifier(epochs=1, random_state=0).fit(*digits[:2])
    first = classifier.network_.parameters
    np.testing.assert_array_equal(classifier.fit(*digits[:2]).network_.parameters, first)


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["cat", "dog"]),
        np.array(["cat", "dog"], dtype=object),
        np.array([-5, 1000]),
        np.array([False, True]),
        np.array([2, 7], np.uint8),
    ],
    ids=["strings", "objects", "integers", "booleans", "bytes"],
)
def test_any_labels(labels, digits, tmp_path):
    X_train, y_train, X_test, y_test = digits
    classifier = NetworkClassifier(epochs=8, learning_rate=0.1, random_state=0)
    classifier.fit(X_train, labels[(y_train == 0).astype(int)])
    assert classifier.classes_.tolist() == sorted(labels.tolist())
    assert classifier.score(X_test, labels[(y_test == 0).astype(int)]) > 0.97
    classifier.save(tmp_path / "labels.npz")
    loaded = NetworkClassifier.load(tmp_path / "labels.npz")
    assert loaded.predict(X_test).tolist() == classifier.predict(X_test).tolist()


def test_in_a_pipeline_a_grid_search_and_cross_validation(digits):
    X, y = digits[0][:400], digits[1][:400]
    pipeline = make_pipeline(
        StandardScaler(), NetworkClassifier(hidden_sizes=(32,), epochs=6, random_state=0)
    )
    search = GridSearchCV(
        pipeline, {"networkclassifier__learning_rate": [1e-6, 0.05]}, cv=2, error_score="raise"
    )
    search.fit(X, y)
    assert search.best_params_ == {"networkclassifier__learning_rate": 0.05}
    assert search.score(*digits[2:]) > 0.8
    scores = cross_val_score(search.best_estimator_, X, y, cv=3, error_score="raise")
    assert scores.shape == (3,)
    assert scores.min() > 0.8


def test_clone_has_the_settings_and_not_what_was_learned(trained):
    twin = clone(trained.set_params(verbose=False))
    assert twin.get_params() == trained.get_params()
    assert not hasattr(twin, "network_")


def joblib_round_trip(classifier, folder):
    joblib.dump(classifier, folder / "classifier.joblib")
    return joblib.load(folder / "classifier.joblib")


DUPLICATES = {
    "joblib": joblib_round_trip,
    "pickle": lambda classifier, folder: pickle.loads(pickle.dumps(classifier)),
    "deepcopy": lambda classifier, folder: copy.deepcopy(classifier),
}


@pytest.mark.parametrize("how", [*DUPLICATES, "save"])
def test_a_duplicate_predicts_the_same_and_its_weights_are_views_of_its_own(
    how, trained, digits, tmp_path
):
    if how == "save":
        trained.save(tmp_path / "network.npz")
        twin = NetworkClassifier.load(tmp_path / "network.npz")
    else:
        twin = DUPLICATES[how](trained, tmp_path)
    np.testing.assert_array_equal(twin.predict_proba(digits[2]), trained.predict_proba(digits[2]))
    for name in ("loss_curve_", "validation_scores_", "n_iter_", "n_features_in_"):
        assert getattr(twin, name) == getattr(trained, name)
    assert twin.get_params() == trained.get_params()
    np.testing.assert_array_equal(twin.classes_, trained.classes_)
    twin.network_.parameters[:] = 0
    assert not any(values.any() for values in [*twin.weights_, *twin.biases_])
    assert trained.weights_[0].any()


def test_a_loaded_classifier_can_be_trained_again(trained, digits, tmp_path):
    trained.save(tmp_path / "network.npz")
    loaded = NetworkClassifier.load(tmp_path / "network.npz").fit(*digits[:2])
    np.testing.assert_array_equal(loaded.network_.parameters, trained.network_.parameters)


def test_save_writes_the_named_file_alone_and_replaces_it_in_one_go(trained, tmp_path):
    path = tmp_path / "network without a suffix"
    path.write_text("something older")
    trained.save(path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    with np.load(path, allow_pickle=False) as content:
        assert {content[name].dtype.hasobject for name in content.files} == {False}


def test_a_save_that_fails_leaves_the_older_file(trained, tmp_path, monkeypatch):
    path = tmp_path / "network.npz"
    path.write_text("something older")

    def full(file, **arrays):
        file.write(b"half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        trained.save(path)
    assert path.read_text() == "something older"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_settings_from_numpy_are_saved(digits, tmp_path):
    """As a grid over np.linspace or np.array leaves them."""
    classifier = NetworkClassifier(
        hidden_sizes=tuple(np.array([8, 4])),
        batch_size=np.int64(32),
        learning_rate=np.float32(0.25),
        epochs=1,
        random_state=np.int64(0),
    ).fit(*digits[:2])
    classifier.save(tmp_path / "network.npz")
    loaded = NetworkClassifier.load(tmp_path / "network.npz")
    assert (loaded.hidden_sizes, loaded.batch_size) == ((8, 4), 32)
    assert (loaded.learning_rate, loaded.random_state) == (0.25, 0)


def test_settings_that_only_pickle_could_write_are_refused(digits, tmp_path):
    classifier = NetworkClassifier(epochs=1, random_state=np.random.RandomState(0))
    classifier.fit(*digits[:2])
    with pytest.raises(ValueError, match=r"RandomState.*Give random_state as an int"):
        classifier.save(tmp_path / "network.npz")
    assert not list(tmp_path.iterdir())


def test_save_needs_a_trained_classifier(tmp_path):
    with pytest.raises(ValueError, match="not fitted yet"):
        NetworkClassifier().save(tmp_path / "network.npz")


class Bomb:
    """Makes a file if it is ever unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


def rewrite(source, target, **changes):
    """Copy a saved network with some of its arrays changed; None leaves one out."""
    with np.load(source, allow_pickle=False) as file:
        content = {name: file[name] for name in file.files} | changes
    np.savez(target, **{name: array for name, array in content.items() if array is not None})


def other_header(**changes):
    header = {"format": "first-neuron network 1", "settings": NetworkClassifier().get_params()}
    header["settings"] |= changes.pop("settings", {})
    return np.array(json.dumps(header | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"header": np.array("{}")}, "KeyError"),
        ({"header": np.array("no JSON")}, "JSONDecodeError"),
        ({"header": None}, "KeyError"),
        ({"header": other_header(format="something else")}, "its format is 'something else'"),
        ({"header": other_header(settings={"colour": "red"})}, "colour"),
        ({"header": other_header(settings={"activation": "step"})}, "activation must be one of"),
        ({"header": other_header(settings={"hidden_sizes": [64]})}, "do not fit its settings"),
        ({"parameters": np.zeros(3)}, r"3 parameters do not fit its layers \(64, 128, 10\)"),
        ({"parameters": np.full(9610, np.nan)}, "not finite"),
        ({"classes": np.arange(9)}, "do not fit its settings and classes"),
        ({"sizes": np.array([10**9, 128, 10])}, "9610 parameters do not fit its layers"),
        ({"sizes": np.array([64, 10])}, "do not fit its settings"),
        ({"loss_curve": None}, "KeyError"),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused(changes, message, trained, tmp_path):
    trained.save(tmp_path / "network.npz")
    rewrite(tmp_path / "network.npz", tmp_path / "other.npz", **changes)
    with pytest.raises(ValueError, match=f"other.npz is not a network saved by.*{message}"):
        NetworkClassifier.load(tmp_path / "other.npz")


@pytest.mark.parametrize("content", [b"", b"no network", b"PK\x03\x04 half a zip"])
def test_a_file_of_another_kind_is_refused(content, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(content)
    with pytest.raises(ValueError, match=r"photo\.jpg is not a network saved by"):
        NetworkClassifier.load(tmp_path / "photo.jpg")


def test_a_single_array_is_refused(tmp_path):
    np.save(tmp_path / "array.npy", np.zeros(3))
    with pytest.raises(ValueError, match="is not a network saved by"):
        NetworkClassifier.load(tmp_path / "array.npy")


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(keep, trained, tmp_path):
    trained.save(tmp_path / "network.npz")
    content = (tmp_path / "network.npz").read_bytes()
    (tmp_path / "network.npz").write_bytes(content[: int(keep * len(content))])
    with pytest.raises(ValueError, match="is not a network saved by"):
        NetworkClassifier.load(tmp_path / "network.npz")


def test_an_altered_file_is_refused(trained, tmp_path):
    path = tmp_path / "network.npz"
    trained.save(path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("parameters.npy").header_offset
    content = bytearray(path.read_bytes())
    content[start + 1000] ^= 1
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"is not a network saved by.*CRC"):
        NetworkClassifier.load(path)


def test_pickles_are_refused_and_never_run(trained, tmp_path):
    (tmp_path / "pickle.npz").write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    trained.save(tmp_path / "network.npz")
    bomb = np.array([Bomb(tmp_path / "exploded")], dtype=object)
    rewrite(tmp_path / "network.npz", tmp_path / "inside.npz", classes=bomb)
    for name in ("pickle.npz", "inside.npz"):
        with pytest.raises(
            ValueError, match=r"is not a network saved by.*(allow_pickle|pickle\.load)"
        ):
            NetworkClassifier.load(tmp_path / name)
    assert not (tmp_path / "exploded").exists()


def test_a_missing_file_stays_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        NetworkClassifier.load(tmp_path / "nowhere.npz")


def test_early_stopping_keeps_the_best_epoch(digits):
    """A learning rate that is too large makes the validation score go up and down."""
    X_train, y_train = digits[:2]
    classifier = NetworkClassifier(
        learning_rate=0.7,
        epochs=200,
        early_stopping=True,
        validation_fraction=0.2,
        patience=4,
        random_state=0,
    ).fit(X_train, y_train)
    scores = classifier.validation_scores_
    best = scores.index(max(scores))
    assert classifier.n_iter_ == len(scores) == best + 1 + 4 < 200
    assert scores[-1] < max(scores), "else this test would not tell the best from the last"
    shorter = clone(classifier).set_params(epochs=best + 1, patience=200).fit(X_train, y_train)
    np.testing.assert_array_equal(shorter.network_.parameters, classifier.network_.parameters)


def test_early_stopping_waits_no_longer_than_the_epochs(digits):
    classifier = NetworkClassifier(epochs=2, early_stopping=True, random_state=0)
    assert classifier.fit(*digits[:2]).n_iter_ == 2
    assert len(classifier.validation_scores_) == 2


def test_time_limit_ends_training(digits):
    classifier = NetworkClassifier(epochs=10**9, time_limit=0.2, schedule="one_cycle")
    assert 0 < classifier.fit(*digits[:2]).n_iter_ < 10**4


def test_label_smoothing_makes_the_network_less_sure(digits):
    sure, modest = (
        NetworkClassifier(learning_rate=0.1, label_smoothing=share, random_state=0)
        .fit(*digits[:2])
        .predict_proba(digits[2])
        .max(axis=1)
        .mean()
        for share in (0.0, 0.3)
    )
    assert modest < sure - 0.1


@pytest.mark.parametrize("early_stopping", [False, True])
def test_the_progress_bar_shows_the_loss_and_can_be_silenced(early_stopping, digits, capsys):
    classifier = NetworkClassifier(
        epochs=2, early_stopping=early_stopping, random_state=0, verbose=True
    )
    classifier.fit(*digits[:2])
    printed = capsys.readouterr()
    assert "2/2" in printed.err
    assert "loss=" in printed.err
    assert ("validation=" in printed.err) == early_stopping
    assert not printed.out
    classifier.set_params(verbose=False).fit(*digits[:2])
    assert capsys.readouterr() == ("", "")


def test_an_infinite_loss_names_the_learning_rate(digits):
    with pytest.raises(FloatingPointError, match="learning_rate=1e"):
        NetworkClassifier(learning_rate=1e30).fit(*digits[:2])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"activation": "tanh"}, "activation must be one of 'relu', 'sigmoid', got 'tanh'"),
        ({"loss": "mse"}, "loss must be one of 'cross_entropy', 'squared_error', got 'mse'"),
        ({"optimizer": "sdg"}, "optimizer must be one of 'sgd', 'momentum', .*, got 'sdg'"),
        ({"schedule": None}, "schedule must be one of 'constant', 'one_cycle', got None"),
        ({"augmentation": "flip"}, "augmentation must be one of None, 'shifts', 'affine'"),
        ({"hidden_sizes": 128}, r"hidden_sizes must be a tuple of whole numbers, .* got 128\."),
        ({"hidden_sizes": (30, 0)}, r"hidden_sizes must be .* got \(30, 0\)"),
        ({"hidden_sizes": (30.0,)}, r"hidden_sizes must be .* got \(30\.0,\)"),
        ({"hidden_sizes": "128"}, r"hidden_sizes must be .* got '128'"),
        ({"learning_rate": 0}, "learning_rate must be a number above 0, got 0"),
        ({"learning_rate": -0.1}, "learning_rate must be a number above 0, got -0.1"),
        ({"learning_rate": "0.1"}, "learning_rate must be a number above 0, got '0.1'"),
        ({"learning_rate": float("nan")}, "learning_rate must be a number above 0, got nan"),
        ({"batch_size": 0}, "batch_size must be a whole number, 1 or more, got 0"),
        ({"batch_size": 32.0}, "batch_size must be a whole number, 1 or more, got 32.0"),
        ({"epochs": -1}, "epochs must be a whole number, 1 or more, got -1"),
        ({"patience": 0}, "patience must be a whole number, 1 or more, got 0"),
        ({"time_limit": 0}, "time_limit must be a number above 0, got 0"),
        ({"weight_decay": -1e-4}, "weight_decay must be a number, 0 or more, got -0.0001"),
        ({"momentum": 1}, "momentum must be a number, at least 0 and below 1, got 1"),
        ({"label_smoothing": 1.5}, "label_smoothing must be .* below 1, got 1.5"),
        ({"validation_fraction": 1}, "validation_fraction must be a number between 0 and 1"),
    ],
)
def test_bad_settings_are_refused_with_what_is_allowed(settings, message, digits):
    with pytest.raises(ValueError, match=message):
        NetworkClassifier(**settings).fit(*digits[:2])


@pytest.mark.parametrize("augmentation", ["shifts", "affine"])
def test_augmentation_needs_square_images(augmentation):
    with pytest.raises(ValueError, match=r"needs square images.*X has 3 features"):
        NetworkClassifier(augmentation=augmentation).fit(np.eye(3), [0, 1, 2])


def test_importing_the_network_needs_no_scikit_learn():
    """The lesson's own modules start in a blink."""
    code = (
        "import sys, workshop.network, workshop.training, workshop.neuron, workshop.augmentation;"
        "print(*{'sklearn', 'scipy', 'torch', 'matplotlib', 'tqdm'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_failed_fit_leaves_no_network_behind():
    X = np.full((20, 3), 1e30, np.float32)
    classifier = NetworkClassifier(learning_rate=1e6, random_state=0)
    with pytest.raises(FloatingPointError):
        classifier.fit(X, np.arange(20) % 2)
    with pytest.raises(NotFittedError):
        classifier.predict(X)


def test_a_setting_that_cannot_be_hashed_is_refused():
    with pytest.raises(ValueError, match="optimizer must be one of"):
        NetworkClassifier(optimizer=["adam"]).fit(np.eye(4), [0, 1, 0, 1])
