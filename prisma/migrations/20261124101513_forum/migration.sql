-- CreateTable
CREATE TABLE "ForumThread" (
    "id" SERIAL NOT NULL,
    "category" TEXT NOT NULL,
    "subjectKind" TEXT,
    "subjectId" TEXT,
    "title" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "question" BOOLEAN NOT NULL DEFAULT false,
    "answerPostId" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'visible',
    "mergedIntoId" INTEGER,
    "pinnedAt" TIMESTAMPTZ(3),
    "lockedAt" TIMESTAMPTZ(3),
    "lastNumber" INTEGER NOT NULL DEFAULT 0,
    "replies" INTEGER NOT NULL DEFAULT 0,
    "people" INTEGER NOT NULL DEFAULT 1,
    "lastAuthorId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "bumpedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ForumThread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ForumTagged" (
    "tag" TEXT NOT NULL,
    "threadId" INTEGER NOT NULL,
    "bumpedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ForumTagged_pkey" PRIMARY KEY ("threadId","tag")
);

-- CreateTable
CREATE TABLE "ForumPost" (
    "id" SERIAL NOT NULL,
    "threadId" INTEGER NOT NULL,
    "number" INTEGER,
    "authorId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'visible',
    "edits" INTEGER NOT NULL DEFAULT 0,
    "editedAt" TIMESTAMPTZ(3),
    "reactions" JSONB NOT NULL DEFAULT '{}',
    "sendKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ForumPost_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ForumRevision" (
    "postId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT,
    "body" TEXT NOT NULL,
    "editorId" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ForumRevision_pkey" PRIMARY KEY ("postId","number")
);

-- CreateTable
CREATE TABLE "ForumReaction" (
    "postId" INTEGER NOT NULL,
    "memberId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ForumReaction_pkey" PRIMARY KEY ("postId","memberId","kind")
);

-- CreateTable
CREATE TABLE "ForumCitation" (
    "postId" INTEGER NOT NULL,
    "runId" TEXT NOT NULL,
    "fromStep" BIGINT NOT NULL,
    "toStep" BIGINT NOT NULL,

    CONSTRAINT "ForumCitation_pkey" PRIMARY KEY ("postId","runId","fromStep","toStep")
);

-- CreateTable
CREATE TABLE "ForumReading" (
    "memberId" TEXT NOT NULL,
    "threadId" INTEGER NOT NULL,
    "readTo" INTEGER NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ForumReading_pkey" PRIMARY KEY ("memberId","threadId")
);

-- CreateTable
CREATE TABLE "ForumSubscription" (
    "memberId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ForumSubscription_pkey" PRIMARY KEY ("memberId","kind","target")
);

-- CreateTable
CREATE TABLE "ForumDraft" (
    "memberId" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "body" TEXT NOT NULL,
    "extra" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ForumDraft_pkey" PRIMARY KEY ("memberId","place")
);

-- CreateTable
CREATE TABLE "ForumImage" (
    "sha256" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "uploadedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ForumImage_pkey" PRIMARY KEY ("sha256","memberId")
);

-- CreateTable
CREATE TABLE "SearchDocument" (
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "authorId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "tokens" tsvector NOT NULL,

    CONSTRAINT "SearchDocument_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "ModerationFlag" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "postId" INTEGER NOT NULL,
    "reporterId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModerationFlag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModerationCase" (
    "id" TEXT NOT NULL,
    "postId" INTEGER NOT NULL,
    "authorId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "signals" JSONB NOT NULL DEFAULT '[]',
    "flags" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'open',
    "outcome" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "deciderId" TEXT,

    CONSTRAINT "ModerationCase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModerationAct" (
    "id" TEXT NOT NULL,
    "caseId" TEXT,
    "kind" TEXT NOT NULL,
    "postId" INTEGER,
    "threadId" INTEGER,
    "memberId" TEXT,
    "actorId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "decision" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModerationAct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModerationAppeal" (
    "id" TEXT NOT NULL,
    "actId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "actActorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "deciderId" TEXT,
    "answer" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ModerationAppeal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ForumThread_authorId_id_idx" ON "ForumThread"("authorId", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "forum_one_thread_per_subject" ON "ForumThread"("subjectKind", "subjectId");

-- CreateIndex
CREATE INDEX "ForumTagged_tag_bumpedAt_threadId_idx" ON "ForumTagged"("tag", "bumpedAt" DESC, "threadId" DESC);

-- CreateIndex
CREATE INDEX "ForumPost_authorId_id_idx" ON "ForumPost"("authorId", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "forum_post_number_once" ON "ForumPost"("threadId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "forum_post_sent_once" ON "ForumPost"("authorId", "sendKey");

-- CreateIndex
CREATE INDEX "ForumReaction_memberId_createdAt_idx" ON "ForumReaction"("memberId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "ForumCitation_runId_postId_idx" ON "ForumCitation"("runId", "postId" DESC);

-- CreateIndex
CREATE INDEX "ForumReading_memberId_readAt_idx" ON "ForumReading"("memberId", "readAt" DESC);

-- CreateIndex
CREATE INDEX "ForumSubscription_kind_target_idx" ON "ForumSubscription"("kind", "target");

-- CreateIndex
CREATE INDEX "ForumImage_memberId_uploadedAt_idx" ON "ForumImage"("memberId", "uploadedAt" DESC);

-- CreateIndex
CREATE INDEX "SearchDocument_createdAt_idx" ON "SearchDocument"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "search_document_once" ON "SearchDocument"("kind", "subjectId");

-- CreateIndex
CREATE INDEX "ModerationFlag_reporterId_createdAt_idx" ON "ModerationFlag"("reporterId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "moderation_flag_once" ON "ModerationFlag"("caseId", "reporterId");

-- CreateIndex
CREATE INDEX "ModerationCase_state_openedAt_id_idx" ON "ModerationCase"("state", "openedAt", "id");

-- CreateIndex
CREATE INDEX "ModerationCase_postId_idx" ON "ModerationCase"("postId");

-- CreateIndex
CREATE INDEX "ModerationAct_memberId_createdAt_idx" ON "ModerationAct"("memberId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "ModerationAct_createdAt_id_idx" ON "ModerationAct"("createdAt" DESC, "id");

-- CreateIndex
CREATE INDEX "ModerationAct_postId_idx" ON "ModerationAct"("postId");

-- CreateIndex
CREATE UNIQUE INDEX "moderation_one_appeal" ON "ModerationAppeal"("actId");

-- CreateIndex
CREATE INDEX "ModerationAppeal_state_createdAt_idx" ON "ModerationAppeal"("state", "createdAt");

-- CreateIndex
CREATE INDEX "ModerationAppeal_memberId_createdAt_idx" ON "ModerationAppeal"("memberId", "createdAt" DESC);

-- AddForeignKey
ALTER TABLE "ForumTagged" ADD CONSTRAINT "ForumTagged_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "ForumThread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumPost" ADD CONSTRAINT "ForumPost_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "ForumThread"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumRevision" ADD CONSTRAINT "ForumRevision_postId_fkey" FOREIGN KEY ("postId") REFERENCES "ForumPost"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumReaction" ADD CONSTRAINT "ForumReaction_postId_fkey" FOREIGN KEY ("postId") REFERENCES "ForumPost"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumCitation" ADD CONSTRAINT "ForumCitation_postId_fkey" FOREIGN KEY ("postId") REFERENCES "ForumPost"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModerationFlag" ADD CONSTRAINT "ModerationFlag_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "ModerationCase"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModerationAct" ADD CONSTRAINT "ModerationAct_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "ModerationCase"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModerationAppeal" ADD CONSTRAINT "ModerationAppeal_actId_fkey" FOREIGN KEY ("actId") REFERENCES "ModerationAct"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
create extension if not exists pg_trgm;

alter table "ForumThread"
  add constraint forum_thread_author foreign key ("authorId") references "Member" (id),
  add constraint forum_thread_state check (state in ('visible', 'held', 'hidden', 'merged')),
  add constraint forum_thread_merged foreign key ("mergedIntoId") references "ForumThread" (id),
  add constraint forum_thread_merged_somewhere check ((state = 'merged') = ("mergedIntoId" is not null)),
  add constraint forum_thread_answer foreign key ("answerPostId") references "ForumPost" (id),
  add constraint forum_thread_answers_question check ("answerPostId" is null or question);
alter table "ForumPost"
  add constraint forum_post_author foreign key ("authorId") references "Member" (id),
  add constraint forum_post_state check (state in ('visible', 'held', 'hidden', 'removed')),
  add constraint forum_post_numbered check ((state = 'held') = (number is null));
alter table "ForumRevision" add constraint forum_revision_editor foreign key ("editorId") references "Member" (id);
alter table "ForumReaction"
  add constraint forum_reaction_member foreign key ("memberId") references "Member" (id),
  add constraint forum_reaction_kind check (kind in ('helpful', 'agree', 'same', 'thanks'));
alter table "ForumReading" add constraint forum_reading_member foreign key ("memberId") references "Member" (id);
alter table "ForumSubscription"
  add constraint forum_subscription_member foreign key ("memberId") references "Member" (id),
  add constraint forum_subscription_level check (level in ('watching', 'muted'));
alter table "ForumDraft" add constraint forum_draft_member foreign key ("memberId") references "Member" (id);
alter table "ForumImage" add constraint forum_image_member foreign key ("memberId") references "Member" (id);
alter table "ModerationFlag"
  add constraint moderation_flag_reporter foreign key ("reporterId") references "Member" (id),
  add constraint moderation_flag_reason check (reason in ('spam', 'off_topic', 'disrespect', 'harm', 'private', 'rights'));
alter table "ModerationCase"
  add constraint moderation_case_post foreign key ("postId") references "ForumPost" (id),
  add constraint moderation_case_state check (state in ('open', 'closed')),
  add constraint moderation_case_decided check ((state = 'closed') = (outcome is not null and "closedAt" is not null));
create unique index moderation_one_open_case on "ModerationCase" ("postId") where state = 'open';
alter table "ModerationAct"
  add constraint moderation_act_member foreign key ("memberId") references "Member" (id),
  add constraint moderation_act_actor foreign key ("actorId") references "Member" (id),
  add constraint moderation_act_not_oneself check ("memberId" is null or "memberId" <> "actorId" or kind in ('lift', 'restore')),
  add constraint moderation_act_reason check (reason <> '');
alter table "ModerationAppeal"
  add constraint moderation_appeal_member foreign key ("memberId") references "Member" (id),
  add constraint moderation_appeal_state check (state in ('open', 'upheld', 'overturned')),
  add constraint moderation_appeal_decided check ((state = 'open') = ("deciderId" is null)),
  add constraint moderation_appeal_other_moderator check ("deciderId" is null or ("deciderId" <> "actActorId" and "deciderId" <> "memberId"));

-- Lists walk these; each holds only what its list can show.
create index forum_latest on "ForumThread" ("bumpedAt" desc, id desc) where state = 'visible' and "subjectKind" is null;
create index forum_category_latest on "ForumThread" (category, "bumpedAt" desc, id desc) where state = 'visible';
create index forum_newest on "ForumThread" ("createdAt" desc, id desc) where state = 'visible' and "subjectKind" is null;
create index forum_category_newest on "ForumThread" (category, "createdAt" desc, id desc) where state = 'visible';
create index forum_unanswered on "ForumThread" ("bumpedAt" desc, id desc) where state = 'visible' and question and "answerPostId" is null and "subjectKind" is null;
create index forum_category_unanswered on "ForumThread" (category, "bumpedAt" desc, id desc) where state = 'visible' and question and "answerPostId" is null;
create index forum_pinned on "ForumThread" (category, "pinnedAt") where state = 'visible' and "pinnedAt" is not null;
create index forum_title_trgm on "ForumThread" using gin (lower(title) gin_trgm_ops) where state = 'visible';
create index forum_thread_waiting on "ForumPost" ("threadId") where state = 'held';
create index forum_posts_of_author on "ForumPost" ("threadId", "authorId");
create index search_document_tokens on "SearchDocument" using gin (tokens) with (fastupdate = on);
