"""What each exercise checks, its hints, and the wrong answers that the checks must name."""
