import { diffWords } from "./diff-words.ts";

/** `most`: above so many changed words a text is shown as replaced whole. */
type ChangesProps = { before: string; after: string; most: number };

/** A text with what was added and what was taken out, word by word. */
export function TextChanges({ before, after, most }: ChangesProps) {
  let at = 0;
  return (
    <span className="changes">
      {diffWords(before, after, most).map(({ kind, text }) => {
        at += text.length;
        const key = `${at}-${kind}`;
        if (kind === "same") {
          return <span key={key}>{text}</span>;
        }
        return kind === "added" ? <ins key={key}>{text}</ins> : <del key={key}>{text}</del>;
      })}
    </span>
  );
}
