import { useTranslations } from "next-intl";
import { useFormats } from "#components/runs/use-formats.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { DailyRevision } from "#server/daily-log/contract.ts";

/** What the comment said before, word for word; nothing while there is only the first version. */
export function DayRevisions({ revisions }: { revisions: readonly DailyRevision[] }) {
  const words = useTranslations("dailyLog");
  const formats = useFormats();
  if (revisions.length < 2) {
    return null;
  }
  return (
    <details className="mt-3">
      <summary>{words("revisions", { count: revisions.length })}</summary>
      {revisions.toReversed().map(({ number, author, time, comment }) => (
        <section key={number}>
          <h3>
            {words("revision", {
              number,
              author: author ?? words("nobody"),
              at: formats.clock(time),
            })}
          </h3>
          <CodeBlock>{comment === "" ? words("emptied") : comment}</CodeBlock>
        </section>
      ))}
    </details>
  );
}
