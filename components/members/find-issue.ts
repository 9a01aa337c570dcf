/** What a refusal is about: the first field that did not fit, or nothing but its message. */
export function findIssue(error: { message: string }): { field: string | null; message: string } {
  try {
    const [issue] = JSON.parse(error.message) as { message?: string; path?: unknown[] }[];
    const field = issue?.path?.[0];
    return {
      field: typeof field === "string" ? field : null,
      message: issue?.message ?? error.message,
    };
  } catch {
    return { field: null, message: error.message };
  }
}
