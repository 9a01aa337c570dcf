import { useTranslations } from "next-intl";
import type { MoveTable, State } from "#server/initiatives/contract.ts";

const COLUMNS: readonly (readonly State[])[] = [
  ["draft"],
  ["open", "needs-work"],
  ["triage", "infeasible"],
  ["feasible", "declined"],
  ["assigned", "deferred"],
  ["final-comment", "duplicate"],
  ["approved", "superseded"],
  ["trial", "withdrawn"],
  ["provisional", "rolled-back"],
  ["stable"],
  ["released"],
];
const BOX = { width: 104, height: 30, right: 34, below: 74 };
const TOP = 46;
const WIDTH = COLUMNS.length * (BOX.width + BOX.right);
const HEIGHT = TOP + BOX.below + BOX.height + 40;

/** The table of moves as a drawing: every arrow is a row of it. */
export function MovesFigure({ moves }: { moves: MoveTable }) {
  const words = useTranslations("initiatives");
  const arrows = moves.flatMap(({ name, from, to }) =>
    to === "before" ? [] : from.map((state) => ({ key: `${name}-${state}`, from: state, to })),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="moves-figure" aria-label={words("movesFigure")} tabIndex={0}>
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={words("movesFigure")}>
        <defs>
          <marker id="move-tip" markerWidth="7" markerHeight="7" refX="6" refY="3" orient="auto">
            <path d="M0 0L6 3L0 6" />
          </marker>
        </defs>
        {arrows.map(({ key, from, to }) => (
          <path
            key={key}
            d={arrow(placeOf(from), placeOf(to))}
            markerEnd="url(#move-tip)"
            opacity="0.55"
          />
        ))}
        {COLUMNS.flat().map((state) => {
          const { x, y } = placeOf(state);
          return (
            <g key={state}>
              <rect x={x} y={y} width={BOX.width} height={BOX.height} rx="3" />
              <text x={x + BOX.width / 2} y={y + 19} textAnchor="middle">
                {words(`state.${state}`)}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}

type Place = { x: number; y: number; row: number };

function placeOf(state: State): Place {
  const column = COLUMNS.findIndex((states) => states.includes(state));
  const row = COLUMNS[column]?.indexOf(state) ?? 0;
  return { x: 4 + column * (BOX.width + BOX.right), y: TOP + row * BOX.below, row };
}

/** Along the row to a neighbour; over or under the boxes to everything else. */
function arrow(from: Place, to: Place): string {
  const middle = BOX.height / 2;
  if (from.row === to.row && to.x - from.x === BOX.width + BOX.right) {
    return `M${from.x + BOX.width} ${from.y + middle}H${to.x - 1}`;
  }
  const [fx, tx] = [from.x + BOX.width / 2, to.x + BOX.width / 2];
  if (from.row === to.row) {
    const bow = from.row === 0 ? -34 : BOX.height + 34;
    const edge = from.row === 0 ? 0 : BOX.height;
    return `M${fx} ${from.y + edge}C${fx} ${from.y + bow} ${tx} ${to.y + bow} ${tx} ${to.y + edge}`;
  }
  const [fy, ty] = from.row === 0 ? [from.y + BOX.height, to.y] : [from.y, to.y + BOX.height];
  const half = (fy + ty) / 2;
  return `M${fx} ${fy}C${fx} ${half} ${tx} ${half} ${tx} ${ty}`;
}
