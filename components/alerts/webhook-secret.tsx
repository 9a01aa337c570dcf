"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { readIssue } from "#components/members/read-issue.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

type WebhookSecretProps = { runId: string; secret: string };

/** How a receiver checks a message, the key for it, and a way to try it out. */
export function WebhookSecret({ runId, secret }: WebhookSecretProps) {
  const words = useTranslations("alerts");
  const test = useMutation(useTRPC().alerts.test.mutationOptions());
  const issue = readIssue(test.error);
  return (
    <div className="mt-3">
      <p className="read">
        {words.rich("signature", {
          code: (text) => <code>{text}</code>,
          a: (text) => <a href="https://www.standardwebhooks.com/">{text}</a>,
        })}
      </p>
      <details>
        <summary>{words("showSecret")}</summary>
        <div className="cmd">
          <CodeBlock>{secret}</CodeBlock>
          <CopyButton text={secret} label={words("copy")} doneLabel={words("copied")} />
        </div>
      </details>
      <p className="actions mt-3">
        <button
          className="btn"
          type="button"
          disabled={test.isPending}
          onClick={() => test.mutate({ runId })}
        >
          {words("test")}
        </button>
        <span role="status">
          {test.data !== undefined &&
            words(test.data.delivered ? "testArrived" : "testFailed", { answer: test.data.answer })}
          {issue}
        </span>
      </p>
    </div>
  );
}
