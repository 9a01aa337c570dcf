import { Icon } from "#components/ui/icon.tsx";

/** What went wrong at the last try, where a screen reader hears it. */
export function Failure({ error }: { error: string | undefined }) {
  return error === undefined ? null : (
    <p className="notice bad" role="alert">
      <Icon name="s-bad" className="bad" />
      <span>{error}</span>
    </p>
  );
}
