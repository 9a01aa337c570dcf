"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useDeferredValue, useEffect, useState } from "react";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { findSections } from "./find-sections.ts";

const FEW = 8;

/** A link to the search page that, with scripts, opens a search over everything; so do ⌘K, Ctrl K and the slash. */
export function QuickSearch() {
  const words = useTranslations("search");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      const command = event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey);
      if (command || (event.key === "/" && !isWriting(event.target))) {
        event.preventDefault();
        setOpen(true);
      }
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
  return (
    <>
      <Link
        className="lang"
        href="/search"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={(event) => {
          event.preventDefault();
          setOpen(true);
        }}
      >
        {words("title")}
      </Link>
      {open && (
        <Dialog title={words("everything")} onClose={() => setOpen(false)}>
          <Finder onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function Finder({ onDone }: { onDone: () => void }) {
  const words = useTranslations("search");
  const router = useRouter();
  const [q, setQ] = useState("");
  const asked = useDeferredValue(q.trim());
  const sections = useSections(asked);
  const { data } = useQuery(
    useTRPC().search.find.queryOptions(
      { q: asked, limit: FEW },
      { enabled: asked.length > 1, staleTime: 10_000 },
    ),
  );
  const found = asked.length > 1 ? (data?.found ?? []) : [];
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (asked !== "") {
      router.push(`/search?q=${encodeURIComponent(asked)}`);
      onDone();
    }
  };
  return (
    <search>
      <form className="search-form" onSubmit={search}>
        <label className="sr" htmlFor="quick-q">
          {words("label")}
        </label>
        <input
          id="quick-q"
          type="search"
          maxLength={200}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type into it.
          autoFocus
          value={q}
          onChange={(event) => setQ(event.target.value)}
          onKeyDown={stepDown}
        />
        <button className="btn main" type="submit">
          {words("search")}
        </button>
      </form>
      <ul className="quick-found" onKeyDown={stepThrough}>
        {[...sections, ...found.map(({ url, title, excerpt }) => ({ url, title, excerpt }))].map(
          ({ url, title, excerpt }) => (
            <li key={url}>
              <Link href={url} onClick={onDone}>
                {title === "" ? excerpt.slice(0, 80) : title}
              </Link>
              {excerpt !== "" && <p>{excerpt.slice(0, 120)}</p>}
            </li>
          ),
        )}
      </ul>
      <p className="sr" role="status">
        {asked.length > 1 && data !== undefined && words("count", { count: found.length })}
      </p>
    </search>
  );
}

/** Parts of the site whose names hold the words. */
function useSections(asked: string) {
  const words = useTranslations("frame");
  return findSections(asked, (name) => words(name));
}

/** Arrow keys walk from the field through what was found. */
function stepDown(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === "ArrowDown") {
    event.preventDefault();
    event.currentTarget.closest("search")?.querySelector<HTMLElement>(".quick-found a")?.focus();
  }
}

function stepThrough(event: KeyboardEvent<HTMLUListElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by !== undefined && at !== -1) {
    event.preventDefault();
    const next = at + by < 0 ? document.getElementById("quick-q") : links[at + by];
    next?.focus();
  }
}
