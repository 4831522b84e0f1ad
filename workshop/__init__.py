"""First Neuron."""
