// The numbers of trust, in one place: what each level asks for, and what it allows. The daily job computes levels from
// them (server/members/compute-trust.ts), /members shows them, and server/auth/limits.ts holds the rates by level.

/** What a level asks for; every line has to be met, and a level is lost again when one no longer is. */
export type TrustNeeds = {
  /** Days on which one was here, of the last `window` days. */
  days: number;
  window: number;
  /** Posts that everybody can see. */
  posts: number;
  /** Reactions of others to them, and how many different members gave them. */
  reactions: number;
  people: number;
  /** Days without a moderator having had to hide, warn, silence or suspend. */
  clean: number;
};

/** What one post may hold. */
export type TrustAllows = { links: number; images: number };

export type TrustLevel = { level: number; needs: TrustNeeds; allows: TrustAllows };

const none: TrustNeeds = { days: 0, window: 365, posts: 0, reactions: 0, people: 0, clean: 0 };

export const TRUST_LEVELS: readonly [TrustLevel, ...TrustLevel[]] = [
  { level: 0, needs: none, allows: { links: 2, images: 1 } },
  {
    level: 1,
    needs: { ...none, days: 3, posts: 1, clean: 30 },
    allows: { links: 5, images: 4 },
  },
  {
    level: 2,
    needs: { ...none, days: 15, posts: 10, reactions: 5, people: 3, clean: 60 },
    allows: { links: 20, images: 10 },
  },
  {
    level: 3,
    needs: { days: 40, window: 100, posts: 50, reactions: 30, people: 10, clean: 180 },
    allows: { links: 50, images: 20 },
  },
  {
    level: 4,
    needs: { days: 70, window: 100, posts: 200, reactions: 150, people: 40, clean: 365 },
    allows: { links: 50, images: 20 },
  },
];

/** What a member has done, as the job counts it. */
export type TrustRecord = {
  /** Days of the last 100 and of the last 365. */
  days100: number;
  days365: number;
  posts: number;
  reactions: number;
  people: number;
  /** Days since a moderator last had to act; null when none ever had. */
  clean: number | null;
};

/** The highest level whose needs, and those of all below it, are met. */
export function trustFor(record: TrustRecord): number {
  const missed = TRUST_LEVELS.find(({ needs }) => !meets(record, needs));
  return missed === undefined ? TRUST_LEVELS.length - 1 : Math.max(0, missed.level - 1);
}

function meets(record: TrustRecord, needs: TrustNeeds): boolean {
  const days = needs.window === 100 ? record.days100 : record.days365;
  return (
    days >= needs.days &&
    record.posts >= needs.posts &&
    record.reactions >= needs.reactions &&
    record.people >= needs.people &&
    (record.clean === null || record.clean >= needs.clean)
  );
}

/** What a post of somebody with this level may hold. */
export function allowedIn(trust: number): TrustAllows {
  return (TRUST_LEVELS[trust] ?? TRUST_LEVELS[0]).allows;
}
