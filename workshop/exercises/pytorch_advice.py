"""What PyTorch's own messages mean, for who reads them for the first time."""

from types import MappingProxyType

_OF_THE_MODEL = (
    "An optimiser wants the parameters, model.parameters(), and not the model. The same goes for "
    "a loop over them."
)
PYTORCH_ADVICE = MappingProxyType(
    {
        "mat1 and mat2 shapes cannot be multiplied": "Read the two shapes from the left: so many "
        "samples with so many numbers each meet a layer that wants so many. The two numbers in the "
        "middle must be equal.",
        "must match the size of tensor": "Two tensors do not fit together, element by element. "
        "Print their .shape; axes must be equal, or 1, counted from the end.",
        "on Tensor that requires grad": "This tensor remembers how it was calculated, and NumPy "
        "cannot. .detach() gives the numbers alone.",
        "device type tensor to numpy": "The numbers lie on a graphics card, and NumPy knows only "
        "the processor's memory. .cpu() brings them there.",
        "does not require grad and does not have a grad_fn": "backward() found no way back from "
        "this loss to the parameters. Was it calculated under no_grad, or did .item(), .detach() "
        "or torch.tensor cut the way?",
        "Trying to backward through the graph a second time": "backward() forgets the way when it "
        "has gone back over it. Calculate the loss anew before each backward(), in the loop.",
        "object has no attribute 'backward'": "Only a tensor has backward(), no plain number. "
        "Call it on the loss, and take .item() afterwards.",
        "must have the same dtype": "Two types of numbers meet. A layer's are float32: bring the "
        "data to that type with .float().",
        "expected target dtype to be Long": "Cross-entropy wants the numbers of the classes as "
        "integers: use .long() on them.",
        "floating point type for target with class probabilities": "Cross-entropy wants the "
        "logits, one for each class, and not the class that won. Leave out argmax.",
        "multi-target not supported": "Cross-entropy wants one class for each sample, shape "
        "(n_samples,), and here the classes stand in a column. Take the column out: y[:, 0].",
        "expected device": "A model and its data must lie on the same device. Bring both to one, "
        "with .to(device).",
        "Expected all tensors to be on the same device": "A model and its data must lie on the "
        "same device. Bring both to one, with .to(device).",
        "must be Tensor, not numpy.ndarray": "A layer takes tensors. torch.as_tensor makes one of "
        "an array.",
        "expected np.ndarray": "torch.from_numpy takes arrays only. torch.as_tensor takes lists, "
        "too.",
        "object has no attribute 'to'": "Only a tensor or a model can be moved to a device. "
        "torch.as_tensor makes a tensor of a list or an array.",
        "expected 'f' to be string, path": "torch.save wants first what to save, and then the "
        "path.",
        "OrderedDict' object": "This is no model but its state_dict(), a dictionary of its "
        "numbers. Keep the model under its own name.",
        "Weights only load failed": "The file holds a whole Python object, and reading one may run "
        "any code that is in it. Save model.state_dict(), which is numbers only.",
        "Expected state_dict to be dict-like": "load_state_dict wants the dictionary of numbers "
        "that state_dict() gives, and no model and no path. torch.load reads it from a file.",
        "_IncompatibleKeys": "load_state_dict changes the model itself, and what it returns is no "
        "model. Write model.load_state_dict(...) without model = in front.",
        "cannot be converted to Scalar": ".item() is for a tensor of one number. For many, "
        ".detach().numpy() or .tolist().",
        "Boolean value of Tensor": "A loss is made first and called then: nn.MSELoss()(outputs, "
        "targets). Without the first brackets, the tensors are taken for settings.",
        "'method' object is not iterable": "Brackets are missing: model.parameters().",
        "'Linear' object is not iterable": _OF_THE_MODEL,
        "'Sequential' object is not iterable": _OF_THE_MODEL,
    }
)
"""From a part of PyTorch's message to what it means and what to do."""
