"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import type { TokenItem } from "#server/members/contract.ts";
import { Refused } from "./refused.tsx";
import { useRefusal } from "./use-refusal.ts";

/** Tokens for programs that act in one's name: make one, see when it was used, end it. */
export function TokensPanel() {
  const words = useTranslations("account");
  const refusal = useRefusal();
  const client = useQueryClient();
  const { members } = useTRPC();
  const { data } = useQuery(members.data.tokens.queryOptions());
  const onSuccess = () => client.invalidateQueries({ queryKey: members.data.tokens.queryKey() });
  const make = useMutation(members.data.createToken.mutationOptions({ onSuccess }));
  const revoke = useMutation(members.data.revokeToken.mutationOptions({ onSuccess }));
  const tokens = data?.tokens ?? [];
  return (
    <>
      <p className="read">{words("tokensSay")}</p>
      {tokens.length > 0 && (
        <ScrollBox>
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{words("tokenLabel")}</th>
                <th scope="col">{words("scope")}</th>
                <th scope="col">{words("lastUsed")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <TokenRow key={token.id} {...token} onRevoke={(id) => revoke.mutate({ id })} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {make.data !== undefined && (
        <>
          <p className="notice good" role="status">
            <span>{words("tokenOnce")}</span>
          </p>
          <div className="cmd">
            <CodeBlock>{make.data.secret}</CodeBlock>
            <CopyButton
              text={make.data.secret}
              label={words("copyToken")}
              doneLabel={words("copied")}
            />
          </div>
        </>
      )}
      <TokenForm
        scopes={data?.scopes ?? []}
        busy={make.isPending}
        onMake={(token) => make.mutate(token)}
      />
      <Refused sentence={refusal(make.error ?? revoke.error)} />
    </>
  );
}

type Scope = "ingest" | "control" | "read" | "download";
type TokenFormProps = {
  scopes: Scope[];
  busy: boolean;
  onMake: (token: { label: string; scope: Scope }) => void;
};

function TokenForm({ scopes, busy, onMake }: TokenFormProps) {
  const words = useTranslations("account");
  const id = useId();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const scope = scopes.find((each) => each === data.get("scope"));
    if (scope !== undefined) {
      onMake({ label: String(data.get("label")), scope });
      event.currentTarget.reset();
    }
  };
  return (
    <form className="account-form mt-4" method="post" onSubmit={send}>
      <p>
        <label htmlFor={`${id}-label`}>{words("tokenLabel")}</label>
        <input id={`${id}-label`} name="label" required maxLength={80} />
      </p>
      <p>
        <label htmlFor={`${id}-scope`}>{words("scope")}</label>
        <select id={`${id}-scope`} name="scope">
          {scopes.map((scope) => (
            <option key={scope} value={scope}>
              {words(`scopeOf.${scope}`)}
            </option>
          ))}
        </select>
      </p>
      <p className="actions">
        <button className="btn" type="submit" disabled={busy}>
          {words("makeToken")}
        </button>
      </p>
    </form>
  );
}

function TokenRow(props: TokenItem & { onRevoke: (id: string) => void }) {
  const { id, label, scope, lastUsedAt, onRevoke } = props;
  const words = useTranslations("account");
  const format = useFormatter();
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{words(`scopeOf.${scope}`)}</td>
      <td>
        {lastUsedAt === null
          ? words("neverUsed")
          : format.dateTime(new Date(lastUsedAt), { dateStyle: "medium", timeStyle: "short" })}
      </td>
      <td>
        <button className="text-btn" type="button" onClick={() => onRevoke(id)}>
          {words("revoke")}
        </button>
      </td>
    </tr>
  );
}
