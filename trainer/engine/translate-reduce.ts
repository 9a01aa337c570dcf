import { operand, type Step, type Translator, unsupported } from "./translation.ts";
import { dimension, product, type View } from "./view.ts";

export const reduceTranslators: ReadonlyMap<string, Translator> = new Map([["reduce", reduce]]);

const OPERATORS: Record<string, string> = { Add: "ReduceSum", Max: "ReduceMax", Min: "ReduceMin" };

/** Sum or extreme along axes. Along an axis where the value is constant, a sum is a product with the size. */
function reduce(step: Step): View {
  const { graph, result } = step;
  const view = operand(step, 0);
  const kind = step.equation.params["op"] as string;
  const operator = OPERATORS[kind];
  if (operator === undefined || result.type === "bool") {
    throw unsupported(step, `the reduction "${kind}" over ${result.type}`);
  }
  const reduced = step.equation.params["axis"] as number[];
  const real = reduced.flatMap((axis) => view.axes[axis] ?? []).sort((a, b) => a - b);
  const repeated = reduced.filter((axis) => view.axes[axis] == null);
  const times = product(repeated.map((axis) => dimension(view.shape, axis)));

  let name = view.name;
  if (real.length > 0) {
    name = graph.op(operator, [name, graph.ints(real)], { keepdims: 0 });
  }
  if (kind === "Add" && times !== 1) {
    name = graph.op("Mul", [name, graph.scalar(times, view.type)]);
  }
  const left = view.source.map((_, source) => source).filter((source) => !real.includes(source));
  const kept = view.axes.filter((_, axis) => !reduced.includes(axis));
  return {
    name,
    type: view.type,
    source: left.map((source) => dimension(view.source, source)),
    axes: kept.map((source) => (source === null ? null : left.indexOf(source))),
    shape: result.shape,
  };
}
