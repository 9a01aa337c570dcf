-- CreateTable
CREATE TABLE "Showcase" (
    "id" SERIAL NOT NULL,
    "authorId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "usesId" TEXT,
    "usesName" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "imageSha256" TEXT,
    "imageWidth" INTEGER,
    "imageHeight" INTEGER,
    "hearts" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'visible',
    "featuredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Showcase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShowcaseStage" (
    "id" SERIAL NOT NULL,
    "showcaseId" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShowcaseStage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShowcaseLink" (
    "showcaseId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'unchecked',
    "answer" TEXT NOT NULL DEFAULT '',
    "failures" INTEGER NOT NULL DEFAULT 0,
    "checkedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ShowcaseLink_pkey" PRIMARY KEY ("showcaseId","kind")
);

-- CreateTable
CREATE TABLE "ShowcaseHeart" (
    "showcaseId" INTEGER NOT NULL,
    "memberId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShowcaseHeart_pkey" PRIMARY KEY ("showcaseId","memberId")
);

-- CreateTable
CREATE TABLE "ShowcaseCollection" (
    "month" TEXT NOT NULL,
    "frozenAt" TIMESTAMPTZ(3),

    CONSTRAINT "ShowcaseCollection_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "ShowcasePick" (
    "month" TEXT NOT NULL,
    "showcaseId" INTEGER NOT NULL,
    "curatorId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "conflict" TEXT,
    "hearts" INTEGER NOT NULL DEFAULT 0,
    "place" INTEGER NOT NULL DEFAULT 0,
    "stage" TEXT NOT NULL DEFAULT '',
    "pickedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShowcasePick_pkey" PRIMARY KEY ("month","showcaseId")
);

-- CreateTable
CREATE TABLE "SupportOffer" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "thanksName" TEXT,
    "memberId" TEXT,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'new',
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SupportOffer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SupportThanks" (
    "number" SERIAL NOT NULL,
    "offerId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "what" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SupportThanks_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "SiteText" (
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SiteText_pkey" PRIMARY KEY ("name","locale")
);

-- CreateIndex
CREATE INDEX "Showcase_state_createdAt_idx" ON "Showcase"("state", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Showcase_state_hearts_idx" ON "Showcase"("state", "hearts" DESC);

-- CreateIndex
CREATE INDEX "Showcase_authorId_id_idx" ON "Showcase"("authorId", "id" DESC);

-- CreateIndex
CREATE INDEX "ShowcaseStage_showcaseId_id_idx" ON "ShowcaseStage"("showcaseId", "id");

-- CreateIndex
CREATE INDEX "ShowcaseLink_checkedAt_idx" ON "ShowcaseLink"("checkedAt");

-- CreateIndex
CREATE INDEX "ShowcaseHeart_createdAt_idx" ON "ShowcaseHeart"("createdAt");

-- CreateIndex
CREATE INDEX "SupportOffer_state_createdAt_idx" ON "SupportOffer"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "SupportThanks_offerId_key" ON "SupportThanks"("offerId");

-- AddForeignKey
ALTER TABLE "ShowcaseStage" ADD CONSTRAINT "ShowcaseStage_showcaseId_fkey" FOREIGN KEY ("showcaseId") REFERENCES "Showcase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShowcaseLink" ADD CONSTRAINT "ShowcaseLink_showcaseId_fkey" FOREIGN KEY ("showcaseId") REFERENCES "Showcase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShowcaseHeart" ADD CONSTRAINT "ShowcaseHeart_showcaseId_fkey" FOREIGN KEY ("showcaseId") REFERENCES "Showcase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShowcasePick" ADD CONSTRAINT "ShowcasePick_month_fkey" FOREIGN KEY ("month") REFERENCES "ShowcaseCollection"("month") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShowcasePick" ADD CONSTRAINT "ShowcasePick_showcaseId_fkey" FOREIGN KEY ("showcaseId") REFERENCES "Showcase"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupportThanks" ADD CONSTRAINT "SupportThanks_offerId_fkey" FOREIGN KEY ("offerId") REFERENCES "SupportOffer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "Showcase" add constraint showcase_author foreign key ("authorId") references "Member" (id),
  add constraint showcase_stage_known check (stage in ('idea', 'prototype', 'code', 'finished')),
  add constraint showcase_state_known check (state in ('visible', 'withdrawn', 'hidden'));
alter table "ShowcaseHeart" add constraint showcase_heart_member foreign key ("memberId") references "Member" (id);
alter table "ShowcasePick" add constraint showcase_pick_curator foreign key ("curatorId") references "Member" (id);
alter table "SupportOffer" add constraint support_offer_member foreign key ("memberId") references "Member" (id),
  add constraint support_offer_kind_known check (kind in ('compute', 'data', 'funds', 'cooperation', 'other')),
  add constraint support_offer_state_known check (state in ('new', 'answered', 'accepted', 'declined', 'closed'));

-- A frozen collection and its picks stay as they are.
create function showcase_keep_frozen() returns trigger language plpgsql as $$
declare named text := coalesce(old.month, new.month);
begin
  if tg_table_name = 'ShowcaseCollection' then
    if old."frozenAt" is not null then
      raise exception 'The collection of % is frozen.', named using constraint = 'showcase_collection_frozen';
    end if;
  elsif exists (select 1 from "ShowcaseCollection" c where c.month = named and c."frozenAt" is not null) then
    raise exception 'The collection of % is frozen.', named using constraint = 'showcase_collection_frozen';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger showcase_collection_frozen before update or delete on "ShowcaseCollection"
  for each row execute function showcase_keep_frozen();
create trigger showcase_pick_frozen before insert or update or delete on "ShowcasePick"
  for each row execute function showcase_keep_frozen();
