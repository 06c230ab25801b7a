ALTER TABLE "identity" ADD COLUMN "home_opened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "issued_by" integer;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "preferred_platform" text;--> statement-breakpoint
ALTER TABLE "invite" ADD CONSTRAINT "invite_issued_by_person_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;