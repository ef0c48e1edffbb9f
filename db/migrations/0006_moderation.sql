CREATE TABLE "role_changes" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"person_id" text NOT NULL,
	"roles" text[] NOT NULL,
	"state" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	CONSTRAINT "role_changes_state_known" CHECK ("role_changes"."state" in ('proposed', 'in-force', 'declined')),
	CONSTRAINT "role_changes_roles_known" CHECK ("role_changes"."roles" <@ array['therapist', 'moderator', 'lived-experience-reviewer', 'lead', 'auditor']::text[]),
	CONSTRAINT "role_changes_two_different_people" CHECK ("role_changes"."answered_by" <> "role_changes"."asked_by")
);
--> statement-breakpoint
CREATE TABLE "audit_chain" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL,
	"before" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_chain_eventId_unique" UNIQUE("event_id")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"kind" text NOT NULL,
	"revision_id" text,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"stopped_at" timestamp with time zone,
	"stopped_seconds" integer DEFAULT 0 NOT NULL,
	"due_on" date,
	"urgent" boolean DEFAULT false NOT NULL,
	"claimed_by" text,
	"claimed_until" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "cases_kind_known" CHECK ("cases"."kind" in ('expiring', 'complaint', 'discipline', 'recheck', 'submission', 'appeal')),
	CONSTRAINT "cases_outcome_known" CHECK ("cases"."outcome" in ('accepted', 'rejected', 'changes-requested', 'checked', 'no-change', 'hidden', 'suspended', 'restored', 'removed', 'upheld', 'overturned', 'withdrawn')),
	CONSTRAINT "cases_claim_whole" CHECK ("cases"."claimed_by" is null or "cases"."claimed_until" is not null),
	CONSTRAINT "cases_closed_with_outcome" CHECK (("cases"."closed_at" is null) = ("cases"."outcome" is null)),
	CONSTRAINT "cases_revision_of_submission" CHECK ("cases"."kind" = 'submission' or "cases"."revision_id" is null)
);
--> statement-breakpoint
CREATE TABLE "conflicts_of_interest" (
	"person_id" text NOT NULL,
	"therapist_id" text NOT NULL,
	"declared_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conflicts_of_interest_person_id_therapist_id_pk" PRIMARY KEY("person_id","therapist_id")
);
--> statement-breakpoint
CREATE TABLE "appeals" (
	"case_id" text PRIMARY KEY NOT NULL,
	"decision_id" text NOT NULL,
	"sealed_words" text NOT NULL,
	CONSTRAINT "appeals_decisionId_unique" UNIQUE("decision_id")
);
--> statement-breakpoint
CREATE TABLE "case_items" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"case_id" text NOT NULL,
	"check_id" text,
	"sealed_question" text NOT NULL,
	"asked_by" text,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sealed_answer" text,
	"answered_at" timestamp with time zone,
	CONSTRAINT "case_items_answer_dated" CHECK (("case_items"."sealed_answer" is null) = ("case_items"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "case_messages" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"case_id" text NOT NULL,
	"kind" text NOT NULL,
	"written_by" text,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sealed_body" text NOT NULL,
	CONSTRAINT "case_messages_kind_known" CHECK ("case_messages"."kind" in ('from-moderators', 'from-therapist', 'private-note'))
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"case_id" text NOT NULL,
	"subject" text NOT NULL,
	"check_id" text,
	"revision_id" text,
	"action" text NOT NULL,
	"code" text,
	"reason" text NOT NULL,
	"record" jsonb,
	"people" integer NOT NULL,
	"state" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	"in_force_at" timestamp with time zone,
	CONSTRAINT "decisions_subject_known" CHECK ("decisions"."subject" in ('check', 'revision', 'listing', 'appeal')),
	CONSTRAINT "decisions_action_known" CHECK ("decisions"."action" in ('verify', 'verify-with-conditions', 'unable-to-verify', 'reject', 'source-down', 'dispute', 'enter-in-error', 'accept', 'request-changes', 'refuse', 'hide', 'suspend', 'restore', 'remove', 'keep', 'uphold', 'overturn')),
	CONSTRAINT "decisions_code_known" CHECK ("decisions"."code" in ('source-match', 'name-mismatch', 'not-found', 'inactive', 'discipline-present', 'source-down', 'evidence-insufficient', 'conflict-of-interest')),
	CONSTRAINT "decisions_state_known" CHECK ("decisions"."state" in ('proposed', 'in-force', 'declined')),
	CONSTRAINT "decisions_one_or_two_people" CHECK ("decisions"."people" in (1, 2)),
	CONSTRAINT "decisions_two_different_people" CHECK ("decisions"."answered_by" <> "decisions"."proposed_by"),
	CONSTRAINT "decisions_in_force_by_enough" CHECK ("decisions"."state" <> 'in-force' or "decisions"."people" = 1 or "decisions"."answered_by" is not null),
	CONSTRAINT "decisions_in_force_dated" CHECK (("decisions"."state" = 'in-force') = ("decisions"."in_force_at" is not null)),
	CONSTRAINT "decisions_check_named" CHECK (("decisions"."subject" = 'check') = ("decisions"."check_id" is not null)),
	CONSTRAINT "decisions_revision_named" CHECK (("decisions"."subject" = 'revision') = ("decisions"."revision_id" is not null)),
	CONSTRAINT "decisions_reason_length" CHECK (char_length("decisions"."reason") <= 1000 and btrim("decisions"."reason") <> '')
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"sealed_reason" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lifted_by" text,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "legal_holds_lifted_whole" CHECK (("legal_holds"."lifted_by" is null) = ("legal_holds"."lifted_at" is null))
);
--> statement-breakpoint
CREATE TABLE "playbooks" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"edited_by" text,
	"edited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text,
	CONSTRAINT "playbooks_id_version_pk" PRIMARY KEY("id","version"),
	CONSTRAINT "playbooks_version_counts" CHECK ("playbooks"."version" >= 1),
	CONSTRAINT "playbooks_reason_length" CHECK (char_length("playbooks"."reason") <= 300 and btrim("playbooks"."reason") <> '')
);
--> statement-breakpoint
CREATE TABLE "register_findings" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"source_id" text NOT NULL,
	"check_id" text,
	"credential_id" text,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"strength" text NOT NULL,
	"source_as_of" date,
	"status_text" text,
	"facts" jsonb NOT NULL,
	"facts_hash" text NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"settled_by" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "register_findings_strength_known" CHECK ("register_findings"."strength" in ('number', 'name-and-birthdate', 'name')),
	CONSTRAINT "register_findings_state_known" CHECK ("register_findings"."state" in ('proposed', 'used', 'dismissed'))
);
--> statement-breakpoint
CREATE TABLE "register_rows" (
	"source_id" text NOT NULL,
	"row_hash" text NOT NULL,
	"keys" text[] NOT NULL,
	"fields" jsonb NOT NULL,
	"first_seen_on" date NOT NULL,
	"last_seen_on" date NOT NULL,
	CONSTRAINT "register_rows_source_id_row_hash_pk" PRIMARY KEY("source_id","row_hash"),
	CONSTRAINT "register_rows_order" CHECK ("register_rows"."last_seen_on" >= "register_rows"."first_seen_on")
);
--> statement-breakpoint
CREATE TABLE "register_sources" (
	"id" text PRIMARY KEY NOT NULL,
	"last_tried_at" timestamp with time zone,
	"last_good_at" timestamp with time zone,
	"last_error" text,
	"source_as_of" date,
	"rows" integer
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"case_id" text NOT NULL,
	"kind" text NOT NULL,
	"received_on" date NOT NULL,
	"sealed_words" text,
	"same_words" text NOT NULL,
	"upheld" boolean,
	CONSTRAINT "reports_kind_known" CHECK ("reports"."kind" in ('harm', 'not-who-they-say', 'privacy', 'wrong-facts', 'not-accepting'))
);
--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_kind_known";--> statement-breakpoint
ALTER TABLE "profile_revisions" DROP CONSTRAINT "profile_revisions_state_known";--> statement-breakpoint
ALTER TABLE "checks" ADD COLUMN "case_id" text;--> statement-breakpoint
ALTER TABLE "role_changes" ADD CONSTRAINT "role_changes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_claimed_by_people_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts_of_interest" ADD CONSTRAINT "conflicts_of_interest_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts_of_interest" ADD CONSTRAINT "conflicts_of_interest_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_items" ADD CONSTRAINT "case_items_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_items" ADD CONSTRAINT "case_items_check_id_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."checks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_items" ADD CONSTRAINT "case_items_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_messages" ADD CONSTRAINT "case_messages_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_messages" ADD CONSTRAINT "case_messages_written_by_people_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_check_id_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."checks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_revision_id_profile_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."profile_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_findings" ADD CONSTRAINT "register_findings_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_findings" ADD CONSTRAINT "register_findings_source_id_register_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."register_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_findings" ADD CONSTRAINT "register_findings_check_id_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."checks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_findings" ADD CONSTRAINT "register_findings_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_rows" ADD CONSTRAINT "register_rows_source_id_register_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."register_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "role_changes_one_open" ON "role_changes" USING btree ("person_id") WHERE "role_changes"."state" = 'proposed';--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_open" ON "cases" USING btree ("therapist_id","kind") WHERE "cases"."closed_at" is null and "cases"."kind" <> 'appeal';--> statement-breakpoint
CREATE INDEX "cases_open" ON "cases" USING btree ("kind","opened_at") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_by_therapist" ON "cases" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "cases_by_claimer" ON "cases" USING btree ("claimed_by") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "conflicts_of_interest_by_therapist" ON "conflicts_of_interest" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "case_items_by_case" ON "case_items" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "case_items_by_check" ON "case_items" USING btree ("check_id");--> statement-breakpoint
CREATE INDEX "case_messages_by_case" ON "case_messages" USING btree ("case_id","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_proposal_per_check" ON "decisions" USING btree ("check_id") WHERE "decisions"."state" = 'proposed';--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_proposal_per_case" ON "decisions" USING btree ("case_id") WHERE "decisions"."state" = 'proposed' and "decisions"."check_id" is null;--> statement-breakpoint
CREATE INDEX "decisions_by_therapist" ON "decisions" USING btree ("therapist_id","proposed_at");--> statement-breakpoint
CREATE INDEX "decisions_by_case" ON "decisions" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "legal_holds_one_open" ON "legal_holds" USING btree ("therapist_id") WHERE "legal_holds"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "register_findings_by_therapist" ON "register_findings" USING btree ("therapist_id","state");--> statement-breakpoint
CREATE INDEX "register_findings_by_check" ON "register_findings" USING btree ("check_id");--> statement-breakpoint
CREATE INDEX "register_findings_by_credential" ON "register_findings" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "register_rows_by_key" ON "register_rows" USING gin ("keys");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_once" ON "reports" USING btree ("same_words");--> statement-breakpoint
CREATE INDEX "reports_by_case" ON "reports" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "reports_by_day" ON "reports" USING btree ("received_on");--> statement-breakpoint
CREATE INDEX "reports_by_therapist" ON "reports" USING btree ("therapist_id");--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_by_verb" ON "audit_events" USING btree ("verb","at");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "checks_by_case" ON "checks" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "checks_by_training" ON "checks" USING btree ("training_id");--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_one_line" CHECK (coalesce("audit_events"."actor_id", '') || "audit_events"."verb" || "audit_events"."subject_kind" || "audit_events"."subject_id" !~ '[[:cntrl:]]');--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_kind_known" CHECK ("mails"."kind" in ('sign-in', 'address-change-old', 'address-change-new', 'security-notice', 'confirm-openings', 'listing-hidden', 'expiry-reminder', 'submission-received', 'invitation', 'deletion-asked', 'questions-asked', 'decision-made', 'roles-changed'));--> statement-breakpoint
ALTER TABLE "profile_revisions" ADD CONSTRAINT "profile_revisions_state_known" CHECK ("profile_revisions"."state" in ('draft', 'submitted', 'changes-requested', 'live', 'superseded', 'withdrawn', 'rejected'));--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_rejected_takes_two" CHECK ("checks"."state" <> 'rejected' or "checks"."second_reviewer_id" is not null);--> statement-breakpoint
INSERT INTO "cases" ("therapist_id", "kind", "revision_id", "opened_at")
SELECT r."therapist_id", 'submission', r."id", coalesce(r."submitted_at", r."created_at")
FROM "profile_revisions" r WHERE r."state" = 'submitted';--> statement-breakpoint
UPDATE "checks" SET "case_id" = c."id" FROM "cases" c
WHERE c."therapist_id" = "checks"."therapist_id" AND "checks"."state" IN ('attested', 'in-review', 'needs-info');--> statement-breakpoint
CREATE FUNCTION "chain_audit_event"(event "audit_events") RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  last_seq bigint := 0;
  last_hash text := repeat('0', 64);
BEGIN
  -- Only at commit, and nothing waits for anything else after it: writers queue and never cross.
  PERFORM pg_advisory_xact_lock(72671968);
  SELECT seq, hash INTO last_seq, last_hash FROM audit_chain ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND THEN
    last_seq := 0;
    last_hash := repeat('0', 64);
  END IF;
  INSERT INTO audit_chain (seq, event_id, before, hash) VALUES (
    last_seq + 1, event.id, last_hash,
    encode(sha256(convert_to(concat_ws(E'\n', last_hash, last_seq + 1, event.id,
      to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      coalesce(event.actor_id, ''), event.verb, event.subject_kind, event.subject_id,
      event.details::text), 'UTF8')), 'hex'));
END $$;--> statement-breakpoint
CREATE FUNCTION "chain_new_audit_event"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM chain_audit_event(NEW);
  RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE
  event audit_events;
BEGIN
  FOR event IN SELECT * FROM audit_events ORDER BY id LOOP
    PERFORM chain_audit_event(event);
  END LOOP;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_events_chained" AFTER INSERT ON "audit_events"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "chain_new_audit_event"();
