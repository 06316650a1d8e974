"""First weights from an earlier export (`gate.int8.onnx`): int8 matrices times their scales, in the order of the layers."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from gate_net import GateNet

MATRICES = ["qkv_w", "out_w", "up_w", "down_w"]


def start_from(net: GateNet, file: Path) -> None:
    """The earlier head read the mean of the tokens alone: its half for their maximum begins at nothing."""
    tensors = {t.name: numpy_helper.to_array(t) for t in onnx.load(file).graph.initializer}
    quantised = sorted((int(name.split("_")[1]), name.removesuffix("_quantized")) for name in tensors if name.endswith("_quantized"))
    matrices = [(tensors[f"{name}_quantized"].astype(np.float32) - tensors[f"{name}_zero_point"]) * tensors[f"{name}_scale"] for _, name in quantised]
    state = net.state_dict()
    for name, value in tensors.items():
        if name.startswith("net.") and name.removeprefix("net.") in state:
            state[name.removeprefix("net.")] = torch.tensor(value)
    for i, matrix in enumerate(matrices):
        state[f"blocks.{i // 4}.{MATRICES[i % 4]}"] = torch.tensor(matrix.T.copy())
    kind = next(value for name, value in tensors.items() if name.startswith("onnx::Add"))
    state["kind"][0] = torch.tensor(kind)
    head = torch.tensor(tensors["net.head.weight_Transposed"].T.copy())
    state["head.weight"] = torch.cat([head, torch.zeros_like(head)], 1) if head.shape[1] == net.width else head
    net.load_state_dict(state)
