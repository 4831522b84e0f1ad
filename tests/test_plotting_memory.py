"""How far slopes reach back, as a picture."""

from workshop import plotting


def test_slopes_begin_at_one_and_lines_differ_without_colour():
    ax = plotting.new_axes()
    plotting.plot_slopes(ax, [4.0, 2.0, 1.0], label="fades")
    plotting.plot_slopes(ax, [1.0, 3.0], label="grows")
    fades, grows = ax.lines
    assert fades.get_xydata().tolist() == [[0, 1], [1, 0.5], [2, 0.25]]
    assert grows.get_xydata().tolist() == [[0, 1], [1, 3]]
    assert fades.get_marker() != grows.get_marker()
    assert ax.get_yscale() == "log"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["fades", "grows"]
