"use client";
import type { ReactNode } from "react";
import { Link, usePathname } from "./navigation.ts";

type SectionLinkProps = { href: string; children: ReactNode };

/** A link of the masthead; it knows whether its section is the one shown. */
export function SectionLink({ href, children }: SectionLinkProps) {
  const pathname = usePathname();
  const here =
    href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link href={href} aria-current={here ? "page" : undefined}>
      {children}
    </Link>
  );
}
