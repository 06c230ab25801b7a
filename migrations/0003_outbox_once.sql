CREATE TABLE "outbox_once" (
	"dedupe" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
