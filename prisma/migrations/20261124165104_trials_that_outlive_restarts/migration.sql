-- AlterTable
ALTER TABLE "InitiativeTrial" ADD COLUMN     "commandIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "looks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "startedById" TEXT,
ADD COLUMN     "undoIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- What has been sent already is its trial's first command.
UPDATE "InitiativeTrial" SET
  "commandIds" = CASE WHEN "commandId" IS NULL THEN '{}' ELSE ARRAY["commandId"] END,
  "undoIds" = CASE WHEN "undoCommandId" IS NULL THEN '{}' ELSE ARRAY["undoCommandId"] END,
  "version" = (SELECT initiative."version" FROM "Initiative" initiative WHERE initiative."id" = "initiativeId");
