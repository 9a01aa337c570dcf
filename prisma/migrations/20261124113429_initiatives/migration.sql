-- CreateTable
CREATE TABLE "Initiative" (
    "id" SERIAL NOT NULL,
    "authorId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "stage" TEXT NOT NULL GENERATED ALWAYS AS (case
      when state = 'draft' then 'draft'
      when state in ('open', 'triage', 'needs-work', 'feasible', 'assigned', 'final-comment') then 'open'
      when state in ('approved', 'trial', 'provisional') then 'trial'
      when state in ('stable', 'released') then 'shipped'
      else 'closed' end) STORED,
    "title" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "cast" INTEGER NOT NULL DEFAULT 0,
    "eligible" INTEGER NOT NULL DEFAULT 0,
    "hot" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "gpuHours" DOUBLE PRECISION,
    "stateSince" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "openedAt" TIMESTAMPTZ(3),
    "triageDueAt" TIMESTAMPTZ(3),
    "commentEndsAt" TIMESTAMPTZ(3),
    "stateBefore" TEXT,
    "duplicateOfId" INTEGER,
    "duplicateOfVersion" INTEGER,
    "supersededById" INTEGER,
    "summary" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Initiative_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InitiativeVersion" (
    "initiativeId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "editorId" TEXT NOT NULL,
    "cast" INTEGER,
    "eligible" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InitiativeVersion_pkey" PRIMARY KEY ("initiativeId","number")
);

-- CreateTable
CREATE TABLE "InitiativeVote" (
    "initiativeId" INTEGER NOT NULL,
    "memberId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "anonymous" BOOLEAN NOT NULL DEFAULT false,
    "castAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "one_member_one_vote" PRIMARY KEY ("initiativeId","memberId")
);

