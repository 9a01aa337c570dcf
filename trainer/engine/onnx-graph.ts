import {
  encodeModel,
  type OnnxAttribute,
  type OnnxInitializer,
  type OnnxNode,
  type OnnxType,
  type OnnxValue,
} from "./onnx-proto.ts";

/** A graph under construction. Values are referred to by name. */
export type OnnxGraph = {
  /** Declares a graph input. */
  input(value: OnnxValue): string;
  /** A constant tensor. */
  constant(value: Omit<OnnxInitializer, "name">): string;
  /** A constant scalar. */
  scalar(value: number, type: OnnxType): string;
  /** A constant int64 vector, as ONNX takes shapes and axes. */
  ints(values: readonly number[]): string;
  /** Adds a node with one output, or returns the equal node that is already there. */
  op(op: string, inputs: string[], attributes?: Record<string, OnnxAttribute>): string;
  /** Makes a value an output of the graph, in order of the calls. */
  output(name: string, value: Omit<OnnxValue, "name">): string;
  /** The model's bytes, without the nodes that no output needs. */
  finish(): { bytes: Uint8Array; nodes: OnnxNode[] };
};

export function createOnnxGraph(): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const known = new Map<string, string>();
  const initializers: OnnxInitializer[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  let count = 0;

  const constant = (value: Omit<OnnxInitializer, "name">): string => {
    const name = `c${initializers.length}`;
    initializers.push({ name, ...value });
    return name;
  };
  const once = (key: string, make: () => string): string => {
    const name = known.get(key) ?? make();
    known.set(key, name);
    return name;
  };

  return {
    input(value) {
      inputs.push(value);
      return value.name;
    },
    constant,
    scalar(value, type) {
      return once(`scalar ${type} ${Object.is(value, -0) ? "-0" : value}`, () =>
        constant({ shape: [], type, bytes: scalarBytes(value, type) }),
      );
    },
    ints(values) {
      return once(`ints ${values}`, () => {
        const bytes = new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);
        return constant({ shape: [values.length], type: "int64", bytes });
      });
    },
    op(op, operands, attributes = {}) {
      return once(`${op} ${operands} ${JSON.stringify(attributes)}`, () => {
        const name = `t${count++}`;
        nodes.push({ op, inputs: operands, outputs: [name], attributes });
        return name;
      });
    },
    output(name, value) {
      const output = `out${outputs.length}`;
      nodes.push({ op: "Identity", inputs: [name], outputs: [output], attributes: {} });
      outputs.push({ name: output, ...value });
      return output;
    },
    finish() {
      const live = renameOutputs(liveNodes(nodes, outputs));
      const used = new Set(live.flatMap((node) => node.inputs));
      const bytes = encodeModel({
        nodes: live,
        initializers: initializers.filter((initializer) => used.has(initializer.name)),
        inputs,
        outputs,
      });
      return { bytes, nodes: live };
    },
  };
}

function scalarBytes(value: number, type: OnnxType): Uint8Array {
  switch (type) {
    case "float32":
      return new Uint8Array(Float32Array.of(value).buffer);
    case "int32":
      return new Uint8Array(Int32Array.of(value).buffer);
    case "int64":
      return new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
    case "bool":
      return Uint8Array.of(value === 0 ? 0 : 1);
  }
}

function liveNodes(nodes: OnnxNode[], outputs: OnnxValue[]): OnnxNode[] {
  const needed = new Set(outputs.map((output) => output.name));
  const live: OnnxNode[] = [];
  for (const node of nodes.toReversed()) {
    if (node.outputs.some((name) => needed.has(name))) {
      live.push(node);
      for (const name of node.inputs) {
        needed.add(name);
      }
    }
  }
  return live.reverse();
}

/**
 * Lets the node that computes an output write it under the output's name, so that ONNX Runtime writes
 * into the caller's tensor without a copy. The Identity stays where the value is an input, a constant or
 * an output already.
 */
function renameOutputs(nodes: OnnxNode[]): OnnxNode[] {
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const renamed = new Map<string, string>();
  const kept = nodes.filter((node) => {
    const [source] = node.inputs;
    const [target] = node.outputs;
    if (node.op !== "Identity" || source === undefined || target === undefined) {
      return true;
    }
    if (!computed.has(source) || renamed.has(source)) {
      return true;
    }
    renamed.set(source, target);
    return false;
  });
  const rename = (name: string): string => renamed.get(name) ?? name;
  return kept.map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
}
