import { useFormatter, useLocale, useTranslations } from "next-intl";
import { FileHash } from "#components/runs/file-hash.tsx";
import { formatBytes } from "#components/runs/format-bytes.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ReleaseDetail, ReleaseFile } from "#server/releases/contract.ts";
import { FormatTable } from "./format-table.tsx";
import { fileAddress } from "./snippets.ts";
import { TensorList } from "./tensor-list.tsx";

type FilesTabProps = { release: ReleaseDetail; origin: string };

/** A release's files with size and hash, its formats with what proving them gave, and what the weights hold. */
export function FilesTab({ release, origin }: FilesTabProps) {
  const words = useTranslations("models");
  const published = release.manifestSha256 !== null;
  const all = release.files.filter(({ path }) => path.endsWith(".safetensors"));
  const weights = all.find(({ path }) => !path.includes("/")) ?? all[0];
  return (
    <>
      <section className="sec-in first">
        <h2>{words("files.title")}</h2>
        <div>
          {published ? (
            <>
              <FileTable release={release} origin={origin} />
              {release.gated && (
                <p>
                  <a href="#gate">{words("files.unlock")}</a>
                </p>
              )}
              <p className="note">{words("files.verify")}</p>
              <div className="cmd">
                <CodeBlock>sha256sum -c SHA256SUMS</CodeBlock>
                <CopyButton
                  text="sha256sum -c SHA256SUMS"
                  label={words("copy")}
                  doneLabel={words("copied")}
                />
              </div>
            </>
          ) : (
            <p className="quiet">{words("files.notYet")}</p>
          )}
        </div>
      </section>
      <section className="sec-in">
        <h2>{words("files.formats")}</h2>
        <div>
          <FormatTable release={release} />
        </div>
      </section>
      {published && weights !== undefined && release.state !== "yanked" && (
        <section className="sec-in">
          <h2>{words("files.tensors")}</h2>
          <div>
            <TensorList
              address={fileAddress({ origin: "", release, path: weights.path })}
              path={weights.path}
            />
          </div>
        </section>
      )}
    </>
  );
}

function FileTable({ release, origin }: FilesTabProps) {
  const words = useTranslations("models");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("files.title")} tabIndex={0}>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{words("files.file")}</th>
            <th scope="col">{words("files.for")}</th>
            <th scope="col" className="n">
              {words("files.size")}
            </th>
            <th scope="col">SHA-256</th>
            <th scope="col" className="n">
              {words("files.downloads")}
            </th>
          </tr>
        </thead>
        <tbody>
          {release.files.map((file) => (
            <Row key={file.path} file={file} release={release} origin={origin} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ file, release }: { file: ReleaseFile } & FilesTabProps) {
  const words = useTranslations("models");
  const format = useFormatter();
  const locale = useLocale();
  const { path, gated, sha256, size } = file;
  const given = release.state !== "yanked";
  return (
    <tr>
      <th scope="row">
        {given ? (
          <a href={fileAddress({ origin: "", release, path })} download={path.split("/").at(-1)}>
            <Icon name={gated ? "i-lock" : "i-down"} /> <code>{path}</code>
          </a>
        ) : (
          <code>{path}</code>
        )}
        {gated && <span className="sr"> {words("files.locked")}</span>}
      </th>
      <td>{words(`format.${file.format ?? "text"}`)}</td>
      <td className="n">{formatBytes(size, locale)}</td>
      <td>
        <FileHash sha256={sha256} />
      </td>
      <td className="n">{format.number(file.downloads)}</td>
    </tr>
  );
}
