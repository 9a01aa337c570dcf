/** As much of a syntax tree (mdast or hast) as our steps need to know. */
export type TreeNode = {
  type: string;
  value?: string;
  tagName?: string;
  url?: string;
  properties?: Record<string, unknown>;
  data?: Record<string, unknown>;
  children?: TreeNode[];
};

/** Calls `change` for every child in the tree; what it returns takes the child's place, and is not entered again. */
export function replaceNodes(
  parent: TreeNode,
  change: (node: TreeNode, parent: TreeNode) => TreeNode[] | null,
): void {
  if (parent.children === undefined) {
    return;
  }
  parent.children = parent.children.flatMap((child) => {
    const instead = change(child, parent);
    if (instead !== null) {
      return instead;
    }
    replaceNodes(child, change);
    return [child];
  });
}

/** All text below a node. */
export function textOf(node: TreeNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}
