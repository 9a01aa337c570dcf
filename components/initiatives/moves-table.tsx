import { useTranslations } from "next-intl";
import type { MoveTable } from "#server/initiatives/contract.ts";

/** The same table in words. */
export function MovesTable({ moves }: { moves: MoveTable }) {
  const words = useTranslations("initiatives");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("movesTable")} tabIndex={0}>
      <table className="grid-table stacking">
        <caption className="sr">{words("movesTable")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("moveHead")}</th>
            <th scope="col">{words("fromHead")}</th>
            <th scope="col">{words("toHead")}</th>
            <th scope="col">{words("byHead")}</th>
            <th scope="col">{words("needsHead")}</th>
          </tr>
        </thead>
        <tbody>
          {moves.map(({ name, from, to, by, needs }) => (
            <tr key={name}>
              <th scope="row">{words(`move.${name}`)}</th>
              <td data-label={words("fromHead")}>
                {from.map((state) => words(`state.${state}`)).join(", ")}
              </td>
              <td data-label={words("toHead")}>
                {to === "before" ? words("before") : words(`state.${to}`)}
              </td>
              <td data-label={words("byHead")}>{by.map((one) => words(`by.${one}`)).join(", ")}</td>
              <td data-label={words("needsHead")}>
                {needs.map((one) => words(`need.${one}`)).join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
