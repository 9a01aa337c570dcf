import { parentPort } from "node:worker_threads";
import type { TextDocument } from "../document.ts";
import { filterDocument } from "../filter/filter-document.ts";

// A batch of documents in, their outcomes out.
parentPort?.on("message", (documents: TextDocument[]) => {
  parentPort?.postMessage(documents.map((document) => filterDocument(document)));
});
