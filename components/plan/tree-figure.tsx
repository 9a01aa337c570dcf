import { useTranslations } from "next-intl";
import { Drawing } from "./drawing.tsx";

type Node = { id: "root" | "key" | "text" | "answer" | "slot" | "said"; x: number; y: number };

const BOX = { width: 176, height: 34 };
const NODES: readonly Node[] = [
  { id: "root", x: 1, y: 80 },
  { id: "key", x: 237, y: 28 },
  { id: "answer", x: 237, y: 132 },
  { id: "text", x: 473, y: 28 },
  { id: "slot", x: 473, y: 132 },
  { id: "said", x: 473, y: 196 },
];
const EDGES = [
  "M177 97H207V45H237",
  "M177 97H207V149H237",
  "M413 45H473",
  "M413 149H473",
  "M561 166V196",
];

/** A JSON sample as a tree of segments: the leaves under the answer are what the model has to say. */
export function TreeFigure() {
  const words = useTranslations("plan.tree");
  const sample = {
    root: "<root>",
    key: words("key"),
    text: words("text", { blank: "<mask_0>" }),
    answer: "<ans>",
    slot: "<mask_0>",
    said: words("said"),
  };
  return (
    <Drawing label={words("label")} caption={words("caption")} width={650} height={240}>
      {EDGES.map((d) => (
        <path className="arrow" key={d} d={d} />
      ))}
      {NODES.map(({ id, x, y }) => (
        <g key={id}>
          <rect
            className={id === "said" ? "asked" : "given"}
            x={x}
            y={y}
            width={BOX.width}
            height={BOX.height}
          />
          <text className={id === "said" ? "mid on" : "mid"} x={x + BOX.width / 2} y={y + 22}>
            {sample[id]}
          </text>
        </g>
      ))}
      {([0, 1, 2] as const).map((depth) => (
        <text className="quiet" key={depth} x={1 + depth * 236} y={14}>
          {words("depth", { depth: String(depth) })}
        </text>
      ))}
      <text className="quiet" x={457} y={218} textAnchor="end">
        {words("asked")}
      </text>
    </Drawing>
  );
}
