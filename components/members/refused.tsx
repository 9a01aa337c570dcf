import { Icon } from "#components/ui/icon.tsx";

/** What went wrong, where a screen reader hears it. */
export function Refused({ sentence }: { sentence: string | undefined }) {
  return sentence === undefined ? null : (
    <p className="notice bad" role="alert">
      <Icon name="s-bad" className="bad" />
      <span>{sentence}</span>
    </p>
  );
}
