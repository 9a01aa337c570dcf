import { useTranslations } from "next-intl";
import { ArrowTip } from "./arrow-tip.tsx";
import { Drawing } from "./drawing.tsx";
import { PipelineCounts } from "./pipeline-counts.tsx";

const STAGES = ["filter", "deduplicate", "augment", "tokenise", "cut"] as const;
const DROPPING = ["filter", "deduplicate"] as const;
const BOX = { width: 122, height: 76, top: 34, gap: 26, left: 1 };

const leftOf = (index: number) => BOX.left + index * (BOX.width + BOX.gap);

/** The way of a document from raw text to rows for training. */
export function PipelineFigure() {
  const words = useTranslations("plan.pipeline");
  const middle = BOX.top + BOX.height / 2;
  return (
    <Drawing label={words("label")} caption={words("caption")} width={740} height={208}>
      <ArrowTip />
      <text className="quiet" x={BOX.left} y={18}>
        {words("in")}
      </text>
      <text className="quiet" x={leftOf(4) + BOX.width} y={18} textAnchor="end">
        {words("out")}
      </text>
      {STAGES.map((stage, index) => (
        <g key={stage}>
          <rect
            className="box"
            x={leftOf(index)}
            y={BOX.top}
            width={BOX.width}
            height={BOX.height}
          />
          <text className="strong" x={leftOf(index) + 10} y={BOX.top + 22}>
            {words(`stage.${stage}`)}
          </text>
          <Lines x={leftOf(index) + 10} y={BOX.top + 43} text={words(`note.${stage}`)} />
          {index > 0 && <Arrow d={`M${leftOf(index) - BOX.gap} ${middle}h${BOX.gap - 1}`} />}
        </g>
      ))}
      {DROPPING.map((stage, index) => (
        <g key={stage}>
          <Arrow d={`M${leftOf(index) + 20} ${BOX.top + BOX.height}v34`} dashed />
          <Lines
            x={leftOf(index) + 10}
            y={BOX.top + BOX.height + 52}
            text={words(`drop.${stage}`)}
          />
        </g>
      ))}
      <g>
        <Arrow d={`M${leftOf(2) + 20} ${BOX.top + BOX.height + 34}v-33`} />
        <Lines x={leftOf(2) + 10} y={BOX.top + BOX.height + 52} text={words("adds")} />
      </g>
      <PipelineCounts
        places={{
          in: { x: leftOf(1), y: 18 },
          filtered: { x: leftOf(0) + 10, y: BOX.top + BOX.height + 88 },
          repeated: { x: leftOf(1) + 10, y: BOX.top + BOX.height + 88 },
          out: { x: leftOf(3) + BOX.width - 12, y: 18 },
        }}
      />
    </Drawing>
  );
}

/** Lines that the text itself divides by a bar. */
function Lines({ x, y, text }: { x: number; y: number; text: string }) {
  return (
    <text className="quiet" x={x} y={y}>
      {text.split("|").map((line, index) => (
        <tspan key={line} x={x} dy={index === 0 ? 0 : 16}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function Arrow({ d, dashed = false }: { d: string; dashed?: boolean }) {
  return <path className={dashed ? "arrow dashed" : "arrow"} d={d} markerEnd="url(#plan-tip)" />;
}
