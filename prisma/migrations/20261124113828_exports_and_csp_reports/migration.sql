-- CreateTable
CREATE TABLE "MemberExport" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "done" INTEGER NOT NULL DEFAULT 0,
    "parts" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "MemberExport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CspReport" (
    "day" DATE NOT NULL,
    "directive" TEXT NOT NULL,
    "blocked" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "CspReport_pkey" PRIMARY KEY ("day","directive","blocked","page")
);

-- CreateIndex
CREATE INDEX "MemberExport_memberId_createdAt_idx" ON "MemberExport"("memberId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "MemberExport_expiresAt_idx" ON "MemberExport"("expiresAt");

-- AddForeignKey
ALTER TABLE "MemberExport" ADD CONSTRAINT "MemberExport_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
