import { useTranslations } from "next-intl";
import type { ChangedSetting } from "./compare-json.ts";

type ChangedSettingsProps = {
  changes: readonly ChangedSetting[];
  /** What stands where nothing differs. */
  none: string;
  /** Names of the two sides; before and after unless told. */
  heads?: readonly [string, string];
};

/** Settings with what they were and what they are. */
export function ChangedSettings({ changes, none, heads }: ChangedSettingsProps) {
  const words = useTranslations("config");
  if (changes.length === 0) {
    return <p className="quiet">{none}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("changes")} tabIndex={0}>
      <table className="mini">
        <caption className="sr">{words("changes")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("setting")}</th>
            <th scope="col">{heads?.[0] ?? words("before")}</th>
            <th scope="col">{heads?.[1] ?? words("after")}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{before ?? words("absent")}</td>
              <td>{after ?? words("absent")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
