import { z } from "zod";
import { MetricKey } from "../metrics/contract.ts";
import { ERROR_STATUS } from "../platform/errors.ts";
import { LIMITS } from "../runs/contract.ts";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;
type Input = {
  routes: Route[];
  live: { path: string; summary: string; description: string; frame: z.ZodType };
  origin: string;
};

const INTRODUCTION = `Report a training and read it back. Reading needs no token. Writing needs one, sent as \`Authorization: Bearer TOKEN\`, and made on the portal's machine with \`npm run token -- create --scope ingest\`.

A training in four calls: open a run, open an attempt, log numbered batches, finish. Whatever was acknowledged is stored durably; whatever was not may be sent again with the same batch number, and is stored once.

Every failure answers \`{error: {code, message, requestId, details?}}\`, and its message says what to do next. 429 carries Retry-After.`;

/** The table as an OpenAPI 3.1 document. */
export function openApiDocument({ routes, live, origin }: Input): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  paths[live.path] = { get: liveOperation(live) };
  return {
    openapi: "3.1.0",
    info: {
      title: "CPM-Live reporting API",
      version: "1",
      description: INTRODUCTION,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: origin }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: { Error: errorSchema(), MetricKey: schemaOf(MetricKey, "input") },
    },
    "x-limits": LIMITS,
  };
}

function operation(route: Route): Json {
  const body = bodyOf(route);
  return {
    operationId: route.id,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    "x-access": route.access,
    security: route.access === "public" ? [] : [{ token: [] }],
    parameters: parametersOf(route),
    ...(body === null ? {} : { requestBody: body }),
    responses: responsesOf(route),
  };
}

function parametersOf(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const query = route.query === undefined ? {} : schemaOf(route.query, "input");
  const required = (query["required"] ?? []) as string[];
  const inQuery = Object.entries((query["properties"] ?? {}) as Json).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery, ...(route.bytes === "in" ? [UPLOAD_OFFSET] : [])];
}

const UPLOAD_OFFSET = {
  name: "Upload-Offset",
  in: "header",
  required: true,
  schema: { type: "integer", minimum: 0 },
  description: "Where in the file the body begins.",
};
const BYTES = { "application/octet-stream": {} };

function bodyOf(route: Route): Json | null {
  if (route.bytes === "in") {
    return { required: true, content: BYTES };
  }
  if (route.body === undefined) {
    return null;
  }
  return { required: true, content: jsonContent(schemaOf(route.body, "input")) };
}

/** A stored file, which is sent in ranges too. */
const isFile = (route: Route) => route.bytes === "out" && route.media === undefined;

function contentOf(route: Route): Json {
  if (route.media !== undefined) {
    return Object.fromEntries(route.media.map((kind) => [kind, {}]));
  }
  return isFile(route) ? BYTES : jsonContent(schemaOf(route.answer, "output"));
}

function responsesOf(route: Route): Json {
  const content = contentOf(route);
  const good: Json = { [route.status ?? 200]: { description: "Done.", content } };
  if (isFile(route)) {
    good[206] = { description: "The asked parts.", content: BYTES };
  }
  if (route.method === "GET" && route.access === "public" && route.momentary !== true) {
    good[304] = { description: "You have it already: your If-None-Match names its ETag." };
  }
  const bad = failuresOf(route).map(([status, description]): [number, Json] => [
    status,
    { description, content: jsonContent({ $ref: "#/components/schemas/Error" }) },
  ]);
  return { ...good, ...Object.fromEntries(bad) };
}

function failuresOf(route: Route): [number, string][] {
  const takesInput = route.body !== undefined || route.query !== undefined || route.bytes === "in";
  const failures: [boolean, number, string][] = [
    [takesInput, 400, "Something in it is wrong; `details.issues` names the places."],
    [route.access !== "public", 401, "No token, or one that is not valid."],
    [route.access !== "public", 403, "The token's scope or binding does not allow this."],
    [route.path.includes("{"), 404, "What the path names does not exist."],
    [route.conflict !== undefined, 409, route.conflict ?? ""],
    [route.body !== undefined || route.bytes === "in", 413, "Over a limit; see x-limits."],
    [isFile(route), 416, "The file has no such bytes."],
    [
      route.access !== "public" || route.limit !== undefined,
      429,
      "Too many requests; wait for Retry-After seconds.",
    ],
    [route.id === "readyz", 503, "Not ready."],
  ];
  return failures.filter(([applies]) => applies).map(([, status, text]) => [status, text]);
}

function liveOperation({ summary, description, frame }: Input["live"]): Json {
  return {
    operationId: "live",
    summary,
    description,
    "x-access": "public",
    security: [],
    parameters: [
      { name: "id", in: "path", required: true, schema: { type: "string" } },
      { name: "since", in: "query", required: false, schema: { type: "integer", minimum: 0 } },
      { name: "Last-Event-ID", in: "header", required: false, schema: { type: "integer" } },
    ],
    responses: {
      200: {
        description: "A stream; the schema is one frame's data.",
        content: { "text/event-stream": { schema: schemaOf(frame, "output") } },
      },
    },
  };
}

function errorSchema(): Json {
  const properties = {
    code: { type: "string", enum: Object.keys(ERROR_STATUS) },
    message: { type: "string", description: "What is wrong and what to do next." },
    requestId: { type: "string" },
    details: { type: "object" },
  };
  const error = { type: "object", required: ["code", "message"], properties };
  return { type: "object", required: ["error"], properties: { error } };
}

function jsonContent(schema: Json): Json {
  return { "application/json": { schema } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