-- CreateTable
CREATE TABLE "InitiativeAssessment" (
    "id" SERIAL NOT NULL,
    "initiativeId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "gpuHours" DOUBLE PRECISION NOT NULL,
    "risk" TEXT NOT NULL,
    "engineerId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InitiativeAssessment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InitiativeAssignment" (
    "initiativeId" INTEGER NOT NULL,
    "memberId" TEXT NOT NULL,
    "offeredById" TEXT NOT NULL,
    "offeredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acceptedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "InitiativeAssignment_pkey" PRIMARY KEY ("initiativeId","memberId")
);

-- CreateTable
CREATE TABLE "InitiativeConcern" (
    "id" SERIAL NOT NULL,
    "initiativeId" INTEGER NOT NULL,
    "authorId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "resolution" TEXT,
    "resolvedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "InitiativeConcern_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InitiativeApproval" (
    "initiativeId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "memberId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InitiativeApproval_pkey" PRIMARY KEY ("initiativeId","version","memberId")
);

-- CreateTable
CREATE TABLE "InitiativePrediction" (
    "initiativeId" INTEGER NOT NULL,
    "memberId" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "change" DOUBLE PRECISION NOT NULL,
    "error" DOUBLE PRECISION,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InitiativePrediction_pkey" PRIMARY KEY ("initiativeId","memberId","metric")
);

-- CreateTable
CREATE TABLE "InitiativeTrial" (
    "id" TEXT NOT NULL,
    "initiativeId" INTEGER NOT NULL,
    "runId" TEXT NOT NULL,
    "patch" JSONB NOT NULL,
    "bounds" JSONB NOT NULL,
    "window" INTEGER NOT NULL,
    "stableSteps" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "sealedById" TEXT NOT NULL,
    "sealedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'sealed',
    "commandId" TEXT,
    "undo" JSONB,
    "attempt" INTEGER,
    "fromStep" BIGINT,
    "verdict" JSONB,
    "verdictAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "overruled" BOOLEAN NOT NULL DEFAULT false,
    "decidedStep" BIGINT,
    "undoCommandId" TEXT,
    "endStep" BIGINT,
    "endReason" TEXT,

    CONSTRAINT "InitiativeTrial_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Initiative_stage_eligible_id_idx" ON "Initiative"("stage", "eligible" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_stage_hot_id_idx" ON "Initiative"("stage", "hot" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_stage_id_idx" ON "Initiative"("stage", "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_stage_category_eligible_id_idx" ON "Initiative"("stage", "category", "eligible" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_stage_category_hot_id_idx" ON "Initiative"("stage", "category", "hot" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_stage_category_id_idx" ON "Initiative"("stage", "category", "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_state_stateSince_id_idx" ON "Initiative"("state", "stateSince" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_authorId_id_idx" ON "Initiative"("authorId", "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_duplicateOfId_idx" ON "Initiative"("duplicateOfId");

-- CreateIndex
CREATE INDEX "InitiativeVote_memberId_castAt_idx" ON "InitiativeVote"("memberId", "castAt" DESC);

-- CreateIndex
CREATE INDEX "InitiativeAssessment_initiativeId_id_idx" ON "InitiativeAssessment"("initiativeId", "id");

-- CreateIndex
CREATE INDEX "InitiativeAssignment_memberId_offeredAt_idx" ON "InitiativeAssignment"("memberId", "offeredAt" DESC);

-- CreateIndex
CREATE INDEX "InitiativeConcern_initiativeId_id_idx" ON "InitiativeConcern"("initiativeId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "InitiativeTrial_commandId_key" ON "InitiativeTrial"("commandId");

-- CreateIndex
CREATE UNIQUE INDEX "InitiativeTrial_undoCommandId_key" ON "InitiativeTrial"("undoCommandId");

-- CreateIndex
CREATE INDEX "InitiativeTrial_initiativeId_sealedAt_idx" ON "InitiativeTrial"("initiativeId", "sealedAt" DESC);

-- CreateIndex
CREATE INDEX "InitiativeTrial_runId_fromStep_idx" ON "InitiativeTrial"("runId", "fromStep");

-- AddForeignKey
ALTER TABLE "Initiative" ADD CONSTRAINT "Initiative_duplicateOfId_fkey" FOREIGN KEY ("duplicateOfId") REFERENCES "Initiative"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeVersion" ADD CONSTRAINT "InitiativeVersion_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeVote" ADD CONSTRAINT "InitiativeVote_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeAssessment" ADD CONSTRAINT "InitiativeAssessment_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeAssignment" ADD CONSTRAINT "InitiativeAssignment_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeConcern" ADD CONSTRAINT "InitiativeConcern_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeApproval" ADD CONSTRAINT "InitiativeApproval_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativePrediction" ADD CONSTRAINT "InitiativePrediction_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeTrial" ADD CONSTRAINT "InitiativeTrial_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "Initiative"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InitiativeTrial" ADD CONSTRAINT "InitiativeTrial_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
alter table "Initiative"
  add constraint initiative_author foreign key ("authorId") references "Member" (id),
  add constraint initiative_superseded foreign key ("supersededById") references "Initiative" (id),
  add constraint initiative_state check (state in ('draft', 'open', 'triage', 'needs-work', 'feasible', 'assigned', 'final-comment', 'approved',
    'trial', 'provisional', 'stable', 'released', 'infeasible', 'declined', 'rolled-back', 'withdrawn', 'duplicate', 'superseded', 'deferred')),
  add constraint initiative_category check (category in ('features', 'methods', 'data', 'other')),
  add constraint initiative_duplicate check ((state = 'duplicate') = ("duplicateOfId" is not null)),
  add constraint initiative_not_its_own_duplicate check ("duplicateOfId" is null or "duplicateOfId" <> id),
  add constraint initiative_tally check ("cast" >= eligible and eligible >= 0);
alter table "InitiativeVersion" add constraint initiative_version_editor foreign key ("editorId") references "Member" (id);
alter table "InitiativeVote" add constraint initiative_vote_member foreign key ("memberId") references "Member" (id);
alter table "InitiativeAssessment"
  add constraint initiative_assessment_engineer foreign key ("engineerId") references "Member" (id),
  add constraint initiative_assessment_outcome check (outcome in ('feasible', 'needs-work', 'infeasible')),
  add constraint initiative_assessment_reason check (reason <> '');
alter table "InitiativeAssignment"
  add constraint initiative_assignment_member foreign key ("memberId") references "Member" (id),
  add constraint initiative_assignment_offered_by foreign key ("offeredById") references "Member" (id);
alter table "InitiativeConcern"
  add constraint initiative_concern_author foreign key ("authorId") references "Member" (id),
  add constraint initiative_concern_resolver foreign key ("resolvedById") references "Member" (id),
  add constraint initiative_concern_resolved check (("resolvedAt" is null) = (resolution is null));
alter table "InitiativeApproval" add constraint initiative_approval_member foreign key ("memberId") references "Member" (id);
alter table "InitiativePrediction" add constraint initiative_prediction_member foreign key ("memberId") references "Member" (id);
alter table "InitiativeTrial"
  add constraint initiative_trial_sealer foreign key ("sealedById") references "Member" (id),
  add constraint initiative_trial_command foreign key ("commandId") references "RunCommand" (id),
  add constraint initiative_trial_undo_command foreign key ("undoCommandId") references "RunCommand" (id),
  add constraint initiative_trial_state check (state in ('sealed', 'sent', 'running', 'kept', 'stable', 'returning', 'rolled-back', 'cancelled'));
-- One trial of an initiative at a time.
create unique index initiative_one_trial on "InitiativeTrial" ("initiativeId") where state in ('sealed', 'sent', 'running', 'kept', 'returning');
create index initiative_overdue on "Initiative" ("triageDueAt", id) where "triageDueAt" is not null;
create index initiative_title_trgm on "Initiative" using gin (lower(title) gin_trgm_ops) where state <> 'draft';
