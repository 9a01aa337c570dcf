import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { NOTIFICATION_KINDS } from "#server/notifications/contract.ts";
import en from "../../messages/en/notifications.json" with { type: "json" };
import zh from "../../messages/zh/notifications.json" with { type: "json" };

/** What each kind says when its data are their own names in angle brackets, and nothing runs of them. */
function say(locale: "en" | "zh"): Record<string, string> {
  const words = createTranslator({ locale, messages: locale === "en" ? en : zh });
  return Object.fromEntries(
    Object.entries(NOTIFICATION_KINDS).map(([kind, names]) => {
      const data = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      return [
        kind,
        words(`notifications.text.${kind}` as "notifications.text.mention", data as never),
      ];
    }),
  );
}

test.each(["en", "zh"] as const)("every kind of notification says what it is in %s", (locale) => {
  const said = say(locale);
  for (const [kind, names] of Object.entries(NOTIFICATION_KINDS)) {
    for (const name of names) {
      expect([kind, said[kind]]).toEqual([kind, expect.stringContaining(`<${name}>`)]);
    }
  }
  expect(said).toMatchSnapshot();
});

test("there is no text for a kind that nobody can be told of", () => {
  expect(Object.keys(en.notifications.text).sort()).toEqual(Object.keys(NOTIFICATION_KINDS).sort());
});
