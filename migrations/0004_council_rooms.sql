ALTER TABLE "chat_room" ADD COLUMN "purpose" text DEFAULT 'unit' NOT NULL;--> statement-breakpoint
ALTER TABLE "chat_room" ADD CONSTRAINT "chat_room_purpose" CHECK ("purpose" in ('unit', 'council'));--> statement-breakpoint
ALTER TABLE "chat_room" ADD CONSTRAINT "chat_room_one_purpose" CHECK ("chat_room"."purpose" = 'unit' or "chat_room"."unit_id" is null);