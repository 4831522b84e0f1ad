"""What the page "Why is my number not the book's?" shows in code."""


def test_the_order_of_a_sum_decides_its_rounding():
    # --8<-- [start:order]
    import numpy as np

    large, small = np.float32(100_000_000), np.float32(1)
    assert (large + small) - large == 0  # the 1 was rounded away
    assert (large - large) + small == 1
    # --8<-- [end:order]
