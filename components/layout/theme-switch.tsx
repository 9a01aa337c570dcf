"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Icon } from "../ui/icon.tsx";
import { isTheme, THEME_COOKIE, type Theme } from "./theme.ts";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const YEAR_S = 31_536_000;

/** Goes round system, light, dark. The cookie lets the server draw the next page in it from the first byte. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const words = useTranslations("frame.theme");
  const [theme, setTheme] = useState(initial);
  const change = () => {
    const next = NEXT[theme];
    if (next === "system") {
      delete document.documentElement.dataset["theme"];
    } else {
      document.documentElement.dataset["theme"] = next;
    }
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_S}; samesite=lax`;
    setTheme(isTheme(next) ? next : "system");
  };
  const label = words("switch", { now: words(theme), next: words(NEXT[theme]) });
  return (
    <button type="button" className="icon-btn" aria-label={label} title={label} onClick={change}>
      <Icon name="i-theme" />
    </button>
  );
}
