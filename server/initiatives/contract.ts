import { z } from "zod";
import { MemberRef } from "../members/contract.ts";

/** The plan's three, and what fits none of them. */
export const CATEGORIES = ["features", "methods", "data", "other"] as const;
export const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;

export const STATES = [
  "draft",
  "open",
  "triage",
  "needs-work",
  "feasible",
  "assigned",
  "final-comment",
  "approved",
  "trial",
  "provisional",
  "stable",
  "released",
  "infeasible",
  "declined",
  "rolled-back",
  "withdrawn",
  "duplicate",
  "superseded",
  "deferred",
] as const;
export const State = z.enum(STATES);
export type State = z.infer<typeof State>;

/** The list that shows an initiative; the database derives it from the state. */
export const STAGES = ["open", "trial", "shipped", "closed"] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** Who may vote and be counted, published with every tally. */
export const ELIGIBILITY = { accountDays: 3, trust: 1 } as const;
/** Days that triage may take. */
export const CLOCKS = { triageDays: 7 } as const;
/** NOTIFY channel of what open pages should ask for again; the payload is the topic. */
export const INITIATIVE_CHANNEL = "initiative";
/** `hot = log10(max(1, eligible votes)) + seconds since 1970 at opening / HOT_SECONDS`. */
export const HOT_SECONDS = 45_000;

const Prose = z.string().trim().min(20).max(8_000);

/** What data must be known of before anybody trains on it. */
export const DataSheet = z.object({
  source: z.string().trim().min(3).max(500),
  licence: z.string().trim().min(2).max(200),
  size: z.string().trim().min(1).max(200),
  language: z.string().trim().min(2).max(100),
  /** Which personal data it holds, and how they are treated. */
  personalData: z.string().trim().min(10).max(2_000),
  /** Whether it overlaps with what the model is evaluated on. */
  contamination: z.string().trim().min(10).max(2_000),
});
export type DataSheet = z.infer<typeof DataSheet>;

export const ProposalText = z.object({
  problem: Prose,
  proposal: Prose,
  effect: Prose,
  measure: Prose,
  gpuHours: z.number().min(0).max(1_000_000),
  data: DataSheet.nullable().default(null),
});
export type ProposalText = z.infer<typeof ProposalText>;

const Title = z.string().trim().min(8).max(160);

/** A whole proposal: what can be published. */
export const Proposal = ProposalText.extend({ category: Category, title: Title });
export type Proposal = z.infer<typeof Proposal>;

/** What is kept of a proposal that is being written: anything may be missing. */
export const DraftText = z.object({
  category: Category,
  title: z.string().max(160).default(""),
  problem: z.string().max(8_000).default(""),
  proposal: z.string().max(8_000).default(""),
  effect: z.string().max(8_000).default(""),
  measure: z.string().max(8_000).default(""),
  gpuHours: z.number().min(0).max(1_000_000).nullable().default(null),
  data: z
    .object({
      source: z.string().max(500).default(""),
      licence: z.string().max(200).default(""),
      size: z.string().max(200).default(""),
      language: z.string().max(100).default(""),
      personalData: z.string().max(2_000).default(""),
      contamination: z.string().max(2_000).default(""),
    })
    .nullable()
    .default(null),
});
export type DraftText = z.infer<typeof DraftText>;

export const Reason = z.string().trim().min(10).max(2_000);
export const InitiativeId = z.int().positive();

export const SaveDraft = DraftText.extend({ id: InitiativeId.optional() });
export type SaveDraft = z.infer<typeof SaveDraft>;

/** A material edit: it makes a new version, and the voters are asked again. */
export const Revise = Proposal.omit({ category: true }).extend({
  id: InitiativeId,
  /** The version that was edited; another one in between is a conflict. */
  version: z.int().positive(),
  note: z.string().trim().min(5).max(500),
});
export type Revise = z.infer<typeof Revise>;

export const Vote = z.object({
  id: InitiativeId,
  on: z.boolean(),
  anonymous: z.boolean().default(false),
});
export type Vote = z.infer<typeof Vote>;

