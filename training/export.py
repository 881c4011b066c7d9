"""Write a trained network as the package ships it: two ONNX graphs and the tokenizer."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch
from model import WIDTH, Network
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.attributions.network.words import FEATURES, RELATIONS


class _OneWindow(nn.Module):
    """The tagger on one window, without batch or padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.tagger = network.tagger

    def forward(self, pieces: Tensor, features: Tensor, word_at: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        near, keys, flat = self.tagger(pieces.unsqueeze(0), features.unsqueeze(0), word_at.unsqueeze(0), None)
        return near.squeeze(0), keys.squeeze(0), flat.squeeze(0)


class _OneCue(nn.Module):
    """The words around one cue, without batch or padding.

    torch's attention exports the length of its example as a constant, so its weights are used here in an
    attention of our own; `export` compares the two.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.arguments = network.arguments

    def forward(self, near: Tensor, cue: Tensor, relations: Tensor) -> Tensor:
        own = self.arguments
        x = near + cue.unsqueeze(0)
        for i, table in enumerate(own.relations):
            x = x + table(relations[:, i])
        x = own.norm(x)
        for layer in own.layers:
            x = x + _attention(layer.self_attn, layer.norm1(x))
            x = x + layer.linear2(layer.activation(layer.linear1(layer.norm2(x))))
        scores: Tensor = own.out(own.last(x))
        return scores


def _attention(attention: nn.MultiheadAttention, x: Tensor) -> Tensor:
    mixed = nn.functional.linear(x, attention.in_proj_weight, attention.in_proj_bias)
    width, heads = attention.embed_dim, attention.num_heads
    query, key, value = (
        mixed[:, k * width : (k + 1) * width].reshape(-1, heads, width // heads).transpose(0, 1)
        for k in range(3)
    )
    weights = (query @ key.transpose(1, 2) / (width // heads) ** 0.5).softmax(dim=-1)
    result: Tensor = attention.out_proj((weights @ value).transpose(0, 1).reshape(-1, width))
    return result


def export(network: Network, tokenizer_file: Path, folder: Path) -> dict[str, Any]:
    """Write graphs and tokenizer under `folder`, matrices in 8 bits, and give the scores of steps."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    bert = network.tagger.bert.config
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch)
        window = (
            torch.zeros(40, dtype=torch.long),
            torch.zeros(40, len(FEATURES), dtype=torch.long),
            torch.arange(1, 31),
        )
        lengths = {"pieces": {0: "piece"}, "features": {0: "piece"}, "word_at": {0: "word"}}
        _write(_OneWindow(network), window, full / "tagger.onnx", lengths, ["near", "keys", "flat"])
        cue = (torch.zeros(20, WIDTH), torch.zeros(WIDTH), torch.zeros(20, len(RELATIONS), dtype=torch.long))
        lengths = {"near": {0: "word"}, "cue": {}, "relations": {0: "word"}}
        _write(_OneCue(network), cue, full / "arguments.onnx", lengths, ["scores"])
        _compare(network, cue)
        options = FusionOptions("bert")
        fused = optimize_model(
            str(full / "tagger.onnx"),
            "bert",
            num_heads=bert.num_attention_heads,
            hidden_size=bert.hidden_size,
            optimization_options=options,
            opt_level=1,
        )
        print("fused", {k: v for k, v in fused.get_fused_operator_statistics().items() if v})
        fused.save_model_to_file(str(full / "fused.onnx"))
        # Seven bits: products of eight overflow the 16-bit sums of processors without VNNI, and the same
        # article must give the same record on both.
        for source, name in (("fused.onnx", "tagger.onnx"), ("arguments.onnx", "arguments.onnx")):
            quantize_dynamic(
                full / source,
                folder / name,
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
                extra_options={"DefaultTensorType": TensorProto.FLOAT},  # fused kernels have no shape rules
            )
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    with torch.no_grad():
        return {
            "transitions": network.chain.transitions().tolist(),
            "start": network.chain.start().tolist(),
        }


def _compare(network: Network, cue: tuple[Tensor, ...]) -> None:
    """Make sure that the exported form of the arguments' network gives what the trained one gives.

    Raises:
        ValueError: where it does not.
    """
    with torch.no_grad():
        near = torch.randn_like(cue[0])
        trained = network.arguments(near.unsqueeze(0), cue[1].unsqueeze(0), cue[2].unsqueeze(0), None)[0]
        if not torch.allclose(trained, _OneCue(network)(near, *cue[1:]), atol=1e-4):
            raise ValueError("the exported network of arguments gives other scores than the trained one")


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: dict[str, dict[int, str]],
    outputs: list[str],
) -> None:
    torch.onnx.export(
        module.eval(), example, str(path), input_names=list(inputs), output_names=outputs,
        dynamic_axes={k: v for k, v in inputs.items() if v} | {o: {0: "word"} for o in outputs},
        opset_version=17, dynamo=False,
    )  # fmt: skip
