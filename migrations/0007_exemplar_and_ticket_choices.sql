ALTER TABLE "exemplar" DROP CONSTRAINT "exemplar_consent";--> statement-breakpoint
ALTER TABLE "exemplar" ADD COLUMN "consented_by" integer;--> statement-breakpoint
ALTER TABLE "exemplar" ADD COLUMN "evidence" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "about" text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "exemplar" ADD CONSTRAINT "exemplar_consented_by_person_id_fk" FOREIGN KEY ("consented_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemplar" ADD CONSTRAINT "exemplar_consent" CHECK ("exemplar"."status" not in ('consented', 'approved') or ("exemplar"."consented_at" is not null and "exemplar"."consented_by" is not null));--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_about" CHECK ("about" in ('unit', 'system', 'other'));--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_about_unit" CHECK (("ticket"."about" = 'unit') = ("ticket"."about_unit_id" is not null));