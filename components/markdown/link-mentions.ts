import { splitMentions } from "#server/markdown/contract.ts";
import { replaceNodes, type TreeNode } from "./tree.ts";

/** remark step: `@name` in running text becomes a link to that member's page. */
export function linkMentions() {
  return (tree: unknown) => {
    replaceNodes(tree as TreeNode, (node) => {
      if (["link", "linkReference", "code", "inlineCode"].includes(node.type)) {
        return [node];
      }
      if (node.type !== "text" || !(node.value ?? "").includes("@")) {
        return null;
      }
      return splitMentions(node.value ?? "").map((part) =>
        "name" in part
          ? {
              type: "link",
              url: `/members/${part.name.toLowerCase()}`,
              data: { hProperties: { dataMention: "" } },
              children: [{ type: "text", value: `@${part.name}` }],
            }
          : { type: "text", value: part.text },
      );
    });
  };
}
