import {
  type Atom,
  type Equation,
  isLiteral,
  type Program,
  specOf,
  type TensorSpec,
  type TracedFunction,
  trace,
  type Variable,
} from "./jaxpr.ts";
import { createOnnxGraph, type OnnxGraph } from "./onnx-graph.ts";
import type { OnnxNode } from "./onnx-proto.ts";
import { dotTranslators } from "./translate-dot.ts";
import { elementwiseTranslators } from "./translate-elementwise.ts";
import { gatherTranslators } from "./translate-gather.ts";
import { movementTranslators } from "./translate-movement.ts";
import { reduceTranslators } from "./translate-reduce.ts";
import type { Translator } from "./translation.ts";
import { dense, type View, viewOf } from "./view.ts";

export type OnnxProgram = {
  /** The model; inputs are named in0, in1 …, outputs out0, out1 …. */
  bytes: Uint8Array;
  nodes: OnnxNode[];
  outputs: TensorSpec[];
};

const translators: ReadonlyMap<string, Translator> = new Map([
  ...elementwiseTranslators,
  ...movementTranslators,
  ...reduceTranslators,
  ...gatherTranslators,
  ...dotTranslators,
]);

/**
 * Traces a jax-js function for arguments of these shapes and translates the trace, gradients and all,
 * into one ONNX graph. An unknown primitive is an error that names it.
 */
export function jaxprToOnnx(fn: TracedFunction, inputs: TensorSpec[]): OnnxProgram {
  const program = trace(fn, inputs);
  const graph = createOnnxGraph();
  const values = new Map<Variable, View>();
  for (const constant of program.constants) {
    const name = graph.constant({ ...constant.spec, bytes: constantBytes(constant) });
    values.set(constant.variable, viewOf(graph, { name, ...constant.spec }));
  }
  for (const [index, variable] of program.inputs.entries()) {
    const spec = specOf(variable);
    const name = graph.input({ name: `in${index}`, ...spec });
    values.set(variable, viewOf(graph, { name, ...spec }));
  }
  translateEquations(graph, program, values);
  const outputs = program.outputs.map((atom) => {
    const spec = specOf(atom);
    graph.output(dense(graph, viewOfAtom(graph, values, atom)), spec);
    return spec;
  });
  return { ...graph.finish(), outputs };
}

function translateEquations(graph: OnnxGraph, program: Program, values: Map<Variable, View>): void {
  const definitions = new Map<Variable, { equation: Equation; operands: View[] }>();
  for (const equation of program.equations) {
    const translate = translators.get(equation.primitive);
    const [output, ...others] = equation.outBinders;
    if (translate === undefined || output === undefined || others.length > 0) {
      throw new Error(
        `The ONNX executor has no translation for the jax-js primitive "${equation.primitive}": write the function without it, or add it to trainer/engine.`,
      );
    }
    const operands = equation.inputs.map((atom) => viewOfAtom(graph, values, atom));
    const result = specOf(output);
    const view = translate({
      graph,
      equation,
      operands,
      result,
      definition: (variable) => definitions.get(variable),
    });
    definitions.set(output, { equation, operands });
    values.set(output, view);
  }
}

function viewOfAtom(graph: OnnxGraph, values: Map<Variable, View>, atom: Atom): View {
  if (isLiteral(atom)) {
    const { type } = specOf(atom);
    return { name: graph.scalar(atom.value, type), type, source: [], axes: [], shape: [] };
  }
  const view = values.get(atom);
  if (view === undefined) {
    throw new Error(`The traced program reads ${atom} before it is computed.`);
  }
  return view;
}

function constantBytes(constant: { spec: TensorSpec; values: Iterable<number> }): Uint8Array {
  switch (constant.spec.type) {
    case "float32":
      return new Uint8Array(Float32Array.from(constant.values).buffer);
    case "int32":
      return new Uint8Array(Int32Array.from(constant.values).buffer);
    case "bool":
      return Uint8Array.from(constant.values, (value) => (value ? 1 : 0));
  }
}
