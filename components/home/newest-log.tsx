import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DailyLogItem } from "#server/daily-log/contract.ts";

type NewestLogProps = { log: DailyLogItem | null; archive: string };

/** The newest day of the run, in a sentence of its figures and its engineer's words. */
export function NewestLog({ log, archive }: NewestLogProps) {
  const words = useTranslations("homeParts");
  const formats = useFormats();
  return (
    <section>
      <div className="head">
        <h2>
          {log === null ? words("log") : words("logOf", { day: formats.date(Date.parse(log.day)) })}
        </h2>
        <Link href={archive}>{words("archive")}</Link>
      </div>
      {log === null ? (
        <div className="empty">
          <p>{words("noLog")}</p>
        </div>
      ) : (
        <>
          <p className="read">
            <Figures figures={log.figures} /> {words("events", { count: log.eventCount })}
          </p>
          {log.comment !== "" && (
            <blockquote className="remark">
              <p>{log.comment.slice(0, 400)}</p>
              {log.signedBy !== null && <footer>{words("signed", { name: log.signedBy })}</footer>}
            </blockquote>
          )}
          <p>
            <Link href={log.url}>{words("readDay")}</Link>
          </p>
        </>
      )}
    </section>
  );
}

function Figures({ figures }: Pick<DailyLogItem, "figures">) {
  const words = useTranslations("homeParts");
  const formats = useFormats();
  const { lossBegin, lossEnd, firstStep, lastStep, tokens } = figures;
  return (
    <>
      {lossBegin !== null && lossEnd !== null && (
        <>{words("lossWent", { from: formats.loss(lossBegin), to: formats.loss(lossEnd) })} </>
      )}
      {firstStep !== null && lastStep !== null && (
        <>{words("stepsTaken", { count: formats.step(lastStep - firstStep) })} </>
      )}
      {tokens !== null && words("tokensRead", { count: formats.count(tokens) })}
    </>
  );
}
