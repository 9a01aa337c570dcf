-- CreateTable
CREATE TABLE "ModelFamily" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" JSONB NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelFamily_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Release" (
    "id" TEXT NOT NULL,
    "familyId" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "checkpointId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "gated" BOOLEAN NOT NULL DEFAULT true,
    "authorId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approvedById" TEXT,
    "publishedAt" TIMESTAMPTZ(3),
    "yankedById" TEXT,
    "yankedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "prose" JSONB NOT NULL,
    "manifestSha256" TEXT,

    CONSTRAINT "Release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReleaseFormat" (
    "releaseId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "stage" TEXT,
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "message" TEXT,
    "figures" JSONB,
    "startedAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReleaseFormat_pkey" PRIMARY KEY ("releaseId","name")
);

-- CreateTable
CREATE TABLE "ReleaseFile" (
    "releaseId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "format" TEXT,
    "size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "ReleaseFile_pkey" PRIMARY KEY ("releaseId","path")
);

-- CreateTable
CREATE TABLE "LicenceAcceptance" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "licenceSha256" TEXT NOT NULL,
    "risksSha256" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "releaseId" TEXT NOT NULL,
    "manifestSha256" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LicenceAcceptance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DownloadCount" (
    "subjectId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DownloadCount_pkey" PRIMARY KEY ("subjectId","path","day")
);

-- CreateTable
CREATE TABLE "DownloadSeen" (
    "key" BYTEA NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "DownloadSeen_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "Release_familyId_publishedAt_idx" ON "Release"("familyId", "publishedAt" DESC);

-- CreateIndex
CREATE INDEX "Release_checkpointId_idx" ON "Release"("checkpointId");

-- CreateIndex
CREATE UNIQUE INDEX "release_version_taken" ON "Release"("familyId", "version");

-- CreateIndex
CREATE INDEX "ReleaseFile_sha256_idx" ON "ReleaseFile"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "licence_accepted_once" ON "LicenceAcceptance"("memberId", "licenceSha256", "risksSha256");

-- CreateIndex
CREATE INDEX "DownloadSeen_day_idx" ON "DownloadSeen"("day");

-- AddForeignKey
ALTER TABLE "Release" ADD CONSTRAINT "Release_familyId_fkey" FOREIGN KEY ("familyId") REFERENCES "ModelFamily"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Release" ADD CONSTRAINT "Release_checkpointId_fkey" FOREIGN KEY ("checkpointId") REFERENCES "Checkpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseFormat" ADD CONSTRAINT "ReleaseFormat_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseFile" ADD CONSTRAINT "ReleaseFile_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What somebody accepted stays as it was accepted.
CREATE FUNCTION licence_acceptance_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The record of acceptances is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER licence_acceptance_no_change BEFORE UPDATE OR DELETE ON "LicenceAcceptance" FOR EACH ROW EXECUTE FUNCTION licence_acceptance_is_final();
CREATE TRIGGER licence_acceptance_no_truncate BEFORE TRUNCATE ON "LicenceAcceptance" FOR EACH STATEMENT EXECUTE FUNCTION licence_acceptance_is_final();
