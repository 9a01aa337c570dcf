import { useTranslations } from "next-intl";
import { Drawing } from "./drawing.tsx";

/** One row of training data: a prompt, a segment that is given, a segment to be predicted. */
const SEGMENTS = [
  { id: "prompt", number: 0, size: 4, given: true },
  { id: "first", number: 1, size: 6, given: true },
  { id: "second", number: 2, size: 5, given: false },
] as const;

const CELL = 34;
const LABELS = 118;
const ROWS = { tokens: 40, segment: 88, position: 136 };

type Cell = { name: string; number: number; given: boolean; at: number; first: boolean };

const CELLS: Cell[] = SEGMENTS.flatMap(({ id, number, size, given }) =>
  Array.from({ length: size }, (_, index) => ({
    name: id === "prompt" ? `p${index + 1}` : `${id === "first" ? "a" : "b"}${index + 1}`,
    number,
    given,
    first: index === 0,
    at: 0,
  })),
).map((cell, index) => ({ ...cell, at: LABELS + index * CELL }));

/** The prompt-based frame of several segments. */
export function FrameFigure() {
  const words = useTranslations("plan.frame");
  return (
    <Drawing label={words("label")} caption={words("caption")} width={650} height={186}>
      {SEGMENTS.map(({ id, number }) => (
        <text
          className="strong"
          key={id}
          x={CELLS.find((cell) => cell.number === number)?.at}
          y={20}
        >
          {words(`segment.${id}`)}
        </text>
      ))}
      <text y={ROWS.tokens + 21}>{words("tokens")}</text>
      <text y={ROWS.segment + 21}>{words("number")}</text>
      <text y={ROWS.position + 21}>{words("role")}</text>
      {CELLS.map((cell) => (
        <g key={cell.name}>
          <rect
            className={cell.given ? "given" : "asked"}
            x={cell.at}
            y={ROWS.tokens}
            width={CELL - 3}
            height={32}
          />
          <text className={cell.given ? "mid" : "mid on"} x={cell.at + 15} y={ROWS.tokens + 21}>
            {cell.name}
          </text>
          <rect className="box" x={cell.at} y={ROWS.segment} width={CELL - 3} height={32} />
          <text className="mid" x={cell.at + 15} y={ROWS.segment + 21}>
            {cell.number}
          </text>
          {cell.first && (
            <text x={cell.at} y={ROWS.position + 21}>
              {words(`is.${cell.number === 0 ? "learned" : cell.given ? "given" : "predicted"}`)}
            </text>
          )}
        </g>
      ))}
    </Drawing>
  );
}
