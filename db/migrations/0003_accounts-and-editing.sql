CREATE TABLE "address_changes" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"person_id" text NOT NULL,
	"new_email" text NOT NULL,
	"old_token_hash" text NOT NULL,
	"new_token_hash" text NOT NULL,
	"old_confirmed_at" timestamp with time zone,
	"new_confirmed_at" timestamp with time zone,
	"expires" timestamp with time zone NOT NULL,
	CONSTRAINT "address_changes_personId_unique" UNIQUE("person_id"),
	CONSTRAINT "address_changes_lower_case" CHECK ("address_changes"."new_email" = lower("address_changes"."new_email"))
);
--> statement-breakpoint
CREATE TABLE "failed_attempts" (
	"subject" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"person_id" text,
	"challenge" text NOT NULL,
	"expires" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" integer NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_name_length" CHECK (char_length("passkeys"."name") <= 60 and btrim("passkeys"."name") <> '')
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"person_id" text NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"second_factor_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "totp_secrets" (
	"person_id" text PRIMARY KEY NOT NULL,
	"sealed_secret" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" integer
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" text,
	"verb" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim_conflicts" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"credential_id" text NOT NULL,
	"other_credential_id" text NOT NULL,
	"noticed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "claim_conflicts_once" UNIQUE("credential_id","other_credential_id")
);
--> statement-breakpoint
CREATE TABLE "insurances" (
	"therapist_id" text PRIMARY KEY NOT NULL,
	"insurer" text NOT NULL,
	"expires_on" date NOT NULL,
	"claim_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "insurances_insurer_length" CHECK (char_length("insurances"."insurer") <= 120 and btrim("insurances"."insurer") <> '')
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"subject" text NOT NULL,
	"credential_id" text,
	"training_id" text,
	"sealed_name" text NOT NULL,
	"media_type" text NOT NULL,
	"byte_length" integer NOT NULL,
	"pages" integer,
	"sha256" text NOT NULL,
	"wrapped_key" text,
	"storage_ref" text NOT NULL,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delete_after" date,
	"destroyed_at" timestamp with time zone,
	CONSTRAINT "evidence_subject_known" CHECK ("evidence"."subject" in ('credential', 'training', 'insurance', 'identity')),
	CONSTRAINT "evidence_of_one_claim" CHECK (("evidence"."subject" = 'credential') = ("evidence"."credential_id" is not null)
        and ("evidence"."subject" = 'training') = ("evidence"."training_id" is not null)),
	CONSTRAINT "evidence_media_type" CHECK ("evidence"."media_type" in ('application/pdf', 'image/jpeg', 'image/png')),
	CONSTRAINT "evidence_size" CHECK ("evidence"."byte_length" between 1 and 20000000),
	CONSTRAINT "evidence_key_gone" CHECK (("evidence"."wrapped_key" is null) = ("evidence"."destroyed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"person_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp with time zone,
	CONSTRAINT "invitations_personId_unique" UNIQUE("person_id"),
	CONSTRAINT "invitations_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"person_id" text,
	"kind" text NOT NULL,
	"locale" text NOT NULL,
	"sealed_body" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"useless_after" timestamp with time zone,
	CONSTRAINT "mails_kind_known" CHECK ("mails"."kind" in ('sign-in', 'address-change-old', 'address-change-new', 'security-notice', 'confirm-openings', 'listing-hidden', 'expiry-reminder', 'submission-received', 'invitation', 'deletion-asked')),
	CONSTRAINT "mails_state_known" CHECK ("mails"."state" in ('waiting', 'sent', 'failed')),
	CONSTRAINT "mails_locale_known" CHECK ("mails"."locale" in ('en', 'es')),
	CONSTRAINT "mails_sent_is_empty" CHECK (("mails"."state" = 'sent') = ("mails"."sealed_body" is null))
);
--> statement-breakpoint
CREATE TABLE "never_contact" (
	"address_hash" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "photos" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revision_topics" (
	"revision_id" text NOT NULL,
	"topic" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "revision_topics_revision_id_topic_pk" PRIMARY KEY("revision_id","topic"),
	CONSTRAINT "revision_topics_known" CHECK ("revision_topics"."topic" in ('basics', 'place', 'licences', 'trainings', 'practice', 'disclosure', 'fees', 'about', 'contact'))
);
--> statement-breakpoint
ALTER TABLE "therapists" DROP CONSTRAINT "therapists_person_id_people_id_fk";
--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "name" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "roles" SET DEFAULT '{therapist}';--> statement-breakpoint
ALTER TABLE "profile_revisions" ALTER COLUMN "display_name" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "profile_revisions" ALTER COLUMN "headline" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "profile_revisions" ALTER COLUMN "approach" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "profile_revisions" ALTER COLUMN "about" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "email_verified" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "locale" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "deletion_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "supervisor_number" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "stage" text DEFAULT 'current' NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "replaces_id" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "retire_proposed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "finished_on" date;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "topics" text;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "stage" text DEFAULT 'current' NOT NULL;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "replaces_id" text;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "retire_proposed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD COLUMN "photo_id" text;--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD COLUMN "submitted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "consented_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "sealed_legal_name" text;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "confirmation_round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "reminded_on" date;--> statement-breakpoint
ALTER TABLE "address_changes" ADD CONSTRAINT "address_changes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_people_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_secrets" ADD CONSTRAINT "totp_secrets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_conflicts" ADD CONSTRAINT "claim_conflicts_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_conflicts" ADD CONSTRAINT "claim_conflicts_other_credential_id_credentials_id_fk" FOREIGN KEY ("other_credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "insurances" ADD CONSTRAINT "insurances_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_training_id_trainings_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."trainings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision_topics" ADD CONSTRAINT "revision_topics_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passkey_challenges_by_expiry" ON "passkey_challenges" USING btree ("expires");--> statement-breakpoint
CREATE INDEX "passkeys_by_person" ON "passkeys" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_by_person" ON "recovery_codes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_by_person" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_by_expiry" ON "sessions" USING btree ("expires");--> statement-breakpoint
CREATE INDEX "verification_tokens_by_expiry" ON "verification_tokens" USING btree ("expires");--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "audit_events" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "evidence_by_therapist" ON "evidence" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "evidence_by_credential" ON "evidence" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "evidence_by_training" ON "evidence" USING btree ("training_id");--> statement-breakpoint
CREATE INDEX "mails_by_state" ON "mails" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "mails_by_person" ON "mails" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "photos_by_therapist" ON "photos" USING btree ("therapist_id");--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_replaces" FOREIGN KEY ("replaces_id") REFERENCES "public"."credentials"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_replaces" FOREIGN KEY ("replaces_id") REFERENCES "public"."trainings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD CONSTRAINT "profile_revisions_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapists" ADD CONSTRAINT "therapists_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_by_deletion" ON "people" USING btree ("deletion_asked_at") WHERE "people"."deletion_asked_at" is not null;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_locale_known" CHECK ("people"."locale" in ('en', 'es'));--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_stage_known" CHECK ("credentials"."stage" in ('proposed', 'current', 'retired'));--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_supervisor_name_length" CHECK (char_length("credentials"."supervisor_name") <= 120 and btrim("credentials"."supervisor_name") <> '');--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_supervisor_number_length" CHECK (char_length("credentials"."supervisor_number") <= 60 and btrim("credentials"."supervisor_number") <> '');--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_stage_known" CHECK ("trainings"."stage" in ('proposed', 'current', 'retired'));--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_topics_length" CHECK (char_length("trainings"."topics") <= 300 and btrim("trainings"."topics") <> '');--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_finished_in_year" CHECK (extract(year from "trainings"."finished_on") = "trainings"."year");--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD CONSTRAINT "profile_revisions_whole_when_sent" CHECK ("profile_revisions"."state" in ('draft', 'changes-requested', 'withdrawn')
        or num_nulls("profile_revisions"."display_name", "profile_revisions"."headline", "profile_revisions"."approach", "profile_revisions"."about") = 0);--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD CONSTRAINT "profile_revisions_pronouns_length" CHECK (char_length("profile_revisions"."pronouns") <= 60 and btrim("profile_revisions"."pronouns") <> '');--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD CONSTRAINT "profile_revisions_register_name_note_length" CHECK (char_length("profile_revisions"."register_name_note") <= 200 and btrim("profile_revisions"."register_name_note") <> '');