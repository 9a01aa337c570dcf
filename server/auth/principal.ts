/** What a token may be used for: reporting a training, or asking a trainer for something. */
export const TOKEN_SCOPES = ["ingest", "control"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Who a request comes from. A bound token carries the project or the run that it is bound to. */
export type Principal = {
  tokenId: string;
  scope: TokenScope;
  projectId: string | null;
  runId: string | null;
};
