import { useTranslations } from "next-intl";
import { mayAttend } from "#server/plan/contract.ts";
import { Drawing } from "./drawing.tsx";

const NAMES = ["p1", "p2", "a1", "a2", "a3", "b1", "b2", "b3"] as const;
const GIVEN = NAMES.map((name) => !name.startsWith("b"));
const CELL = 30;
const LEFT = 96;
const TOP = 52;

/** Who may look at whom: filled where the query of a row sees the key of a column. By the same rule as the trainer's. */
export function MaskFigure() {
  const words = useTranslations("plan.mask");
  const side = NAMES.length * CELL;
  const key = { x: LEFT + side + 34, size: 16 };
  return (
    <Drawing label={words("label")} caption={words("caption")} width={650} height={310}>
      <text className="quiet" x={LEFT} y={16}>
        {words("keys")}
      </text>
      <text className="quiet" x={0} y={TOP + 20}>
        {words("queries")}
      </text>
      {NAMES.map((name, i) => (
        <g key={name}>
          <text className="mid" x={LEFT + i * CELL + 14} y={TOP - 10}>
            {name}
          </text>
          <text x={LEFT - 8} y={TOP + i * CELL + 20} textAnchor="end">
            {name}
          </text>
          {NAMES.map((other, j) => (
            <rect
              key={other}
              className={cellClass(i, j)}
              x={LEFT + j * CELL}
              y={TOP + i * CELL}
              width={CELL - 2}
              height={CELL - 2}
            />
          ))}
        </g>
      ))}
      {(["given", "asked", "box"] as const).map((kind, index) => (
        <g key={kind}>
          <rect
            className={kind}
            x={key.x}
            y={TOP + index * 30}
            width={key.size}
            height={key.size}
          />
          <text x={key.x + 26} y={TOP + index * 30 + 13}>
            {words(kind)}
          </text>
        </g>
      ))}
    </Drawing>
  );
}

function cellClass(i: number, j: number): string {
  if (!mayAttend(GIVEN, i, j)) {
    return "box";
  }
  return GIVEN[j] === true ? "given" : "asked";
}
