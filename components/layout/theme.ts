export const THEME_COOKIE = "theme";
export type Theme = "system" | "light" | "dark";

export const isTheme = (text: string | undefined): text is Theme =>
  text === "system" || text === "light" || text === "dark";
