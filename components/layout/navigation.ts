import { createNavigation } from "next-intl/navigation";
import { locales } from "./locales.ts";

/** Next's own navigation, with the language's prefix put in front of every address. */
export const { Link, redirect, usePathname, useRouter, getPathname } = createNavigation(locales);
