-- CreateTable
CREATE TABLE "DataReport" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "recipe" TEXT NOT NULL,
    "builtAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "documents" BIGINT NOT NULL,
    "kept" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "tokens" BIGINT NOT NULL,

    CONSTRAINT "DataReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataSource" (
    "reportId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "lang" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "documents" BIGINT NOT NULL,
    "kept" BIGINT NOT NULL,
    "duplicates" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "tokens" BIGINT NOT NULL,
    "dropped" JSONB NOT NULL,
    "pii" JSONB NOT NULL,
    "cues" JSONB NOT NULL,
    "meanPerplexity" DOUBLE PRECISION,

    CONSTRAINT "DataSource_pkey" PRIMARY KEY ("reportId","position")
);

-- CreateIndex
CREATE INDEX "DataReport_recipe_builtAt_idx" ON "DataReport"("recipe", "builtAt" DESC);

-- CreateIndex
CREATE INDEX "DataReport_builtAt_idx" ON "DataReport"("builtAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "data_report_known" ON "DataReport"("projectId", "hash");

-- AddForeignKey
ALTER TABLE "DataReport" ADD CONSTRAINT "DataReport_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataSource" ADD CONSTRAINT "DataSource_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "DataReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
