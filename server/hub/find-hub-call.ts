/** A request of a model hub's client, taken apart. */
export type HubCall = {
  kind: "info" | "tree" | "paths" | "refs" | "commits" | "file";
  project: string;
  name: string;
  revision: string;
  path: string;
};

const NAME = String.raw`([A-Za-z0-9][\w.-]{0,95})/([A-Za-z0-9][\w.-]{0,95})`;
/** A revision comes encoded when it contains slashes; a plain one has none. */
const REVISION = "([^/]+)";

const FORMS: readonly { kind: HubCall["kind"]; method: string; form: RegExp }[] = [
  { kind: "info", method: "GET", form: new RegExp(`^/api/models/${NAME}$`) },
  { kind: "info", method: "GET", form: new RegExp(`^/api/models/${NAME}/revision/${REVISION}$`) },
  { kind: "refs", method: "GET", form: new RegExp(`^/api/models/${NAME}/refs$`) },
  { kind: "commits", method: "GET", form: new RegExp(`^/api/models/${NAME}/commits/${REVISION}$`) },
  { kind: "tree", method: "GET", form: new RegExp(`^/api/models/${NAME}/tree/${REVISION}/?(.*)$`) },
  {
    kind: "paths",
    method: "POST",
    form: new RegExp(`^/api/models/${NAME}/paths-info/${REVISION}$`),
  },
  { kind: "file", method: "GET", form: new RegExp(`^/${NAME}/(?:resolve|raw)/${REVISION}/(.+)$`) },
];

/** What a hub's client asks; null when the address is none of theirs; `method` when only the method is wrong. */
export function findHubCall(method: string, url: string): HubCall | "method" | null {
  const [path = ""] = url.split("?");
  const wanted = method === "HEAD" ? "GET" : method;
  let wrongMethod = false;
  for (const { kind, method: own, form } of FORMS) {
    const [, project, name, revision = "main", rest = ""] = form.exec(path) ?? [];
    if (project !== undefined && name !== undefined) {
      if (own === wanted) {
        return { kind, project, name, revision: decode(revision), path: decode(rest) };
      }
      wrongMethod = true;
    }
  }
  return wrongMethod ? "method" : null;
}

/** What is not well-formed stays as it is: no revision or file is called so. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
