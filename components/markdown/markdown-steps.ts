import type { Options } from "react-markdown";
import rehypeKatex from "rehype-katex";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import { checkMath } from "./check-math.ts";
import { linkMentions } from "./link-mentions.ts";
import { markLinks } from "./mark-links.ts";
import { SANITIZE_SCHEMA } from "./sanitize-schema.ts";
import { showHtml } from "./show-html.ts";

/** As MathML: the browser typesets it, it needs no style sheet, and a screen reader can speak it. */
const KATEX = {
  output: "mathml",
  trust: false,
  strict: "ignore",
  throwOnError: false,
  maxExpand: 200,
  maxSize: 10,
} as const;

type StepsOptions = {
  /** Put before the ids of footnotes, so that those of two posts on a page differ. */
  prefix: string;
  /** Our own host: links to it are not foreign. */
  host: string | undefined;
};

/** The one way from Markdown to elements. The order is the safety: sanitise first, then add what is ours. */
export function markdownSteps({ prefix, host }: StepsOptions) {
  return {
    remarkPlugins: [
      remarkGfm,
      [remarkMath, { singleDollarTextMath: true }],
      checkMath,
      showHtml,
      linkMentions,
    ],
    remarkRehypeOptions: {
      clobberPrefix: prefix,
      footnoteLabelProperties: { className: ["sr"] },
    },
    rehypePlugins: [
      [rehypeSanitize, SANITIZE_SCHEMA],
      [rehypeKatex, KATEX],
      [markLinks, { host }],
    ],
  } satisfies Options;
}