export const Tally = z.object({ cast: z.int(), eligible: z.int() });
export type Tally = z.infer<typeof Tally>;
export const VoteAnswer = Tally.extend({ voted: z.boolean() });
export type VoteAnswer = z.infer<typeof VoteAnswer>;

export const ASSESSMENTS = ["feasible", "needs-work", "infeasible"] as const;
export const Assess = z.object({
  id: InitiativeId,
  outcome: z.enum(ASSESSMENTS),
  reason: Reason,
  gpuHours: z.number().min(0).max(1_000_000),
  risk: z.enum(["low", "medium", "high"]),
});
export type Assess = z.infer<typeof Assess>;

export const Decide = z.object({ id: InitiativeId, reason: Reason });
export type Decide = z.infer<typeof Decide>;

export const OfferAssignment = z.object({ id: InitiativeId, memberName: z.string().max(60) });
export const AnswerAssignment = z.object({ id: InitiativeId, accept: z.boolean() });

export const RaiseConcern = z.object({
  id: InitiativeId,
  title: z.string().trim().min(5).max(160),
  text: z.string().trim().min(10).max(4_000),
});
export const ResolveConcern = z.object({
  concernId: z.int().positive(),
  resolution: z.string().trim().min(10).max(4_000),
});

export const Merge = Decide.extend({ into: InitiativeId });
export const Supersede = Decide.extend({ by: InitiativeId });

export const Predict = z.object({
  id: InitiativeId,
  metric: z.string().min(1).max(200),
  change: z.number().min(-1_000).max(1_000),
});
export const Summarise = z.object({ id: InitiativeId, summary: z.string().trim().max(4_000) });

const Author = z.object({
  id: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  roles: z.array(z.string()),
  trust: z.int(),
  deleted: z.boolean(),
});

export const ORDERS = ["wanted", "hot", "new"] as const;
export const ListInitiatives = z.object({
  stage: Stage.default("open"),
  state: State.optional(),
  category: Category.optional(),
  order: z.enum(ORDERS).default("wanted"),
  limit: z.int().min(1).max(50).default(20),
  next: z.object({ key: z.number(), id: z.int() }).optional(),
});
export type ListInitiatives = z.infer<typeof ListInitiatives>;

export const InitiativeItem = z.object({
  id: z.int(),
  title: z.string(),
  category: Category,
  state: State,
  cast: z.int(),
  eligible: z.int(),
  gpuHours: z.number().nullable(),
  author: Author,
  openConcerns: z.int(),
  /** The first assignee who has accepted. */
  assignee: z.string().nullable(),
  /** Whether the one who asks has voted for the current version. */
  voted: z.boolean(),
  openedAt: z.number().nullable(),
  triageDueAt: z.number().nullable(),
  commentEndsAt: z.number().nullable(),
  createdAt: z.number(),
});
export type InitiativeItem = z.infer<typeof InitiativeItem>;
export const InitiativeList = z.object({
  initiatives: z.array(InitiativeItem),
  next: z.object({ key: z.number(), id: z.int() }).nullable(),
});
export type InitiativeList = z.infer<typeof InitiativeList>;

export const Counts = z.record(z.string(), z.int());
export const Overdue = z.object({
  initiatives: z.array(z.object({ id: z.int(), title: z.string(), dueAt: z.number() })),
});
export type Overdue = z.infer<typeof Overdue>;
export const Similar = z.object({
  initiatives: z.array(
    z.object({ id: z.int(), title: z.string(), state: State, eligible: z.int() }),
  ),
});
export type Similar = z.infer<typeof Similar>;

