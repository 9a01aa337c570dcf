import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { ReleaseDetail } from "#server/releases/contract.ts";
import { SNIPPETS, snippet } from "./snippets.ts";

/** Lines that fetch and run the release, with this portal's real address. */
export function UseTab({ release, origin }: { release: ReleaseDetail; origin: string }) {
  const words = useTranslations("models");
  const has = (path: string) => release.files.some((file) => file.path === path);
  const weights = release.files.find(({ path }) => path.endsWith(".safetensors"))?.path;
  const shown = SNIPPETS.filter(
    (kind) =>
      (kind !== "int8" || has("int8/model.safetensors")) &&
      (kind !== "transformers" || has("model.safetensors")),
  );
  if (weights === undefined || release.manifestSha256 === null || release.state === "yanked") {
    return <p className="quiet">{words("use.nothing")}</p>;
  }
  return (
    <>
      <section className="sec-in first">
        <h2>{words("use.token")}</h2>
        <div>
          <p>
            {words.rich("use.tokenAbout", {
              account: (text) => <Link href="/account">{text}</Link>,
              code: (text) => <code>{text}</code>,
            })}
          </p>
        </div>
      </section>
      {shown.map((kind) => {
        const text = snippet(kind, { origin, release, path: weights });
        return (
          <section className="sec-in" key={kind}>
            <h2>{words(`use.kind.${kind}`)}</h2>
            <div className="cmd">
              <CodeBlock>{text}</CodeBlock>
              <CopyButton text={text} label={words("copy")} doneLabel={words("copied")} />
            </div>
          </section>
        );
      })}
    </>
  );
}
