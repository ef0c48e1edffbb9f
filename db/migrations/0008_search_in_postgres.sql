-- Words are compared small and without accents; no endings are cut off, since the directory is in
-- several languages at once.
CREATE EXTENSION IF NOT EXISTS "unaccent" WITH SCHEMA "public";
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION "public"."directory_words" (COPY = pg_catalog.simple);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION "public"."directory_words"
  ALTER MAPPING FOR word, numword, hword, hword_part, numhword, hword_numpart
  WITH "public"."unaccent", pg_catalog.simple;
--> statement-breakpoint
CREATE TABLE "directory_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"therapist_id" text NOT NULL,
	"main" boolean NOT NULL,
	"card" jsonb NOT NULL,
	"terms" text[] NOT NULL,
	"reach" "int8multirange" NOT NULL,
	"lat" double precision,
	"lon" double precision,
	"visible_until" integer NOT NULL,
	"accepting_until" integer NOT NULL,
	"confirmed" integer NOT NULL,
	"shuffle" bigint NOT NULL,
	"plain_text" text NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (to_tsvector('public.directory_words'::regconfig, plain_text)) STORED
);
--> statement-breakpoint
ALTER TABLE "directory_entries" ADD CONSTRAINT "directory_entries_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "directory_entries_by_therapist" ON "directory_entries" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "directory_entries_by_term" ON "directory_entries" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "directory_entries_by_word" ON "directory_entries" USING gin ("words");--> statement-breakpoint
CREATE INDEX "directory_entries_by_latitude" ON "directory_entries" USING btree ("lat") WHERE "directory_entries"."lat" is not null;--> statement-breakpoint
CREATE INDEX "therapists_taken_down" ON "therapists" USING btree ("id") WHERE "therapists"."listing_state" in ('paused', 'suspended', 'removed');