import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { routes } from "#server/api/routes.ts";
import { LIMITS } from "#server/runs/contract.ts";
import { CATALOGUES } from "./catalogues.ts";

const { en } = CATALOGUES;

/** Every message by its full name. */
function flatten(value: unknown, name = ""): [string, string][] {
  return typeof value === "string"
    ? [[name, value]]
    : Object.entries(value as object).flatMap(([key, inner]) =>
        flatten(inner, name === "" ? key : `${name}.${key}`),
      );
}

const english = new Map(flatten(en));
const chinese = new Map(flatten(CATALOGUES.zh));

/** The arguments and tags of a message, `{step}` and `<b>`; the words that a choice offers are none. */
function holes(message: string): string[] {
  const outside = message.replaceAll(/\{(\w+), (?:select|plural),(?: \S+ \{[^{}]*\})+\}/g, "{$1}");
  const found = [...outside.matchAll(/\{(\w+)[,}]|<(\w+)>/g)];
  return [...new Set(found.map(([, argument, tag]) => argument ?? `<${tag}>`))].sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("the messages", () => {
  it("have the same names in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("have the same arguments and tags in both languages", () => {
    const differing = [...english].filter(
      ([name, message]) => holes(message).join() !== holes(chinese.get(name) ?? "").join(),
    );
    expect(differing.map(([name]) => name)).toEqual([]);
  });

  it("say something everywhere", () => {
    expect([...english, ...chinese].filter(([, message]) => message.trim() === "")).toEqual([]);
  });

  it("are all used: the end of each name, or a template that builds it, stands in the code", () => {
    const code = [...sources("app"), ...sources("components")].join("\n");
    const templates = [...code.matchAll(/`([\w.]*)\$\{[^}]+\}(\w*)`/g)].map(
      ([, start = "", end = ""]) => new RegExp(`(^|\\.)${start}[\\w-]+${end}$`),
    );
    const built = templates.filter(({ source }) => source !== "(^|\\.)[\\w-]+$");
    const unused = [...english.keys()].filter((name) => {
      const parts = name.split(".");
      const written = parts.some((_, index) => code.includes(`"${parts.slice(index).join(".")}"`));
      return (
        !written && !built.some((template) => template.test(name)) && !code.includes(`en.${name}`)
      );
    });
    expect(unused).toEqual([]);
  });

  it("describe every call of the API", () => {
    const described = Object.keys(en.api.doesOf).sort();
    expect(described).toEqual([...routes.map(({ id }) => id), "live"].sort());
  });

  it("name every limit of the API", () => {
    expect(Object.keys(en.api.limit).sort()).toEqual(Object.keys(LIMITS).sort());
  });
});

describe("Chinese", () => {
  it("ends its sentences with its own marks and leaves the exclamation mark out", () => {
    const slips = [...chinese].filter(([, message]) => /[一-龥][,.;!?](?!\w)|！/.test(message));
    expect(slips).toEqual([]);
  });

  it("leaves a space between Chinese and Latin or digits", () => {
    const slips = [...chineseTexts()].filter(([, text]) =>
      /[一-龥][A-Za-z0-9]|[A-Za-z0-9][一-龥]/.test(text),
    );
    expect(slips).toEqual([]);
  });
});

/** Messages with their arguments and tags taken out, as a reader sees them. */
function chineseTexts(): [string, string][] {
  return [...chinese].map(([name, message]) => [name, message.replaceAll(/<[^>]+>/g, "")]);
}
