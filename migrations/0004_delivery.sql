DROP TABLE "replica" CASCADE;--> statement-breakpoint
ALTER TABLE "lane" DROP COLUMN "arrival_at";--> statement-breakpoint
ALTER TABLE "bucket" ADD COLUMN "slowdown" double precision DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "lane" ADD COLUMN "open_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "uncertain" integer DEFAULT 0 NOT NULL;