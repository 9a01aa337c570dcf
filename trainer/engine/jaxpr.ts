import { type ClosedJaxpr, defaultDevice, type Jaxpr, makeJaxpr, numpy as np } from "@jax-js/jax";
import type { OnnxType } from "./onnx-proto.ts";

/**
 * A typed window on the traced program ("jaxpr") of @jax-js/jax. These are internals of exactly version
 * 0.1.25: the version is pinned, and only this file and the translators know them.
 */
export type Atom = Jaxpr["outs"][number];
export type Variable = Jaxpr["inBinders"][number];
export type Literal = Exclude<Atom, Variable>;
export type Equation = Jaxpr["eqns"][number];

export type DeviceType = "float32" | "int32" | "bool";
export type TensorSpec = { shape: number[]; type: DeviceType };

/** A function of arrays that can be traced, or compiled by jax-js. It owns its arguments. */
export type TracedFunction = (...args: np.Array[]) => np.Array[];

export type Program = {
  constants: { variable: Variable; spec: TensorSpec; values: Iterable<number> }[];
  inputs: Variable[];
  equations: Equation[];
  outputs: Atom[];
};

/** Traces a function; only the shapes and types of its arguments matter. */
export function trace(fn: TracedFunction, inputs: TensorSpec[]): Program {
  const closed = traceClosed(fn, inputs);
  const jaxpr = closed.jaxpr.flatten().simplify();
  const binders = jaxpr.inBinders;
  const used = new Set<Atom>([...jaxpr.outs, ...jaxpr.eqns.flatMap((equation) => equation.inputs)]);
  const constants = closed.consts.flatMap((value, index) => {
    const variable = binders[index];
    if (variable === undefined || !used.has(variable)) {
      return [];
    }
    const values = (value as np.Array).ref.dataSync() as ArrayLike<number>;
    return [{ variable, spec: specOf(variable), values: Array.from(values) }];
  });
  const program = {
    constants,
    inputs: binders.slice(closed.consts.length),
    equations: jaxpr.eqns,
    outputs: jaxpr.outs,
  };
  closed.dispose();
  return program;
}

/** Constants of the trace are plain JavaScript arrays, whatever device is in use otherwise. */
function traceClosed(fn: TracedFunction, inputs: TensorSpec[]): ClosedJaxpr {
  const previous = defaultDevice();
  defaultDevice("cpu");
  try {
    const zeros = inputs.map((input) => np.zeros(input.shape, { dtype: jaxType(input.type) }));
    return makeJaxpr(fn)(...zeros).jaxpr;
  } finally {
    defaultDevice(previous);
  }
}

export function isLiteral(atom: Atom): atom is Literal {
  return "value" in atom;
}

export function specOf(atom: Atom): TensorSpec {
  return { shape: atom.aval.shape, type: onnxType(atom.aval.dtype) };
}

/** Throws for the types that no part of the trainer uses. */
export function onnxType(dtype: string): DeviceType & OnnxType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") {
    return dtype;
  }
  throw new TypeError(
    `The ONNX executor has no ${dtype}: cast to float32, int32 or bool in the traced function.`,
  );
}

export function jaxType(type: DeviceType) {
  return { float32: np.float32, int32: np.int32, bool: np.bool }[type];
}
