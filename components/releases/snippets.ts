import type { ReleaseDetail } from "#server/releases/contract.ts";

type Named = Pick<ReleaseDetail, "family" | "version">;
type Address = { origin: string; release: Named; path: string };

/** Where a file of a release is fetched. */
export function fileAddress({ origin, release, path }: Address): string {
  return `${origin}/${repoOf(release)}/resolve/${release.version}/${path}`;
}

/** The name under which download clients know a model. */
export const repoOf = ({ family }: Named): string => `releases/${family}`;

export const SNIPPETS = ["curl", "python", "transformers", "javascript", "int8"] as const;
export type Snippet = (typeof SNIPPETS)[number];

type Wanted = { origin: string; release: Named; path: string };

/** Lines that can be copied and run as they are, once TOKEN holds a token of scope download. */
export function snippet(kind: Snippet, { origin, release, path }: Wanted): string {
  const repo = repoOf(release);
  const { version } = release;
  switch (kind) {
    case "curl":
      return `curl -fL -C - -O -H "Authorization: Bearer $TOKEN" \\\n  ${fileAddress({ origin, release, path })}`;
    case "python":
      return [
        "# pip install huggingface_hub",
        "import os",
        `os.environ["HF_ENDPOINT"] = "${origin}"`,
        "from huggingface_hub import snapshot_download",
        `print(snapshot_download("${repo}", revision="${version}", token=os.environ["TOKEN"]))`,
      ].join("\n");
    case "transformers":
      return [
        "# pip install transformers torch rjieba",
        "import os",
        `os.environ["HF_ENDPOINT"] = "${origin}"`,
        "from transformers import CpmAntForCausalLM, CpmAntTokenizer",
        `where = dict(revision="${version}", token=os.environ["TOKEN"])`,
        `tokenizer = CpmAntTokenizer.from_pretrained("${repo}", **where)`,
        `model = CpmAntForCausalLM.from_pretrained("${repo}", **where)`,
        'ids = tokenizer("春风", return_tensors="pt")',
        "print(tokenizer.decode(model.generate(**ids, max_new_tokens=20)[0]))",
      ].join("\n");
    case "javascript":
      return [
        "// npm install @huggingface/hub",
        'import { snapshotDownload } from "@huggingface/hub";',
        "const fetchHere = (url, init) =>",
        '  fetch(url, { ...init, headers: { ...init?.headers, authorization: "Bearer " + process.env.TOKEN } });',
        `console.log(await snapshotDownload({ repo: "${repo}", revision: "${version}", hubUrl: "${origin}", fetch: fetchHere }));`,
      ].join("\n");
    case "int8":
      return [
        "# in a copy of this portal's source",
        "for file in model.safetensors config.json vocab.txt; do",
        `  curl -fL --create-dirs -o int8/$file -H "Authorization: Bearer $TOKEN" \\\n    ${fileAddress({ origin, release, path: "int8/$file" })}`,
        "done",
        "npm run trainer -- generate --checkpoint int8 --prompt 春风",
      ].join("\n");
  }
}
