"""Make what a reader takes along of the built site. `make slides-pdf` and the like call it."""
