"""Writes the graph of MusicNN (Pons & Serra 2019, ISC) without its weights: they stay in the authors' own checkpoints.

    python export_musicnn.py --index musicnn/MSD_musicnn/.index --out ../musicnn/graph.onnx

A TensorFlow checkpoint holds its tensors raw, one after the other, and ONNX may point to a place in a file: each weight of
the graph is external data at its own offset of `weights`, the checkpoint's data file under another name. So nothing of
the weights is copied or changed; set-up fetches them from PyPI (musicnn 0.1.0). Both checkpoints (MSD, MTT) have the same
offsets, so one graph serves both.

Input `mel` [n, 187, 96]: patches of 3 s (16 kHz, n_fft 512, hop 256, Hann, 96 Slaney mels, log10(1 + 10000 power)).
Outputs `tags` [n, 50] (probabilities) and `embedding` [n, 200].
"""
from __future__ import annotations

import argparse
import struct
from pathlib import Path

import onnx
from onnx import TensorProto, helper

WEIGHTS = "weights"
EPSILON = 0.0010000000474974513


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data: bytes) -> dict[int, list]:
    """A protocol buffer as field number to values."""
    at, found = 0, {}
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            size = 8 if key & 7 == 1 else 4
            value, at = data[at : at + size], at + size
        found.setdefault(key >> 3, []).append(value)
    return found


def entries(data: bytes, offset: int, size: int) -> list[tuple[bytes, bytes]]:
    """Keys and values of one block of a sorted table; keys share their beginnings."""
    block = data[offset : offset + size]
    end = len(block) - 4 - 4 * struct.unpack("<I", block[-4:])[0]
    at, key, found = 0, b"", []
    while at < end:
        shared, at = varint(block, at)
        own, at = varint(block, at)
        length, at = varint(block, at)
        key = key[:shared] + block[at : at + own]
        at += own
        found.append((key, block[at : at + length]))
        at += length
    return found


def tensors(index: Path) -> dict[str, tuple[list[int], int, int]]:
    """Shape, offset and size in bytes of every tensor of a checkpoint, by name."""
    data = index.read_bytes()
    at = len(data) - 48
    _, at = varint(data, at)
    _, at = varint(data, at)
    offset, at = varint(data, at)
    size, at = varint(data, at)
    found = {}
    for _, handle in entries(data, offset, size):
        start, i = varint(handle, 0)
        length, i = varint(handle, i)
        for key, value in entries(data, start, length):
            entry = fields(value)
            if not key:
                continue
            shape = [fields(dim).get(1, [0])[0] for dim in fields(entry[2][0]).get(2, [])] if 2 in entry else []
            found[key.decode()] = (shape, entry.get(4, [0])[0], entry.get(5, [0])[0])
    return found


class Graph:
    def __init__(self, index: Path):
        self.places, self.nodes, self.weights, self.count = tensors(index), [], [], 0

    def weight(self, name: str) -> str:
        if not any(each.name == name for each in self.weights):
            shape, offset, size = self.places[name]
            tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
            for key, value in (("location", WEIGHTS), ("offset", offset), ("length", size)):
                tensor.external_data.add(key=key, value=str(value))
            self.weights.append(tensor)
        return name

    def constant(self, values: list[int]) -> str:
        self.count += 1
        name = f"c{self.count}"
        self.weights.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))
        return name

    def add(self, op: str, inputs: list[str], out: str = "", **attributes) -> str:
        self.count += 1
        out = out or f"t{self.count}"
        self.nodes.append(helper.make_node(op, inputs, [out], **attributes))
        return out

    def norm(self, x: str, number: int) -> str:
        layer = f"batch_normalization{'_' + str(number) if number else ''}"
        parts = [self.weight(f"{layer}/{part}") for part in ("gamma", "beta", "moving_mean", "moving_variance")]
        return self.add("BatchNormalization", [x, *parts], epsilon=EPSILON)

    def conv(self, x: str, number: int, before: int, after: int) -> str:
        """Convolution over time with zeros around it, ReLU, normalisation. Kernels are stored height, width, in, out."""
        layer = f"conv2d{'_' + str(number) if number else ''}"
        kernel = self.add("Transpose", [self.weight(f"{layer}/kernel")], perm=[3, 2, 0, 1])
        found = self.add("Conv", [x, kernel, self.weight(f"{layer}/bias")], pads=[before, 0, after, 0])
        return self.norm(self.add("Relu", [found]), number + 1)


def build(index: Path) -> onnx.ModelProto:
    g = Graph(index)
    x = g.norm(g.add("Unsqueeze", ["mel", g.constant([1])]), 0)
    front = []
    # Two tall kernels for timbre, three long ones for rhythm; of each the strongest over frequency.
    for number, (before, after) in enumerate([(3, 3), (3, 3), (63, 64), (31, 32), (15, 16)]):
        front.append(g.add("ReduceMax", [g.conv(x, number, before, after)], axes=[3], keepdims=1))
    joined = g.add("Transpose", [g.add("Concat", front, axis=1)], perm=[0, 3, 2, 1])
    layers, last = [joined], joined
    for number in (5, 6, 7):
        found = g.add("Transpose", [g.conv(last, number, 3, 3)], perm=[0, 3, 2, 1])
        # The later two layers add what came in (residual connections).
        last = found if number == 5 else g.add("Add", [found, last])
        layers.append(last)
    whole = g.add("Concat", layers, axis=3)
    highest = g.add("Unsqueeze", [g.add("ReduceMax", [whole], axes=[1, 2], keepdims=0), g.constant([2])])
    mean = g.add("Unsqueeze", [g.add("ReduceMean", [whole], axes=[1, 2], keepdims=0), g.constant([2])])
    flat = g.add("Reshape", [g.add("Concat", [highest, mean], axis=2), g.constant([-1, 1506])])
    dense = g.add("Gemm", [g.norm(flat, 9), g.weight("dense/kernel"), g.weight("dense/bias")])
    embedding = g.add("Relu", [dense], out="embedding")
    logits = g.add("Gemm", [g.norm(embedding, 10), g.weight("dense_1/kernel"), g.weight("dense_1/bias")])
    g.add("Sigmoid", [logits], out="tags")
    value = lambda name, *shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    graph = helper.make_graph(
        g.nodes, "musicnn", [value("mel", "n", 187, 96)], [value("tags", "n", 50), value("embedding", "n", 200)], g.weights
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, help="the .index file of a checkpoint of the wheel")
    parser.add_argument("--out", type=Path, required=True, help="file for the graph")
    args = parser.parse_args()
    args.out.write_bytes(build(args.index).SerializeToString())


if __name__ == "__main__":
    main()
