-- AlterTable
ALTER TABLE "AlertSubscription" ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'en';

-- An event that is new becomes one delivery per subscriber and channel, in the transaction that stores it. Told again
-- (a note that was edited) it is an update, and the unique key keeps whatever else repeats it from being told twice.
CREATE FUNCTION tell_alert_subscribers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "AlertDelivery" (id, "subscriptionId", "eventId", kind, channel, "nextTryAt")
  SELECT 'dlv_' || replace(gen_random_uuid()::text, '-', ''), s.id, e.id, e.kind, c.channel, now()
  FROM fresh e
  JOIN "AlertSubscription" s ON s."runId" = e."runId" AND e.kind = ANY (s.kinds) AND e."createdAt" >= s.since
  JOIN "Member" m ON m.id = s."memberId" AND m."deletedAt" IS NULL
  CROSS JOIN LATERAL (VALUES ('app', s."inApp"), ('mail', s.mail), ('webhook', s.webhook IS NOT NULL)) AS c(channel, wanted)
  WHERE c.wanted
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    PERFORM pg_notify('alert_delivery', '');
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER tell_alert_subscribers AFTER INSERT ON "RunEvent"
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tell_alert_subscribers();
