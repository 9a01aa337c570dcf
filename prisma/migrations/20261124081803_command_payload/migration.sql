-- AlterTable
ALTER TABLE "RunCommand" ADD COLUMN     "payload" JSONB;