export const InitiativeDetail = InitiativeItem.extend({
  version: z.int(),
  text: DraftText,
  summary: z.string(),
  /** Where it is discussed, in the forum. */
  threadId: z.int().nullable(),
  votable: z.boolean(),
  mine: z.boolean(),
  duplicateOf: z.int().nullable(),
  duplicates: z.array(z.object({ id: z.int(), title: z.string() })),
  supersededBy: z.int().nullable(),
  versions: z.array(
    z.object({
      number: z.int(),
      note: z.string(),
      createdAt: z.number(),
      cast: z.int(),
      eligible: z.int(),
    }),
  ),
  assessments: z.array(
    z.object({
      id: z.int(),
      version: z.int(),
      outcome: z.enum(ASSESSMENTS),
      reason: z.string(),
      gpuHours: z.number(),
      risk: z.string(),
      engineer: Author,
      createdAt: z.number(),
    }),
  ),
  assignments: z.array(
    z.object({ member: Author, offeredAt: z.number(), acceptedAt: z.number().nullable() }),
  ),
  concerns: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      text: z.string(),
      author: Author,
      resolution: z.string().nullable(),
      createdAt: z.number(),
      resolvedAt: z.number().nullable(),
    }),
  ),
  approvals: z.array(
    z.object({ member: Author, reason: z.string(), createdAt: z.number(), version: z.int() }),
  ),
  /** Median of the members' predictions, by metric. */
  predictions: z.array(
    z.object({
      metric: z.string(),
      members: z.int(),
      median: z.number(),
      mine: z.number().nullable(),
    }),
  ),
  /** What was decided, in the order of the public log. */
  history: z.array(
    z.object({ number: z.int(), kind: z.string(), reason: z.string(), at: z.number() }),
  ),
});
export type InitiativeDetail = z.infer<typeof InitiativeDetail>;

export const VersionText = z.object({
  number: z.int(),
  title: z.string(),
  text: DraftText.omit({ category: true, title: true }),
  createdAt: z.number(),
});
export type VersionText = z.infer<typeof VersionText>;

export const Voters = z.object({
  members: z.array(z.object({ name: z.string(), eligible: z.boolean(), castAt: z.number() })),
  anonymous: z.int(),
  next: z.string().nullable(),
});
export type Voters = z.infer<typeof Voters>;

export const Budget = z.object({
  weekStart: z.number(),
  hours: z.number(),
  used: z.number(),
});
export type Budget = z.infer<typeof Budget>;

/** The table of moves.ts, for the drawing on the help page. */
export const MoveTable = z.array(
  z.object({
    name: z.string(),
    from: z.array(State),
    to: z.union([State, z.literal("before")]),
    by: z.array(z.string()),
    needs: z.array(z.string()),
  }),
);
export type MoveTable = z.infer<typeof MoveTable>;

/** What happened in a week, each with the decision that made it so. */
export const WeeklyRound = z.object({
  weekStart: z.number(),
  decisions: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      state: State,
      kind: z.string(),
      reason: z.string(),
      at: z.number(),
    }),
  ),
});
export type WeeklyRound = z.infer<typeof WeeklyRound>;

/** What a trial changes of a run's controls; JSON patch, one operation: the trainer takes one command at a step. */
export const ControlPatch = z
  .array(
    z.discriminatedUnion("path", [
      z.object({
        op: z.literal("replace"),
        path: z.literal("/rate"),
        value: z.number().positive().max(100),
      }),
      z.object({
        op: z.literal("replace"),
        path: z.literal("/weights"),
        value: z.record(z.string().min(1).max(120), z.number().min(0).max(1e6)),
      }),
    ]),
  )
  .length(1);
export type ControlPatch = z.infer<typeof ControlPatch>;

/** Fixed before the start, as changes of the metric's mean. One of accept and abort must be given. */
export const TrialBound = z
  .object({
    metric: z.string().min(1).max(200),
    better: z.enum(["lower", "higher"]),
    accept: z.number().optional(),
    abort: z.number().optional(),
  })
  .refine(({ accept, abort }) => accept !== undefined || abort !== undefined);
export type TrialBound = z.infer<typeof TrialBound>;

export const SealTrial = z.object({
  id: InitiativeId,
  runId: z.string().max(60),
  patch: ControlPatch,
  bounds: z.array(TrialBound).min(1).max(8),
  /** Steps compared on each side of the change. */
  window: z.int().min(40).max(1_000_000),
  /** Steps within bounds before a kept change is stable. */
  stableSteps: z.int().min(0).max(10_000_000),
});
export type SealTrial = z.infer<typeof SealTrial>;

export const DecideTrial = Decide.extend({ keep: z.boolean() });
export type DecideTrial = z.infer<typeof DecideTrial>;

