-- AlterTable
ALTER TABLE "MetricSeries" DROP COLUMN "latestStep",
DROP COLUMN "latestValue",
ADD COLUMN     "lastTime" DOUBLE PRECISION,
ADD COLUMN     "lastValue" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "MetricChunk" DROP COLUMN "count",
DROP COLUMN "firstStep",
DROP COLUMN "lastStep";

-- Packed numbers do not compress, so Postgres should not try, and slices of them are then read without the rest.
ALTER TABLE "MetricChunk" ALTER COLUMN "payload" SET STORAGE EXTERNAL;
ALTER TABLE "MetricPage" ALTER COLUMN "nodes" SET STORAGE EXTERNAL;
ALTER TABLE "RunMessage" ALTER COLUMN "payload" SET STORAGE EXTERNAL;
