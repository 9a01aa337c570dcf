import { defaultSchema } from "rehype-sanitize";

/**
 * What may be left of a member's text. HTML in it never becomes elements (it is shown as the text that it is), so this
 * list only bounds what Markdown itself can make. Everything that later steps add (formulas, colours of code, marks of
 * links) is made by us from text that has passed here.
 */
export const SANITIZE_SCHEMA = {
  ...defaultSchema,
  tagNames: [
    ...["p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"],
    ...["em", "strong", "del", "a", "img", "ul", "ol", "li", "input", "section", "sup"],
    ...["table", "thead", "tbody", "tr", "th", "td"],
  ],
  attributes: {
    a: ["href", "dataFootnoteBackref", "dataFootnoteRef", "dataMention", "ariaLabel", "id"],
    code: [["className", /^language-[\w+#-]{1,30}$/, "math-inline", "math-display"]],
    h2: [["className", "sr"], "id"],
    img: ["src", "alt"],
    input: [
      ["disabled", true],
      ["type", "checkbox"],
      ["checked", true],
    ],
    li: ["id", ["className", "task-list-item"]],
    ol: ["start", ["className", "contains-task-list"]],
    section: ["dataFootnotes"],
    ul: [["className", "contains-task-list"]],
    th: ["align"],
    td: ["align"],
  },
  protocols: { href: ["http", "https", "mailto"], src: ["http", "https"] },
  // remark-rehype has prefixed every id of a footnote already.
  clobber: [],
  required: { input: { disabled: true, type: "checkbox" } },
  strip: ["script", "style"],
} as typeof defaultSchema;
