"use client";
import { useTranslations } from "next-intl";
import type { JSX, RefObject } from "react";

type Kind = "svg" | "png";

/** Saves what is drawn right now as a picture. The work is fetched with the first press. */
export function PictureButtons(props: {
  figure: RefObject<HTMLElement | null>;
  title: string;
}): JSX.Element {
  const t = useTranslations("charts");
  const save = async (kind: Kind): Promise<void> => {
    const { chartPicture, pngOf } = await import("./chart-picture.ts");
    const picture = props.figure.current && chartPicture(props.figure.current, props.title);
    if (!picture) {
      return;
    }
    const blob =
      kind === "png" ? await pngOf(picture) : new Blob([picture.svg], { type: "image/svg+xml" });
    if (blob !== null) {
      download(blob, `${props.title.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.${kind}`);
    }
  };
  return (
    <>
      {(["png", "svg"] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="ch-link"
          aria-label={t("savePicture", { kind: kind.toUpperCase() })}
          onClick={() => {
            void save(kind);
          }}
        >
          {kind.toUpperCase()}
        </button>
      ))}
    </>
  );
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
