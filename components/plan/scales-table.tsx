import { useLocale, useTranslations } from "next-intl";
import { countPlannedParameters, PLANNED_SIZES, type PlannedSize } from "#server/plan/contract.ts";

const unique = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
const LAYERS = unique(PLANNED_SIZES.map(({ layers }) => layers));
const WIDTHS = unique(PLANNED_SIZES.map(({ width }) => width)).reverse();

/** Layers by width as the plan lays them out, each size counted by the formula. */
export function ScalesTable() {
  const words = useTranslations("plan.scales");
  const number = new Intl.NumberFormat(useLocale());
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="scroll" aria-label={words("caption")} tabIndex={0}>
        <table className="grid-table plan-scales">
          <caption className="sr">{words("caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{words("width")}</th>
              {LAYERS.map((layers) => (
                <th scope="col" key={layers}>
                  {words("layers", { count: String(layers) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WIDTHS.map((width) => (
              <tr key={width}>
                <th scope="row">{number.format(width)}</th>
                {LAYERS.map((layers) => (
                  <td key={layers}>
                    <Sizes
                      sizes={PLANNED_SIZES.filter(
                        (size) => size.width === width && size.layers === layers,
                      )}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="note">{words("note")}</p>
    </>
  );
}

function Sizes({ sizes }: { sizes: readonly PlannedSize[] }) {
  const words = useTranslations("plan.scales");
  const format = new Intl.NumberFormat(useLocale(), {
    notation: "compact",
    maximumSignificantDigits: 4,
  });
  return sizes.map((size) => (
    <span className={`plan-size ${size.role}`} key={size.name}>
      <b>{size.name}</b>
      <span>{format.format(countPlannedParameters(size))}</span>
      <small>{words(`role.${size.role}`)}</small>
    </span>
  ));
}
