/** What a member may be trusted with beyond membership. Each stands for itself: an admin is no engineer unless named one. */
export const ROLES = ["volunteer", "engineer", "moderator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Roles that need a second factor, given in the session that uses them. */
export const GUARDED_ROLES: readonly Role[] = ["engineer", "moderator", "admin"];

export type Visitor = {
  kind: "visitor";
  address: string;
  /** A session that waits for its second factor; nothing but giving it is possible with it. */
  pendingSessionId?: string;
};

export type MemberActor = {
  kind: "member";
  memberId: string;
  name: string;
  roles: Role[];
  /** 0 to 4. */
  trust: number;
  emailVerified: boolean;
  /** The second factor was given in this session. */
  twoFactor: boolean;
  sessionId: string;
  address: string;
  createdAt: Date;
  /** Set only while they are in force. */
  suspendedUntil: Date | null;
  silencedUntil: Date | null;
};

/** Who a request comes from. */
export type Actor = Visitor | MemberActor;

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
