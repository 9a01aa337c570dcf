import type { Equation, TensorSpec, Variable } from "./jaxpr.ts";
import type { OnnxGraph } from "./onnx-graph.ts";
import type { View } from "./view.ts";

/** One equation of the traced program on its way into the graph. */
export type Step = {
  graph: OnnxGraph;
  equation: Equation;
  operands: View[];
  /** Shape and type of the result. */
  result: TensorSpec;
  /** The equation that computes a variable, and the view of an operand of any equation before this one. */
  definition(variable: Variable): { equation: Equation; operands: View[] } | undefined;
};

/** Writes the nodes for one equation and returns its result. */
export type Translator = (step: Step) => View;

/** The operand at an index that the primitive always has. */
export function operand(step: Step, index: number): View {
  const view = step.operands[index];
  if (view === undefined) {
    throw new RangeError(`Primitive "${step.equation.primitive}" came without operand ${index}.`);
  }
  return view;
}

/** An error for a form of a primitive that has no translation yet. */
export function unsupported(step: Step, what: string): Error {
  return new Error(
    `The ONNX executor cannot translate ${what} of primitive "${step.equation.primitive}": write the function otherwise, or add it to trainer/engine.`,
  );
}
