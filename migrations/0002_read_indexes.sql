CREATE INDEX "evidence_same" ON "evidence" USING hash (lower(regexp_replace("text", '\s+', '', 'g')));--> statement-breakpoint
CREATE INDEX "outbox_subject" ON "outbox" USING btree ("subject") WHERE "outbox"."subject" is not null;--> statement-breakpoint
CREATE INDEX "report_item_day" ON "report" USING btree ("item","done_on");