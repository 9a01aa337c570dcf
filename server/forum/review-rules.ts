// Which posts a moderator sees before everyone does. These are all the rules there are; whoever is held is told so.

/** What the rules look at. */
export type Reviewed = {
  /** 0 to 4; from level 2 on, and for those with a role, nothing is held. */
  trust: number;
  hasRole: boolean;
  body: string;
  /** Posts of the author that everyone can read. */
  shown: number;
  /** Posts of the author in the last two minutes. */
  lately: number;
  /** Posts of the author in the last day that say the very same. */
  same: number;
};

export type Review = { source: "first" | "fast" | "spam"; signals: string[] };

const TRUSTED = 2;
const FAST = 4;
const MANY_LINKS = 4;

/** Why a post is to be looked at first, or null. */
export function reviewPost(post: Reviewed): Review | null {
  if (post.trust >= TRUSTED || post.hasRole) {
    return null;
  }
  const links = post.body.match(/https?:\/\/|www\./gi)?.length ?? 0;
  const rules: [Review["source"], boolean, string][] = [
    ["spam", post.same > 0, `the same text ${post.same} times in a day`],
    ["spam", links >= MANY_LINKS, `${links} links`],
    ["fast", post.lately >= FAST, `${post.lately} posts in two minutes`],
    ["first", post.trust === 0 && post.shown === 0, "the first post"],
  ];
  const spoke = rules.filter(([, speaks]) => speaks);
  const source = spoke[0]?.[0];
  return source === undefined ? null : { source, signals: spoke.map(([, , saw]) => saw) };
}