const TrialFinding = z.object({
  metric: z.string(),
  better: z.enum(["lower", "higher"]),
  accept: z.number().optional(),
  abort: z.number().optional(),
  change: z.number(),
  low: z.number(),
  high: z.number(),
  before: z.number(),
  after: z.number(),
  outcome: z.enum(["met", "broken", "unclear"]),
});
export const TrialVerdict = z.object({
  proposal: z.enum(["keep", "roll-back"]),
  findings: z.array(TrialFinding),
  /** Reached before the window's end, because a bound was surely broken. */
  early: z.boolean().default(false),
  /** What else changed in the window, by the run's events. */
  confounders: z.array(z.object({ kind: z.string(), step: z.number(), message: z.string() })),
});
export type TrialVerdict = z.infer<typeof TrialVerdict>;

export const TRIAL_STATES = [
  "sealed",
  "sent",
  "running",
  "kept",
  "stable",
  "returning",
  "rolled-back",
  "cancelled",
] as const;
export const Trial = z.object({
  id: z.string(),
  runId: z.string(),
  runName: z.string(),
  patch: ControlPatch,
  bounds: z.array(TrialBound),
  window: z.int(),
  stableSteps: z.int(),
  hash: z.string(),
  sealedAt: z.number(),
  state: z.enum(TRIAL_STATES),
  fromStep: z.number().nullable(),
  verdict: TrialVerdict.nullable(),
  overruled: z.boolean(),
  endStep: z.number().nullable(),
  endReason: z.string().nullable(),
});
export type Trial = z.infer<typeof Trial>;
export const TrialList = z.object({ trials: z.array(Trial) });
export type TrialList = z.infer<typeof TrialList>;

const RunId = z.string().max(60);
const Step = z.int().min(0);

/** A model as a run had it after a step: a checkpoint, mostly. */
export const AskContained = z.object({
  runId: RunId,
  step: Step,
  attempt: z.int().positive().optional(),
});
export type AskContained = z.infer<typeof AskContained>;

/** Initiatives inside a model, in the order of their trials, with whom they are owed to. */
export const Contained = z.object({
  initiatives: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      category: Category,
      state: State,
      trialId: z.string(),
      hash: z.string(),
      /** The change counts from the step after this one on. */
      fromStep: z.number(),
      author: MemberRef,
      cast: z.int(),
      eligible: z.int(),
      assignees: z.array(MemberRef),
    }),
  ),
});
export type Contained = z.infer<typeof Contained>;

const ControlValues = z.object({ rate: z.number(), weights: z.record(z.string(), z.number()) });

/** That a run trains with what its recipe says and with what was decided since, and nothing else. */
export const RunProof = z.object({
  /** Every change request for this run, in the order in which they were sealed. */
  trials: z.array(
    z.object({
      id: z.string(),
      initiativeId: z.int(),
      title: z.string(),
      initiativeState: State,
      patch: ControlPatch,
      window: z.int(),
      hash: z.string(),
      /** Row of the decision log that holds the hash. */
      decision: z.int().nullable(),
      /** Hashed again just now, it is what was sealed. */
      hashHolds: z.boolean(),
      state: z.enum(TRIAL_STATES),
      fromStep: z.number().nullable(),
      /** When the trainer obeyed, by its clock. */
      fromTime: z.number().nullable(),
      endStep: z.number().nullable(),
    }),
  ),
  /** What was obeyed on the line that led here; a later one of the same path replaces an earlier one. */
  changes: z.array(
    z.object({
      commandId: z.string(),
      attempt: z.int(),
      step: z.number(),
      path: z.enum(["/rate", "/weights"]),
      /** As JSON. */
      value: z.string(),
      /** Null: an engineer's own command. */
      trialId: z.string().nullable(),
      /** It takes its trial's change back. */
      back: z.boolean(),
    }),
  ),
  /** Their sum on the recipe: factor of the rate, and weights instead of the stage's mix. */
  controls: ControlValues,
  /** What the newest checkpoint that brought its state says of its controls, and whether the sum up to it agrees. */
  checkpoint: ControlValues.extend({
    attempt: z.int(),
    step: z.number(),
    agrees: z.boolean(),
  }).nullable(),
});
export type RunProof = z.infer<typeof RunProof>;
