import {
  type BundledLanguage,
  createCssVariablesTheme,
  createHighlighter,
  type Highlighter,
} from "shiki";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { type TreeNode, textOf } from "./tree.ts";

const LANGUAGES: readonly BundledLanguage[] = [
  "bash",
  "c",
  "cpp",
  "css",
  "diff",
  "go",
  "html",
  "ini",
  "java",
  "javascript",
  "json",
  "jsx",
  "latex",
  "markdown",
  "python",
  "rust",
  "sql",
  "toml",
  "tsx",
  "typescript",
  "xml",
  "yaml",
];
const ALIASES: Record<string, string> = {
  ...{ sh: "bash", shell: "bash", zsh: "bash", js: "javascript", ts: "typescript", py: "python" },
  ...{ rs: "rust", yml: "yaml", md: "markdown", tex: "latex", "c++": "cpp", h: "c", htm: "html" },
};
const THEME = "tokens";
/** Longer code is shown without colours: they would cost more than they tell. */
const MOST_CHARACTERS = 20_000;

let highlighter: Promise<Highlighter> | undefined;

/** One highlighter for the process, made when first needed; its theme names roles, and our style sheet colours them. */
async function sharedHighlighter(): Promise<Highlighter> {
  highlighter ??= createHighlighter({
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: "--code-" })],
    langs: [...LANGUAGES],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return await highlighter;
}

/** rehype step, last: the words of code get classes by their role. Makes no element but `span`, from text only. */
export function highlightCode() {
  return async (tree: unknown) => {
    for (const { code, language } of findCode(tree as TreeNode)) {
      const text = textOf(code);
      if (text.length <= MOST_CHARACTERS) {
        code.children = await colour(text, language);
      }
    }
  };
}

type FoundCode = { code: TreeNode; language: BundledLanguage };

function findCode(node: TreeNode): FoundCode[] {
  const [code] = node.tagName === "pre" ? (node.children ?? []) : [];
  const language = code?.tagName === "code" ? languageOf(code) : null;
  if (code !== undefined && language !== null) {
    return [{ code, language }];
  }
  return (node.children ?? []).flatMap(findCode);
}

function languageOf(code: TreeNode): BundledLanguage | null {
  const classes = code.properties?.["className"];
  const written = (Array.isArray(classes) ? classes : [])
    .map(String)
    .find((name) => name.startsWith("language-"))
    ?.slice("language-".length)
    .toLowerCase();
  const language = ALIASES[written ?? ""] ?? written ?? "";
  return LANGUAGES.find((known) => known === language) ?? null;
}

async function colour(text: string, lang: BundledLanguage): Promise<TreeNode[]> {
  const { tokens } = (await sharedHighlighter()).codeToTokens(text, { lang, theme: THEME });
  return tokens.flatMap((line, index) => [
    ...(index === 0 ? [] : [{ type: "text", value: "\n" }]),
    ...line.map(({ content, color }) => toSpan(content, color ?? "")),
  ]);
}

function toSpan(value: string, color: string): TreeNode {
  const role = /--code-token-([a-z-]+)/.exec(color)?.[1];
  const text = { type: "text", value };
  return role === undefined
    ? text
    : {
        type: "element",
        tagName: "span",
        properties: { className: [`code-${role}`] },
        children: [text],
      };
}
