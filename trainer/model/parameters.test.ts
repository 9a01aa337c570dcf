import { expect, test } from "vitest";
import { goldenConfig } from "./golden-cases.ts";
import { initParameters, parameterShapes } from "./parameters.ts";

const config = { ...goldenConfig, vocab_size: 500 };

test("the names are the native ones, sorted", () => {
  const names = [...parameterShapes({ ...config, num_layers: 11 }).keys()];
  expect(names).toEqual([...names].sort());
  expect(names).toContain("encoder.layers.10.self_att.self_attention.project_q.weight");
  expect(names).toContain("encoder.layers.3.ffn.ffn.w_in.w_1.weight");
});

test("weights before training are unit normal, embeddings 0.02, norms 1", () => {
  const parameters = initParameters(config, 1234);
  const std = (name: string): number => {
    const data = parameters.get(name)?.data ?? new Float32Array();
    return Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0) / data.length);
  };
  expect(std("encoder.layers.1.ffn.ffn.w_out.weight")).toBeCloseTo(1, 0.6);
  expect(std("input_embedding.weight")).toBeCloseTo(0.02, 3);
  expect(parameters.get("encoder.output_layernorm.weight")?.data).toEqual(
    new Float32Array(16).fill(1),
  );
});

test("a seed decides every weight, and another layer leaves the others as they were", () => {
  const [a, b] = [initParameters(config, 5), initParameters(config, 5)];
  expect(a).toEqual(b);
  const deeper = initParameters({ ...config, num_layers: 3 }, 5);
  for (const [name, tensor] of a) {
    expect(deeper.get(name)).toEqual(tensor);
  }
  expect(initParameters(config, 6).get("input_embedding.weight")).not.toEqual(
    a.get("input_embedding.weight"),
  );
});
