-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "dayHour" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "dayTimeZone" TEXT NOT NULL DEFAULT 'UTC',
ADD COLUMN     "stalledSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "detector" JSONB;

-- AlterTable
ALTER TABLE "RunEvent" ADD COLUMN     "detected" TEXT;

-- AlterTable
ALTER TABLE "Sample" DROP CONSTRAINT "Sample_pkey",
ADD COLUMN     "promptHash" BYTEA;
UPDATE "Sample" SET "promptHash" = sha256(convert_to("prompt", 'UTF8'));
ALTER TABLE "Sample" ALTER COLUMN "promptHash" SET NOT NULL,
ADD CONSTRAINT "Sample_pkey" PRIMARY KEY ("runId", "attempt", "step", "promptHash", "task");

-- AlterTable
ALTER TABLE "RunCommand" ADD COLUMN     "memberId" TEXT;

-- CreateTable
CREATE TABLE "AlertSubscription" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "kinds" TEXT[],
    "inApp" BOOLEAN NOT NULL,
    "mail" BOOLEAN NOT NULL,
    "webhook" TEXT,
    "secret" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AlertSubscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertDelivery" (
    "id" TEXT NOT NULL,
    "subscriptionId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3),
    "lastAnswer" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "AlertDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DailyLog" (
    "runId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "fromTime" TIMESTAMPTZ(3) NOT NULL,
    "toTime" TIMESTAMPTZ(3) NOT NULL,
    "figures" JSONB NOT NULL,
    "events" JSONB NOT NULL,
    "eventCount" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "chainNumber" BIGINT,
    "chainHash" TEXT,
    "draftedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "comment" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "signedAt" TIMESTAMPTZ(3),
    "signedById" TEXT,

    CONSTRAINT "DailyLog_pkey" PRIMARY KEY ("runId","day")
);

-- CreateTable
CREATE TABLE "DailyLogRevision" (
    "runId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "comment" TEXT NOT NULL,
    "authorId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DailyLogRevision_pkey" PRIMARY KEY ("runId","day","number")
);

-- CreateTable
CREATE TABLE "NoteRevision" (
    "eventId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "markdown" TEXT,
    "reason" TEXT,
    "authorId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NoteRevision_pkey" PRIMARY KEY ("eventId","number")
);

-- CreateTable
CREATE TABLE "WallLayout" (
    "memberId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "layout" JSONB NOT NULL,
    "savedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WallLayout_pkey" PRIMARY KEY ("memberId","runId")
);

-- CreateIndex
CREATE INDEX "AlertSubscription_runId_idx" ON "AlertSubscription"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "one_subscription_per_member_and_run" ON "AlertSubscription"("memberId", "runId");

-- CreateIndex
CREATE INDEX "AlertDelivery_state_nextTryAt_idx" ON "AlertDelivery"("state", "nextTryAt");

-- CreateIndex
CREATE UNIQUE INDEX "event_told_once" ON "AlertDelivery"("subscriptionId", "eventId", "channel");

-- CreateIndex
CREATE INDEX "DailyLog_runId_toTime_idx" ON "DailyLog"("runId", "toTime" DESC);

-- CreateIndex
CREATE INDEX "RunEvent_createdAt_idx" ON "RunEvent"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "RunEvent_runId_detected_key" ON "RunEvent"("runId", "detected");

-- AddForeignKey
ALTER TABLE "AlertSubscription" ADD CONSTRAINT "AlertSubscription_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertSubscription" ADD CONSTRAINT "AlertSubscription_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertDelivery" ADD CONSTRAINT "AlertDelivery_subscriptionId_fkey" FOREIGN KEY ("subscriptionId") REFERENCES "AlertSubscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DailyLog" ADD CONSTRAINT "DailyLog_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DailyLog" ADD CONSTRAINT "DailyLog_signedById_fkey" FOREIGN KEY ("signedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DailyLogRevision" ADD CONSTRAINT "DailyLogRevision_runId_day_fkey" FOREIGN KEY ("runId", "day") REFERENCES "DailyLog"("runId", "day") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DailyLogRevision" ADD CONSTRAINT "DailyLogRevision_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunCommand" ADD CONSTRAINT "RunCommand_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoteRevision" ADD CONSTRAINT "NoteRevision_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "RunEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoteRevision" ADD CONSTRAINT "NoteRevision_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WallLayout" ADD CONSTRAINT "WallLayout_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WallLayout" ADD CONSTRAINT "WallLayout_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
