ALTER TABLE "evidence" DROP CONSTRAINT "evidence_kind";--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_kind" CHECK ("kind" in ('document', 'link', 'media', 'confirmation'));