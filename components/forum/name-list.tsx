"use client";
import { useTranslations } from "next-intl";
import type { UsedNames } from "./use-names.ts";

/** The names that complete what is typed. The pointer chooses on press, before the text field loses its focus. */
export function NameList({ id, names }: { id: string; names: UsedNames }) {
  const words = useTranslations("forum");
  return (
    <div
      className="name-list"
      id={`${id}-names`}
      role="listbox"
      tabIndex={-1}
      aria-label={words("names")}
      hidden={names.names.length === 0}
    >
      {names.names.map((name, index) => (
        <div
          key={name}
          id={`${id}-name-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === names.active}
          onPointerDown={(event) => {
            event.preventDefault();
            names.choose(name);
          }}
        >
          @{name}
        </div>
      ))}
    </div>
  );
}
