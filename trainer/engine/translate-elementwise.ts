import { type Atom, isLiteral, onnxType } from "./jaxpr.ts";
import { ONNX_TYPE, type OnnxAttribute, type OnnxType } from "./onnx-proto.ts";
import { operand, type Step, type Translator, unsupported } from "./translation.ts";
import { aligned, dimension, product, type View, withRank } from "./view.ts";

/** Element by element; on each primitive the operator it becomes, by the type of its operands. */
const translators: Record<string, Translator> = {
  add: addition,
  mul: multiplication,
  min: (step) => elementwise(step, isBool(step) ? "And" : "Min"),
  max: (step) => elementwise(step, isBool(step) ? "Or" : "Max"),
  neg: (step) => elementwise(step, "Neg"),
  reciprocal: (step) => elementwise(step, "Reciprocal"),
  sqrt: (step) => elementwise(step, "Sqrt"),
  exp: (step) => elementwise(step, "Exp"),
  log: (step) => elementwise(step, "Log"),
  erf: (step) => elementwise(step, "Erf"),
  erfc: complementaryErrorFunction,
  compare: comparison,
  where: (step) => elementwise(step, "Where"),
  cast: (step) => {
    const to = onnxType(step.equation.params["dtype"] as string);
    return elementwise(step, "Cast", { to: ONNX_TYPE[to] });
  },
  stop_gradient: (step) => operand(step, 0),
};

export const elementwiseTranslators: ReadonlyMap<string, Translator> = new Map(
  Object.entries(translators),
);

/**
 * One operator over operands that broadcast. The result keeps the layout of the largest operand, so that
 * a transposed tensor is not copied just to be added to another that is transposed alike.
 */
function elementwise(
  step: Step,
  op: string,
  options: { to?: number; operands?: View[] } = {},
): View {
  const { graph, result } = step;
  const rank = result.shape.length;
  const operands = sameType(step, options.operands ?? step.operands).map((view) =>
    withRank(view, rank),
  );
  const order = commonOrder(operands, rank);
  const attributes: Record<string, OnnxAttribute> =
    options.to === undefined ? {} : { to: options.to };
  const names = operands.map((view) => aligned(graph, view, order));
  const axes: (number | null)[] = result.shape.map(() => null);
  for (const [position, axis] of order.entries()) {
    axes[axis] = position;
  }
  return {
    name: graph.op(op, names, attributes),
    type: result.type,
    source: order.map((axis) => dimension(result.shape, axis)),
    axes,
    shape: result.shape,
  };
}

/** jax-js mixes types freely, ONNX does not: operands are brought to the type of the result. */
function sameType(step: Step, operands: View[]): View[] {
  const { primitive } = step.equation;
  if (operands.length < 2) {
    return operands;
  }
  const first = primitive === "where" ? 1 : 0;
  const type = primitive === "compare" ? comparedType(step, operands) : step.result.type;
  return operands.map((view, index) =>
    index < first || view.type === type
      ? view
      : { ...view, type, name: step.graph.op("Cast", [view.name], { to: ONNX_TYPE[type] }) },
  );
}

/** A literal takes the type of what it is compared with. */
function comparedType(step: Step, operands: View[]): OnnxType {
  const index = step.equation.inputs.findIndex((atom) => !isLiteral(atom));
  return operands[Math.max(0, index)]?.type ?? "float32";
}

/** The axes along which any operand varies, in the order in which the largest operand holds them. */
function commonOrder(operands: View[], rank: number): number[] {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const varying = all.filter((axis) => operands.some((view) => view.axes[axis] != null));
  const [largest] = operands.toSorted((a, b) => product(b.source) - product(a.source));
  if (largest === undefined || varying.some((axis) => largest.axes[axis] == null)) {
    return varying;
  }
  return varying.sort((a, b) => (largest.axes[a] ?? 0) - (largest.axes[b] ?? 0));
}

/** a + (−b) as one subtraction: jax-js has no primitive for it, and a pass over memory is saved. */
function addition(step: Step): View {
  if (isBool(step)) {
    return elementwise(step, "Or");
  }
  const [left, right] = step.operands;
  const [leftAtom, rightAtom] = step.equation.inputs;
  const negatedRight = argumentOf(step, "neg", rightAtom);
  if (left !== undefined && negatedRight !== null) {
    return elementwise(step, "Sub", { operands: [left, negatedRight] });
  }
  const negatedLeft = argumentOf(step, "neg", leftAtom);
  if (right !== undefined && negatedLeft !== null) {
    return elementwise(step, "Sub", { operands: [right, negatedLeft] });
  }
  return elementwise(step, "Add");
}

/**
 * a · (1/b) as one division where b is as large as the result. A smaller b is inverted first: one division
 * for a row and cheap products for its elements.
 */
function multiplication(step: Step): View {
  if (isBool(step)) {
    return elementwise(step, "And");
  }
  const [left, right] = step.operands;
  const divisor = argumentOf(step, "reciprocal", step.equation.inputs[1]);
  if (left !== undefined && right !== undefined && divisor !== null) {
    if (product(divisor.source) === product(step.result.shape)) {
      return elementwise(step, "Div", { operands: [left, divisor] });
    }
  }
  return elementwise(step, "Mul");
}

/** The operand of the equation that computed this atom, if it is that primitive. */
function argumentOf(step: Step, primitive: string, atom: Atom | undefined): View | null {
  if (atom === undefined || isLiteral(atom)) {
    return null;
  }
  const definition = step.definition(atom);
  return definition?.equation.primitive === primitive ? (definition.operands[0] ?? null) : null;
}

/** erfc = 1 − erf; ONNX has only the latter. */
function complementaryErrorFunction(step: Step): View {
  const one: View = {
    name: step.graph.scalar(1, "float32"),
    type: "float32",
    source: [],
    axes: [],
    shape: [],
  };
  return elementwise(step, "Sub", { operands: [one, elementwise(step, "Erf")] });
}

function comparison(step: Step): View {
  switch (step.equation.params["op"] as string) {
    case "less":
      return elementwise(step, "Less");
    case "less_equal":
      return elementwise(step, "LessOrEqual");
    case "equal":
      return elementwise(step, "Equal");
    case "not_equal":
      return elementwise(step, "Not", { operands: [elementwise(step, "Equal")] });
    default:
      throw unsupported(step, `the comparison "${step.equation.params["op"]}"`);
  }
}

function isBool(step: Step): boolean {
  return step.result.type === "bool";
}
