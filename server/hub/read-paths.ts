import { z } from "zod";
import { checkInput } from "../http/check-input.ts";
import { parseJson } from "../http/parse-json.ts";

const Paths = z.object({
  paths: z.union([z.array(z.string()).max(1000), z.string().transform((path) => [path])]),
  expand: z
    .union([z.boolean(), z.string().transform((text) => text.toLowerCase() === "true")])
    .default(false),
});

/** The body of a paths-info request: JSON from one client, a form from the other. */
export function readPaths(type: string | undefined, body: Buffer): z.infer<typeof Paths> {
  if (type?.startsWith("application/x-www-form-urlencoded") === true) {
    const form = new URLSearchParams(body.toString("utf8"));
    const input = { paths: form.getAll("paths"), expand: form.get("expand") ?? false };
    return checkInput(Paths, input, "body");
  }
  return checkInput(Paths, parseJson(body), "body");
}
