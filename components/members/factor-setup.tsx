"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { encode } from "uqr";
import { useTRPC } from "#components/rpc/trpc.ts";
import { CodeForm } from "./code-form.tsx";
import { FactorChange } from "./factor-change.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { useMember } from "./use-member.ts";
import { useRefreshMember } from "./use-refresh-member.ts";

/** Sets up the second factor: a picture for the app, the same in letters, and a code that proves it worked. */
export function FactorSetup() {
  const words = useTranslations("members");
  const { member } = useMember();
  const refresh = useRefreshMember();
  const [codes, setCodes] = useState<string[] | null>(null);
  const start = useMutation(useTRPC().members.factor.start.mutationOptions());
  if (codes !== null) {
    return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  }
  if (member?.twoFactor === true) {
    return <FactorChange onCodes={setCodes} onRemoved={() => start.reset()} />;
  }
  if (start.data === undefined) {
    return (
      <>
        <p>{words("factorWhy")}</p>
        <p className="actions">
          <button className="btn" type="button" onClick={() => start.mutate()}>
            {words("factorStart")}
          </button>
        </p>
      </>
    );
  }
  return (
    <>
      <p>{words("factorScan")}</p>
      <QrCode text={start.data.address} label={words("factorPicture")} />
      <p>
        <code>{start.data.secret}</code>
      </p>
      <CodeForm
        onDone={async (recoveryCodes) => {
          setCodes(recoveryCodes);
          await refresh();
        }}
      />
    </>
  );
}

/** Dark on white in both themes: cameras do not read it the other way round. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 4 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
