import { readCitation } from "#server/markdown/contract.ts";
import { replaceNodes, type TreeNode, textOf } from "./tree.ts";

/** Pictures are shown from our own store only: a foreign one would tell its owner who reads here. */
const OWN_IMAGE = /^\/api\/images\/[0-9a-f]{64}\.webp$/;

/**
 * rehype step, after sanitising: foreign links are marked, foreign pictures become links, and a paragraph that is
 * nothing but the address of a run becomes a place for its thumbnail. `host` is our own.
 */
export function markLinks({ host }: { host?: string | undefined } = {}) {
  return (tree: unknown) => {
    replaceNodes(tree as TreeNode, (node, parent) => changeElement(node, parent, host));
  };
}

function changeElement(
  node: TreeNode,
  parent: TreeNode,
  host: string | undefined,
): TreeNode[] | null {
  switch (node.tagName) {
    case "p": {
      const cited = parent.type === "root" ? citationOf(node, host) : null;
      return cited === null ? null : [cited];
    }
    case "img":
      return isOwnImage(node) ? [node] : [asLink(node)];
    case "a":
      mark(node, host);
      return null;
    default:
      return null;
  }
}

function citationOf(paragraph: TreeNode, host: string | undefined): TreeNode | null {
  const [only, ...rest] = (paragraph.children ?? []).filter(
    (child) => child.type !== "text" || (child.value ?? "").trim() !== "",
  );
  const href = only?.properties?.["href"];
  if (only?.tagName !== "a" || rest.length > 0 || typeof href !== "string") {
    return null;
  }
  const citation = readCitation(href, host);
  if (citation === null) {
    return null;
  }
  const { runId, from, to } = citation;
  const said = textOf(only);
  return {
    type: "element",
    tagName: "figure",
    properties: {
      dataRun: runId,
      ...(from === null ? {} : { dataFrom: String(from) }),
      ...(to === null ? {} : { dataTo: String(to) }),
      ...(said === href || said === "" ? {} : { dataSaid: said }),
    },
    children: [],
  };
}

function isOwnImage(node: TreeNode): boolean {
  const src = node.properties?.["src"];
  return typeof src === "string" && OWN_IMAGE.test(src);
}

function asLink(image: TreeNode): TreeNode {
  const { src, alt } = image.properties ?? {};
  const said = typeof alt === "string" && alt !== "" ? alt : String(src ?? "");
  const text = { type: "text", value: said };
  if (typeof src !== "string" || !/^https?:/i.test(src)) {
    return text;
  }
  const link: TreeNode = {
    type: "element",
    tagName: "a",
    properties: { href: src },
    children: [text],
  };
  mark(link, undefined);
  return link;
}

function mark(link: TreeNode, host: string | undefined): void {
  const { properties } = link;
  const href = properties?.["href"];
  if (properties === undefined || typeof href !== "string") {
    return;
  }
  if (isForeign(href, host)) {
    properties["rel"] = ["nofollow", "ugc", "noopener", "noreferrer"];
    properties["className"] = ["external"];
  }
}

/** Anything but a path or an anchor of this site; `//host` and `/\host` leave it too. */
function isForeign(href: string, host: string | undefined): boolean {
  if (/^(?:[?#]|\/(?![/\\]))/.test(href)) {
    return false;
  }
  try {
    return new URL(href).host !== host || host === undefined;
  } catch {
    return true;
  }
}
