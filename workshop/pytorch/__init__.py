"""PyTorch: one training loop, the steps' models, and how they are kept; nothing else imports torch.

Read `devices`, then `training`, `dense` and `storage`.
"""
