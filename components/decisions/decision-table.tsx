import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { ChainedDecision } from "#server/decisions/contract.ts";

/** Decisions as rows; each is an anchor, `#decision-12`, and its kind and actor lead to their likes. */
export function DecisionTable({ decisions }: { decisions: readonly ChainedDecision[] }) {
  const words = useTranslations("decisions");
  return (
    <section className="scroll" aria-label={words("caption")}>
      <table className="grid-table stacking">
        <caption className="sr">{words("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("number")}</th>
            <th scope="col">{words("time")}</th>
            <th scope="col">{words("kind")}</th>
            <th scope="col">{words("subject")}</th>
            <th scope="col">{words("reason")}</th>
            <th scope="col">{words("actor")}</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((row) => (
            <Row key={row.number} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row }: { row: ChainedDecision }) {
  const words = useTranslations("decisions");
  const format = useFormatter();
  const { number, at, kind, subject, reason, actorId, hash } = row;
  return (
    <tr id={`decision-${number}`}>
      <th scope="row">
        <a href={`#decision-${number}`}>{number}</a>
      </th>
      <td data-label={words("time")}>
        <time dateTime={at}>
          {format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" })}
        </time>
      </td>
      <td data-label={words("kind")}>
        <Link href={{ pathname: "/decisions", query: { kind } }}>{kind}</Link>
      </td>
      <td data-label={words("subject")}>
        {subject.type} <code>{subject.id}</code>
      </td>
      <td data-label={words("reason")}>
        {reason}
        <details>
          <summary>{words("proof")}</summary>
          <CodeBlock>
            {JSON.stringify({ data: row.data, previousHash: row.previousHash, hash }, null, 2)}
          </CodeBlock>
        </details>
      </td>
      <td data-label={words("actor")}>
        {actorId === null ? (
          words("portal")
        ) : (
          <Link href={{ pathname: "/decisions", query: { actorId } }}>
            <code>{actorId}</code>
          </Link>
        )}
      </td>
    </tr>
  );
}
