CREATE TABLE "people" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"persona" text,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_persona_unique" UNIQUE("persona"),
	CONSTRAINT "people_email_unique" UNIQUE("email"),
	CONSTRAINT "people_roles_known" CHECK ("people"."roles" <@ array['therapist', 'moderator', 'lived-experience-reviewer', 'lead', 'auditor']::text[]),
	CONSTRAINT "people_email_lower_case" CHECK ("people"."email" = lower("people"."email"))
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"type_id" text NOT NULL,
	"jurisdiction" text,
	"basis" text DEFAULT 'own' NOT NULL,
	"compact_id" text,
	"letters" text NOT NULL,
	"number" text NOT NULL,
	"expires_on" date,
	"supervised" boolean DEFAULT false NOT NULL,
	"supervisor_name" text,
	"claim_version" integer DEFAULT 1 NOT NULL,
	"withdrawn_on" date,
	CONSTRAINT "credentials_basis_known" CHECK ("credentials"."basis" in ('own', 'compact-privilege')),
	CONSTRAINT "credentials_compact_named" CHECK (("credentials"."basis" = 'compact-privilege') = ("credentials"."compact_id" is not null)),
	CONSTRAINT "credentials_supervisor_named" CHECK (not "credentials"."supervised" or "credentials"."supervisor_name" is not null),
	CONSTRAINT "credentials_letters_length" CHECK (char_length("credentials"."letters") <= 60 and btrim("credentials"."letters") <> ''),
	CONSTRAINT "credentials_number_length" CHECK (char_length("credentials"."number") <= 60 and btrim("credentials"."number") <> '')
);
--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"catalogue_id" text,
	"kind" text NOT NULL,
	"provider" text NOT NULL,
	"title" text NOT NULL,
	"hours" integer,
	"year" integer NOT NULL,
	"worker_led" text NOT NULL,
	"evidence" text DEFAULT 'none' NOT NULL,
	"expires_on" date,
	"claim_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "trainings_worker_led_known" CHECK ("trainings"."worker_led" in ('yes', 'no', 'unknown')),
	CONSTRAINT "trainings_evidence_known" CHECK ("trainings"."evidence" in ('none', 'provided', 'seen', 'confirmed-by-provider')),
	CONSTRAINT "trainings_provider_length" CHECK (char_length("trainings"."provider") <= 200 and btrim("trainings"."provider") <> ''),
	CONSTRAINT "trainings_title_length" CHECK (char_length("trainings"."title") <= 200 and btrim("trainings"."title") <> ''),
	CONSTRAINT "trainings_hours_range" CHECK ("trainings"."hours" between 1 and 5000),
	CONSTRAINT "trainings_year_range" CHECK ("trainings"."year" between 1950 and 2100)
);
--> statement-breakpoint
CREATE TABLE "directory_version" (
	"only" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "directory_version_one_row" CHECK ("directory_version"."only" = 1)
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_ways" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"revision_id" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"note" text,
	CONSTRAINT "contact_ways_kind_known" CHECK ("contact_ways"."kind" in ('email', 'phone', 'text', 'website', 'booking', 'signal')),
	CONSTRAINT "contact_ways_value_length" CHECK (char_length("contact_ways"."value") <= 300 and btrim("contact_ways"."value") <> ''),
	CONSTRAINT "contact_ways_note_length" CHECK (char_length("contact_ways"."note") <= 200 and btrim("contact_ways"."note") <> '')
);
--> statement-breakpoint
CREATE TABLE "disclosure_cards" (
	"revision_id" text PRIMARY KEY NOT NULL,
	"reporting" text,
	"notes" text,
	"diagnosis" text,
	"legal_name" text,
	"billing_words" text,
	"subpoenas" text,
	CONSTRAINT "disclosure_cards_reporting_length" CHECK (char_length("disclosure_cards"."reporting") <= 600 and btrim("disclosure_cards"."reporting") <> ''),
	CONSTRAINT "disclosure_cards_notes_length" CHECK (char_length("disclosure_cards"."notes") <= 600 and btrim("disclosure_cards"."notes") <> ''),
	CONSTRAINT "disclosure_cards_diagnosis_length" CHECK (char_length("disclosure_cards"."diagnosis") <= 600 and btrim("disclosure_cards"."diagnosis") <> ''),
	CONSTRAINT "disclosure_cards_legalname_length" CHECK (char_length("disclosure_cards"."legal_name") <= 600 and btrim("disclosure_cards"."legal_name") <> ''),
	CONSTRAINT "disclosure_cards_billingwords_length" CHECK (char_length("disclosure_cards"."billing_words") <= 600 and btrim("disclosure_cards"."billing_words") <> ''),
	CONSTRAINT "disclosure_cards_subpoenas_length" CHECK (char_length("disclosure_cards"."subpoenas") <= 600 and btrim("disclosure_cards"."subpoenas") <> '')
);
--> statement-breakpoint
CREATE TABLE "practice_locations" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"revision_id" text NOT NULL,
	"precision" text NOT NULL,
	"region" text NOT NULL,
	"city" text NOT NULL,
	"postcode" text,
	"address" text,
	"lat" double precision NOT NULL,
	"lon" double precision NOT NULL,
	CONSTRAINT "practice_locations_precision_known" CHECK ("practice_locations"."precision" in ('exact', 'area', 'city')),
	CONSTRAINT "practice_locations_lat" CHECK ("practice_locations"."lat" between -90 and 90),
	CONSTRAINT "practice_locations_lon" CHECK ("practice_locations"."lon" between -180 and 180),
	CONSTRAINT "practice_locations_hides_address" CHECK (case "practice_locations"."precision"
        when 'exact' then "practice_locations"."address" is not null
        when 'area' then "practice_locations"."address" is null
        else "practice_locations"."address" is null and "practice_locations"."postcode" is null end)
);
--> statement-breakpoint
CREATE TABLE "practice_statements" (
	"revision_id" text NOT NULL,
	"kind" text DEFAULT 'statement' NOT NULL,
	"statement_id" text NOT NULL,
	"answer" text NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "practice_statements_revision_id_statement_id_pk" PRIMARY KEY("revision_id","statement_id"),
	CONSTRAINT "practice_statements_kind" CHECK ("practice_statements"."kind" = 'statement'),
	CONSTRAINT "practice_statements_answer_known" CHECK ("practice_statements"."answer" in ('yes', 'in-progress', 'no')),
	CONSTRAINT "practice_statements_words_length" CHECK (char_length("practice_statements"."words") between 20 and 300)
);
--> statement-breakpoint
CREATE TABLE "profile_revisions" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"number" integer NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"display_name" text NOT NULL,
	"register_name_note" text,
	"pronouns" text,
	"text_locale" text DEFAULT 'en' NOT NULL,
	"headline" text NOT NULL,
	"approach" text NOT NULL,
	"about" text NOT NULL,
	"fee_min" integer,
	"fee_max" integer,
	"fee_currency" text,
	"fee_minutes" integer,
	"sliding_min" integer,
	"sliding_places_open" boolean,
	"published_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profile_revisions_state_known" CHECK ("profile_revisions"."state" in ('draft', 'submitted', 'changes-requested', 'live', 'superseded', 'withdrawn')),
	CONSTRAINT "profile_revisions_text_locale_known" CHECK ("profile_revisions"."text_locale" in ('en', 'es')),
	CONSTRAINT "profile_revisions_display_name_length" CHECK (char_length("profile_revisions"."display_name") <= 120 and btrim("profile_revisions"."display_name") <> ''),
	CONSTRAINT "profile_revisions_headline_length" CHECK (char_length("profile_revisions"."headline") <= 200 and btrim("profile_revisions"."headline") <> ''),
	CONSTRAINT "profile_revisions_approach_length" CHECK (char_length("profile_revisions"."approach") <= 4000 and btrim("profile_revisions"."approach") <> ''),
	CONSTRAINT "profile_revisions_about_length" CHECK (char_length("profile_revisions"."about") <= 4000 and btrim("profile_revisions"."about") <> ''),
	CONSTRAINT "profile_revisions_fee_range" CHECK ("profile_revisions"."fee_min" >= 0 and "profile_revisions"."fee_max" >= "profile_revisions"."fee_min"),
	CONSTRAINT "profile_revisions_sliding_below_fee" CHECK ("profile_revisions"."sliding_min" between 0 and "profile_revisions"."fee_min"),
	CONSTRAINT "profile_revisions_fee_whole" CHECK (num_nonnulls("profile_revisions"."fee_min", "profile_revisions"."fee_max", "profile_revisions"."fee_currency", "profile_revisions"."fee_minutes") in (0, 4)),
	CONSTRAINT "profile_revisions_currency_iso" CHECK ("profile_revisions"."fee_currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "profile_revisions_live_dated" CHECK ("profile_revisions"."state" <> 'live' or "profile_revisions"."published_on" is not null)
);
--> statement-breakpoint
CREATE TABLE "revision_terms" (
	"revision_id" text NOT NULL,
	"kind" text NOT NULL,
	"term_id" text NOT NULL,
	"level" text,
	"detail" text,
	CONSTRAINT "revision_terms_revision_id_kind_term_id_pk" PRIMARY KEY("revision_id","kind","term_id"),
	CONSTRAINT "revision_terms_kind_chosen" CHECK ("revision_terms"."kind" not in ('training', 'statement')),
	CONSTRAINT "revision_terms_detail_length" CHECK (char_length("revision_terms"."detail") <= 200 and btrim("revision_terms"."detail") <> '')
);
--> statement-breakpoint
CREATE TABLE "therapists" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"person_id" text NOT NULL,
	"slug" text NOT NULL,
	"listing_state" text DEFAULT 'draft' NOT NULL,
	"search_engines" boolean DEFAULT false NOT NULL,
	"accepting" boolean DEFAULT false NOT NULL,
	"next_opening" date,
	"confirmed_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "therapists_personId_unique" UNIQUE("person_id"),
	CONSTRAINT "therapists_slug_unique" UNIQUE("slug"),
	CONSTRAINT "therapists_listing_state_known" CHECK ("therapists"."listing_state" in ('draft', 'pending', 'listed', 'paused', 'suspended', 'removed')),
	CONSTRAINT "therapists_slug_shape" CHECK ("therapists"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "credential_types" (
	"id" text PRIMARY KEY NOT NULL,
	"issuer_kind" text NOT NULL,
	CONSTRAINT "credential_types_issuer_kind_known" CHECK ("credential_types"."issuer_kind" in ('statutory-licence', 'statutory-registration', 'accredited-register', 'professional-association', 'supervised-pre-licence', 'certification', 'varies'))
);
--> statement-breakpoint
CREATE TABLE "jurisdictions" (
	"code" text PRIMARY KEY NOT NULL,
	"country" text NOT NULL,
	CONSTRAINT "jurisdictions_code_of_country" CHECK ("jurisdictions"."code" like "jurisdictions"."country" || '-%')
);
--> statement-breakpoint
CREATE TABLE "reference_terms" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	CONSTRAINT "reference_terms_kind_id_pk" PRIMARY KEY("kind","id"),
	CONSTRAINT "reference_terms_kind_known" CHECK ("reference_terms"."kind" in ('modality', 'concern', 'work', 'language', 'identity', 'fee', 'access', 'format', 'arrangement', 'training', 'statement'))
);
--> statement-breakpoint
CREATE TABLE "checks" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"track" text NOT NULL,
	"claim_type" text NOT NULL,
	"credential_id" text,
	"training_id" text,
	"claim" jsonb NOT NULL,
	"claim_version" integer DEFAULT 1 NOT NULL,
	"jurisdiction" text,
	"authority" text,
	"source_type" text NOT NULL,
	"source_url" text,
	"method" text NOT NULL,
	"source_as_of" date,
	"source_status" text,
	"state" text NOT NULL,
	"decision_code" text,
	"conditions" text,
	"public_note" text,
	"private_note" text,
	"issued_on" date,
	"expires_on" date,
	"checked_on" date,
	"valid_until" date,
	"next_check_on" date,
	"evidence_hash" text,
	"evidence_ref" text,
	"evidence_delete_after" date,
	"checker_id" text,
	"second_reviewer_id" text,
	"conflict_declared" boolean DEFAULT false NOT NULL,
	"supersedes_id" text,
	CONSTRAINT "checks_track_known" CHECK ("checks"."track" in ('identity', 'right-to-practise', 'safety', 'affirming-practice')),
	CONSTRAINT "checks_claim_type_known" CHECK ("checks"."claim_type" in ('identity', 'credential', 'discipline', 'exclusion', 'insurance', 'supervision', 'training', 'practice-statements')),
	CONSTRAINT "checks_source_type_known" CHECK ("checks"."source_type" in ('primary', 'delegated', 'document', 'self')),
	CONSTRAINT "checks_method_known" CHECK ("checks"."method" in ('manual', 'api', 'file', 'call-back')),
	CONSTRAINT "checks_state_known" CHECK ("checks"."state" in ('attested', 'in-review', 'needs-info', 'verified', 'verified-with-conditions', 'unable-to-verify', 'rejected', 'withdrawn', 'disputed', 'entered-in-error')),
	CONSTRAINT "checks_decision_code_known" CHECK ("checks"."decision_code" in ('source-match', 'name-mismatch', 'not-found', 'inactive', 'discipline-present', 'source-down', 'evidence-insufficient', 'conflict-of-interest')),
	CONSTRAINT "checks_two_different_people" CHECK ("checks"."second_reviewer_id" <> "checks"."checker_id"),
	CONSTRAINT "checks_verified_is_dated_and_signed" CHECK ("checks"."state" not in ('verified', 'verified-with-conditions')
        or num_nulls("checks"."checked_on", "checks"."valid_until", "checks"."checker_id", "checks"."authority") = 0),
	CONSTRAINT "checks_source_down_decides_nothing" CHECK ("checks"."decision_code" <> 'source-down' or "checks"."state" in ('in-review', 'needs-info')),
	CONSTRAINT "checks_affirming_takes_two" CHECK (not ("checks"."track" = 'affirming-practice' and "checks"."state" in ('verified', 'verified-with-conditions'))
        or "checks"."second_reviewer_id" is not null),
	CONSTRAINT "checks_credential_claim" CHECK ("checks"."claim_type" <> 'credential' or "checks"."credential_id" is not null),
	CONSTRAINT "checks_training_claim" CHECK ("checks"."claim_type" <> 'training' or "checks"."training_id" is not null),
	CONSTRAINT "checks_public_note_length" CHECK (char_length("checks"."public_note") <= 600 and btrim("checks"."public_note") <> '')
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_type_id_credential_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."credential_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_jurisdiction_jurisdictions_code_fk" FOREIGN KEY ("jurisdiction") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_ways" ADD CONSTRAINT "contact_ways_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosure_cards" ADD CONSTRAINT "disclosure_cards_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_locations" ADD CONSTRAINT "practice_locations_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_locations" ADD CONSTRAINT "practice_locations_region_jurisdictions_code_fk" FOREIGN KEY ("region") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_statements" ADD CONSTRAINT "practice_statements_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_statements" ADD CONSTRAINT "practice_statements_kind_statement_id_reference_terms_kind_id_fk" FOREIGN KEY ("kind","statement_id") REFERENCES "public"."reference_terms"("kind","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD CONSTRAINT "profile_revisions_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision_terms" ADD CONSTRAINT "revision_terms_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision_terms" ADD CONSTRAINT "revision_terms_kind_term_id_reference_terms_kind_id_fk" FOREIGN KEY ("kind","term_id") REFERENCES "public"."reference_terms"("kind","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapists" ADD CONSTRAINT "therapists_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_training_id_trainings_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."trainings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_jurisdiction_jurisdictions_code_fk" FOREIGN KEY ("jurisdiction") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_checker_id_people_id_fk" FOREIGN KEY ("checker_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_second_reviewer_id_people_id_fk" FOREIGN KEY ("second_reviewer_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_supersedes_id_checks_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."checks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credentials_by_therapist" ON "credentials" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "credentials_by_number" ON "credentials" USING btree ("type_id","number");--> statement-breakpoint
CREATE INDEX "trainings_by_therapist" ON "trainings" USING btree ("therapist_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_ways_order" ON "contact_ways" USING btree ("revision_id","position");--> statement-breakpoint
CREATE INDEX "practice_locations_by_revision" ON "practice_locations" USING btree ("revision_id");--> statement-breakpoint
CREATE UNIQUE INDEX "profile_revisions_number" ON "profile_revisions" USING btree ("therapist_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "profile_revisions_one_live" ON "profile_revisions" USING btree ("therapist_id") WHERE "profile_revisions"."state" = 'live';--> statement-breakpoint
CREATE UNIQUE INDEX "profile_revisions_one_open" ON "profile_revisions" USING btree ("therapist_id") WHERE "profile_revisions"."state" in ('draft', 'submitted', 'changes-requested');--> statement-breakpoint
CREATE INDEX "revision_terms_by_term" ON "revision_terms" USING btree ("kind","term_id");--> statement-breakpoint
CREATE INDEX "therapists_listed" ON "therapists" USING btree ("confirmed_on") WHERE "therapists"."listing_state" = 'listed';--> statement-breakpoint
CREATE INDEX "checks_by_therapist" ON "checks" USING btree ("therapist_id","track");--> statement-breakpoint
CREATE INDEX "checks_by_credential" ON "checks" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "checks_by_superseded" ON "checks" USING btree ("supersedes_id");--> statement-breakpoint
CREATE INDEX "checks_by_expiry" ON "checks" USING btree ("valid_until");