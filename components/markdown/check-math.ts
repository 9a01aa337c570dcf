import { refuseMath } from "./math-rules.ts";
import { replaceNodes, type TreeNode } from "./tree.ts";

/** remark step: a formula that uses what is not allowed is shown as its source. */
export function checkMath() {
  return (tree: unknown) => {
    replaceNodes(tree as TreeNode, (node) => {
      const isMath = node.type === "math" || node.type === "inlineMath";
      if (!isMath || refuseMath(node.value ?? "") === null) {
        return null;
      }
      const type = node.type === "math" ? "code" : "inlineCode";
      return [{ type, value: node.value ?? "" }];
    });
  };
}
