-- CreateIndex
CREATE INDEX "Initiative_state_eligible_id_idx" ON "Initiative"("state", "eligible" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_state_hot_id_idx" ON "Initiative"("state", "hot" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Initiative_state_id_idx" ON "Initiative"("state", "id" DESC);
