import { useLocale, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { countPlannedParameters, PLANNED_SIZES } from "#server/plan/contract.ts";
import type { FamilyItem } from "#server/releases/contract.ts";

/** A cell of the table: a size that the plan names, or one that was published. */
type Size = {
  layers: number;
  width: number;
  name: string;
  parameters: number;
  mark: "target" | "compressed" | "later" | "comparison" | "published";
  href: string | null;
};

function published(families: readonly FamilyItem[]): Size[] {
  return families.flatMap(({ id, title, current }): Size[] =>
    current === null || current.layers === null || current.width === null
      ? []
      : [
          {
            layers: current.layers,
            width: current.width,
            name: `${title} ${current.version}`,
            parameters: current.parameters ?? 0,
            mark: "published",
            href: `/models/${id}`,
          },
        ],
  );
}

const planned = (): Size[] =>
  PLANNED_SIZES.map((size) => ({
    ...size,
    parameters: countPlannedParameters(size),
    mark: size.role,
    href: null,
  }));

/** Layers by width: what the plan names, counted by the formula, and what is published. */
export function SizesTable({ families }: { families: readonly FamilyItem[] }) {
  const words = useTranslations("models");
  const number = new Intl.NumberFormat(useLocale());
  const sizes = [...planned(), ...published(families)];
  const unique = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  const layers = unique(sizes.map((size) => size.layers));
  const widths = unique(sizes.map((size) => size.width)).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("sizes")} tabIndex={0}>
      <table className="grid-table sizes">
        <caption className="sr">{words("sizesCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("width")}</th>
            {layers.map((count) => (
              <th scope="col" key={count}>
                {words("layersOf", { count: String(count) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {widths.map((width) => (
            <tr key={width}>
              <th scope="row">{number.format(width)}</th>
              {layers.map((count) => (
                <td key={count}>
                  <Cell sizes={sizes.filter((s) => s.width === width && s.layers === count)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ sizes }: { sizes: readonly Size[] }) {
  const words = useTranslations("models");
  const format = new Intl.NumberFormat(useLocale(), {
    notation: "compact",
    maximumSignificantDigits: 4,
  });
  return sizes.map(({ name, parameters, mark, href }) => (
    <span className={`model-size ${mark}`} key={name}>
      <b>{href === null ? name : <Link href={href}>{name}</Link>}</b>
      <span>{format.format(parameters)}</span>
      <small>{words(`mark.${mark}`)}</small>
    </span>
  ));
}
