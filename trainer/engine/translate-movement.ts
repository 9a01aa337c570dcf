import { reshapeView } from "./reshape-view.ts";
import { operand, type Step, type Translator } from "./translation.ts";
import { broadcastView, dimension, transposeView, type View, viewOf } from "./view.ts";

/** Primitives that move elements without computing; most of them only change the view. */
export const movementTranslators: ReadonlyMap<string, Translator> = new Map<string, Translator>([
  [
    "transpose",
    (step) => transposeView(operand(step, 0), step.equation.params["perm"] as number[]),
  ],
  ["reshape", (step) => reshapeView(step.graph, operand(step, 0), step.result.shape)],
  [
    "broadcast",
    (step) =>
      broadcastView(operand(step, 0), step.result.shape, step.equation.params["axis"] as number[]),
  ],
  ["shrink", shrink],
]);

/** A slice `[begin, end)` along each axis. */
function shrink(step: Step): View {
  const { graph, result } = step;
  const view = operand(step, 0);
  const slices = step.equation.params["slice"] as [number, number][];
  const cut = slices
    .map(([begin, end], axis) => ({ begin, end, axis, source: view.axes[axis] ?? null }))
    .filter(({ begin, end, axis, source }) => {
      return source !== null && end - begin !== dimension(view.shape, axis);
    });
  if (cut.length === 0) {
    return { ...view, shape: result.shape };
  }
  const name = graph.op("Slice", [
    view.name,
    graph.ints(cut.map((slice) => slice.begin)),
    graph.ints(cut.map((slice) => slice.end)),
    graph.ints(cut.map((slice) => slice.source ?? 0)),
  ]);
  // The cut tensor may have axes of size 1 now: look at it through a view of its own, then as before.
  const sizes = view.source.map((dim, source) => {
    const slice = cut.find((candidate) => candidate.source === source);
    return slice === undefined ? dim : slice.end - slice.begin;
  });
  const tensor = viewOf(graph, { name, type: view.type, shape: sizes });
  const axes = view.axes.map((source) => (source === null ? null : (tensor.axes[source] ?? null)));
  return { ...tensor, axes, shape: result.shape };
}
