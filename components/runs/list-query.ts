/** The list that the strip, the home page and the page of runs share: one question, one answer. */
export const LIST_QUERY = { limit: 100 } as const;
