import "../global.css";
import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Footer } from "#components/layout/footer.tsx";
import { LANGUAGE_TAG } from "#components/layout/locales.ts";
import { Masthead } from "#components/layout/masthead.tsx";
import { isTheme, THEME_COOKIE, type Theme } from "#components/layout/theme.ts";
import { MemberEntry } from "#components/members/member-entry.tsx";
import { Bell } from "#components/notifications/bell.tsx";
import { RpcProvider } from "#components/rpc/rpc-provider.tsx";
import { ClockProvider } from "#components/runs/clock.tsx";
import { OnAirStrip } from "#components/runs/on-air-strip.tsx";
import { QuickSearch } from "#components/search/quick-search.tsx";
import { Sprite } from "#components/ui/sprite.tsx";
import { dehydrated } from "../dehydrated.ts";
import { pageLocale } from "../page-locale.ts";
import { pageMetadata } from "../page-metadata.ts";
import { prefetchOnAir } from "../prefetch.ts";
import { callRpc, requestQueryClient, rpc } from "../rpc.ts";

// Every page shows the run on the air, so none can be drawn ahead of its request.
export const dynamic = "force-dynamic";

type LayoutProps = { children: ReactNode; params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  return await pageMetadata({ locale: await pageLocale(params), path: "/" });
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#12171a" },
    { media: "(prefers-color-scheme: dark)", color: "#1b2226" },
  ],
};

export default async function Layout({ children, params }: LayoutProps) {
  const locale = await pageLocale(params);
  const words = await getTranslations("frame");
  const { api: _server, site: _meta, plan: _text, ...messages } = await getMessages();
  const theme = await chosenTheme();
  const [notice] = await Promise.all([
    callRpc().admin.notice(),
    prefetchOnAir(),
    requestQueryClient().prefetchQuery(rpc.members.me.queryOptions()),
  ]);
  return (
    <html lang={LANGUAGE_TAG[locale]} {...(theme === "system" ? {} : { "data-theme": theme })}>
      <body>
        <Sprite />
        <a className="skip" href="#main">
          {words("skip")}
        </a>
        <NextIntlClientProvider messages={messages}>
          <RpcProvider>
            <ClockProvider serverNow={Date.now()}>
              <HydrationBoundary state={dehydrated(["list", "read"])}>
                <OnAirStrip />
              </HydrationBoundary>
              <HydrationBoundary state={dehydrated(["me"])}>
                <Masthead theme={theme} search={<QuickSearch />}>
                  <Bell />
                  <MemberEntry />
                </Masthead>
              </HydrationBoundary>
              {notice[locale] !== "" && (
                <aside className="site-notice" aria-label={words("notice")}>
                  <p className="wrap">{notice[locale]}</p>
                </aside>
              )}
              <main id="main">{children}</main>
              <Footer />
            </ClockProvider>
          </RpcProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

async function chosenTheme(): Promise<Theme> {
  const said = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(said) ? said : "system";
}
