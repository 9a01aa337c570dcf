import type { OnnxGraph } from "./onnx-graph.ts";
import { operand, type Step, type Translator, unsupported } from "./translation.ts";
import { dense, reshapeNode, type View, viewOf } from "./view.ts";

/** Rows of a table by index, and its gradient. Only the form that `numpy.take` along axis 0 traces to. */
export const gatherTranslators: ReadonlyMap<string, Translator> = new Map([
  ["gather", gather],
  ["scatter", scatter],
]);

function gather(step: Step): View {
  const { graph, result } = step;
  requireRows(step);
  const name = graph.op(
    "Gather",
    [dense(graph, operand(step, 0)), dense(graph, operand(step, 1))],
    { axis: 0 },
  );
  return viewOf(graph, { name, ...result });
}

/**
 * Adds each update to the row of a table of zeros that its index names; rows may be named repeatedly. Not ScatterND:
 * ONNX Runtime spreads its updates over threads without a lock, so two that meet in one row lose one another now
 * and then (seen in one step of ten on two threads). ScatterElements adds in order, on one thread.
 */
function scatter(step: Step): View {
  const { graph, result } = step;
  requireRows(step);
  if (step.equation.params["op"] !== "add") {
    throw unsupported(step, `the operation "${step.equation.params["op"]}"`);
  }
  const indices = operand(step, 1);
  const count = indices.shape.reduce((size, dim) => size * dim, 1);
  const [, ...row] = result.shape;
  const column = reshapeNode(graph, dense(graph, indices), [count, ...row.map(() => 1)]);
  const name = graph.op(
    "ScatterElements",
    [
      zeros(graph, result.shape),
      graph.op("Expand", [column, graph.ints([count, ...row])]),
      reshapeNode(graph, dense(graph, operand(step, 0)), [count, ...row]),
    ],
    { axis: 0, reduction: "add" },
  );
  return viewOf(graph, { name, ...result });
}

function zeros(graph: OnnxGraph, shape: readonly number[]): string {
  return graph.op("ConstantOfShape", [graph.ints(shape)]);
}

function requireRows(step: Step): void {
  const axes = step.equation.params["axis"] as number[];
  if (axes.length !== 1 || axes[0] !== 0 || step.equation.params["outDim"] !== 0) {
    throw unsupported(step, `indexing along axes [${axes}]`);
  }
}
