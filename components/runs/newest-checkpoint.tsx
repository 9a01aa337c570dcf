"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { CHECKPOINTS_QUERY } from "./detail-queries.ts";
import { FileHash } from "./file-hash.tsx";
import { useFormats } from "./use-formats.ts";

/** The newest checkpoint with its files, each with its SHA-256. */
export function NewestCheckpoint({ id }: { id: string }) {
  const trpc = useTRPC();
  const words = useTranslations("checkpoint");
  const formats = useFormats();
  const { data } = useQuery(
    trpc.runs.checkpoints.queryOptions({ runId: id, ...CHECKPOINTS_QUERY }),
  );
  const newest = data?.checkpoints[0];
  return (
    <section>
      <div className="head">
        <h2>{words("ready")}</h2>
        <Link href={`/runs/${id}#checkpoints`}>{words("all")}</Link>
      </div>
      {newest === undefined ? (
        <div className="empty">
          <p>{words("none")}</p>
        </div>
      ) : (
        <>
          <p className="release-name">
            {words("name", { step: formats.step(newest.step) })}{" "}
            <span>
              {[
                formats.clock(newest.createdAt),
                newest.tokens === null
                  ? null
                  : words("tokens", { tokens: formats.count(newest.tokens) }),
                newest.metrics["eval/loss"] === undefined
                  ? null
                  : words("evalLoss", { loss: formats.loss(newest.metrics["eval/loss"]) }),
              ]
                .filter((part) => part !== null)
                .join(" · ")}
            </span>
          </p>
          <table className="mini">
            <caption className="sr">{words("files", { step: formats.step(newest.step) })}</caption>
            <thead>
              <tr>
                <th scope="col">{words("file")}</th>
                <th scope="col" className="n">
                  {words("size")}
                </th>
                <th scope="col" className="n">
                  SHA-256
                </th>
              </tr>
            </thead>
            <tbody>
              {newest.files.map((file) => (
                <tr key={file.name}>
                  <th scope="row">
                    <a href={file.url} download={file.name}>
                      {file.name}
                    </a>
                  </th>
                  <td className="n">{formats.bytes(file.size)}</td>
                  <td className="n">
                    <FileHash sha256={file.sha256} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet">
            {words.rich("free", { code: (chunks) => <code className="nowrap">{chunks}</code> })}
          </p>
        </>
      )}
    </section>
  );
}
