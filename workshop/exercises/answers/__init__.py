"""The learner's files, solved: `workshop.exercises.source` makes the stubs from them."""
