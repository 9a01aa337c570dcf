import { useTranslations } from "next-intl";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import type { OwnSettings } from "#server/members/contract.ts";

/** Kinds of notifications by what they are about. */
const GROUPS: Record<string, RegExp> = {
  forum: /^(mention|reply|quote|thread|accepted)$/,
  moderation: /^(post-|warned|silenced|suspended|limit-|appeal|review)/,
  account: /^(role-|trust-)/,
  initiatives: /^initiative-/,
  runs: /^run-/,
  releases: /^(release|licence|showcase)/,
};

/** A row for each kind, a tick for each way of being told. */
export function MuteTable({ kinds, muted }: Pick<OwnSettings, "kinds" | "muted">) {
  const words = useTranslations("account");
  const told = (kind: string, medium: "app" | "mail") =>
    !muted.some((mute) => mute.kind === kind && mute.medium === medium);
  return (
    <ScrollBox>
      <table className="mini">
        <caption className="sr">{words("notifications")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("tellMe")}</th>
            <th scope="col">{words("inApp")}</th>
            <th scope="col">{words("byMail")}</th>
          </tr>
        </thead>
        {Object.entries(GROUPS).map(([group, pattern]) => (
          <tbody key={group}>
            <tr>
              <th scope="rowgroup" colSpan={3}>
                <b>{words(`group.${group}`)}</b>
              </th>
            </tr>
            {kinds
              .filter((kind) => pattern.test(kind))
              .map((kind) => (
                <tr key={kind}>
                  <th scope="row">{words(`kind.${kind}`)}</th>
                  {(["app", "mail"] as const).map((medium) => (
                    <td key={medium}>
                      <input
                        type="checkbox"
                        name={`${medium}:${kind}`}
                        defaultChecked={told(kind, medium)}
                        aria-label={`${words(`kind.${kind}`)}: ${words(medium === "app" ? "inApp" : "byMail")}`}
                      />
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </ScrollBox>
  );
}
