import { replaceNodes, type TreeNode } from "./tree.ts";

/** remark step: HTML in a text is shown as it was written; else sanitising would swallow it without a word. */
export function showHtml() {
  return (tree: unknown) => {
    replaceNodes(tree as TreeNode, (node, parent) => {
      if (node.type !== "html") {
        return null;
      }
      const text = { type: "text", value: node.value ?? "" };
      const block = parent.type !== "paragraph" && parent.type !== "heading";
      const inline = ["emphasis", "strong", "delete", "link", "tableCell"].includes(parent.type);
      return [block && !inline ? { type: "paragraph", children: [text] } : text];
    });
  };
}
