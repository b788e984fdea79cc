"""The trained layer: a linear model over pairs of mentions, and trees that look at what stands around each pair.

It is trained by ``cbdc-kg train`` on annotated sentences; prediction needs numpy and the committed weights only.
"""
