"""The same model, batch and optimizer as bench/train.ts, in PyTorch: the peer of that bench.

    python3 peer.py DIR

DIR holds job.json (configuration, names and shapes of the weights, the batch's arrays) and weights.bin (float32, in the
order of the names). Then each line on stdin is a number of steps to take; the answer is one JSON line with the time and
the processor time of each step, the last loss, and the largest memory so far.
"""

import json
import math
import os
import resource
import sys
import time

import torch
from torch.nn import functional as F


def load(directory):
    with open(os.path.join(directory, "job.json"), encoding="utf-8") as file:
        job = json.load(file)
    total = sum(math.prod(shape) for _, shape in job["weights"])
    flat = torch.from_file(os.path.join(directory, "weights.bin"), size=total, dtype=torch.float32)
    weights, at = {}, 0
    for name, shape in job["weights"]:
        size = math.prod(shape)
        weights[name] = flat[at : at + size].reshape(shape).clone().requires_grad_(True)
        at += size
    return job, weights


def bucket_table(length, buckets, max_distance):
    """The relative distances' buckets, [query, key]."""
    position = torch.arange(length)
    distance = position[None, :] - position[:, None]
    half, exact = buckets // 2, buckets // 4
    magnitude = distance.abs()
    far = exact + (
        torch.log(magnitude.clamp(min=1).float() / exact) / math.log(max_distance / exact) * (half - exact)
    ).to(torch.long)
    near = torch.where(magnitude < exact, magnitude, far.clamp(max=half - 1))
    return near + half * (distance > 0)


class Model:
    def __init__(self, config, weights, batch):
        self.c, self.w = config, weights
        shape = (batch["rows"], batch["length"])
        array = lambda name: torch.tensor(batch[name], dtype=torch.long)
        self.input, self.is_prompt, self.context, self.segment, self.span = (
            array(name).reshape(shape) for name in ("input", "isPrompt", "context", "segment", "span")
        )
        self.lengths = array("lengths")
        target = array("target")
        self.places = (target >= 0).nonzero()[:, 0]
        self.target = target[self.places]
        self.shape = shape

    def linear(self, x, name):
        weight = self.w[name + ".weight"]
        return F.linear(x, weight * (1 / math.sqrt(weight.shape[1])))

    def norm(self, x, name):
        scale = torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.c["eps"])
        return x * scale * self.w[name + ".weight"]

    def bias(self):
        """Position bias with the mask in it, once for all layers."""
        rows, length = self.shape
        c, index = self.c, torch.arange(length)
        query, key = self.segment[:, :, None], self.segment[:, None, :]
        near = bucket_table(length, c["position_bias_num_buckets"], c["position_bias_max_distance"])
        row = torch.where(
            query == key, near[None], query * c["segment_types"] + key + c["position_bias_num_buckets"]
        )
        given = self.context == 1
        seen = given[:, None, :] | (~given[:, :, None] & (index[None, :] <= index[:, None])[None])
        valid = index[None, :] < self.lengths[:, None]
        mask = seen & (self.span[:, :, None] == self.span[:, None, :]) & valid[:, :, None] & valid[:, None, :]
        table = F.embedding(row, self.w["position_bias.relative_attention_bias.weight"])
        return table.masked_fill(~mask[..., None], -1e30).permute(0, 3, 1, 2).contiguous()

    def attention(self, x, prefix, bias):
        rows, length = self.shape
        heads, dim = self.c["num_heads"], self.c["dim_head"]
        split = lambda name: self.linear(x, f"{prefix}.{name}").view(rows, length, heads, dim).transpose(1, 2)
        q, k, v = split("project_q"), split("project_k"), split("project_v")
        share = torch.softmax(q @ k.transpose(2, 3) * (1 / math.sqrt(dim)) + bias, dim=-1)
        mixed = (share @ v).transpose(1, 2).reshape(rows, length, heads * dim)
        return self.linear(mixed, f"{prefix}.attention_out")

    def loss(self):
        d = self.c["dim_model"]
        prompt = self.is_prompt == 1
        tokens = F.embedding(self.input.masked_fill(prompt, 0), self.w["input_embedding.weight"])
        prompts = F.embedding(self.input.masked_fill(~prompt, 0), self.w["prompt_embedding.weight"])
        segments = F.embedding(self.segment, self.w["segment_embedding.weight"])
        x = (torch.where(prompt[..., None], prompts, tokens) + segments) * (1 / math.sqrt(d))
        bias = self.bias()
        for layer in range(self.c["num_layers"]):
            at = f"encoder.layers.{layer}"
            inner = self.norm(x, f"{at}.self_att.layernorm_before_attention")
            x = (x + self.attention(inner, f"{at}.self_att.self_attention", bias)) * (1 / 1.05)
            inner = self.norm(x, f"{at}.ffn.layernorm_before_ffn")
            gate = F.gelu(self.linear(inner, f"{at}.ffn.ffn.w_in.w_0"))
            value = self.linear(inner, f"{at}.ffn.ffn.w_in.w_1")
            x = (x + self.linear(gate * value, f"{at}.ffn.ffn.w_out")) * (1 / 1.05)
        x = self.norm(x, "encoder.output_layernorm").view(-1, d)[self.places] * (1 / math.sqrt(d))
        return F.cross_entropy(x @ self.w["input_embedding.weight"].t(), self.target)


def main():
    job, weights = load(sys.argv[1])
    torch.set_num_threads(job["threads"])
    torch.set_flush_denormal(True)
    # The one weight whose native name has no suffix.
    bias = "position_bias.relative_attention_bias"
    weights[bias + ".weight"] = weights.pop(bias)
    model = Model(job["config"], weights, job["batch"])
    o = job["optimizer"]
    parameters = list(weights.values())
    optimizer = torch.optim.AdamW(
        parameters,
        lr=job["learningRate"],
        betas=(o["beta1"], o["beta2"]),
        eps=o["eps"],
        weight_decay=o["weightDecay"],
        foreach=job.get("foreach", True),
    )
    print(json.dumps({"ready": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        wall, cpu, loss = [], [], None
        for _ in range(int(line)):
            started, used = time.perf_counter(), time.process_time()
            optimizer.zero_grad(set_to_none=True)
            loss = model.loss()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, o["clip"])
            optimizer.step()
            wall.append(1000 * (time.perf_counter() - started))
            cpu.append(1000 * (time.process_time() - used))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"wallMs": wall, "cpuMs": cpu, "loss": loss.item(), "peakMib": peak}), flush=True)


main()
