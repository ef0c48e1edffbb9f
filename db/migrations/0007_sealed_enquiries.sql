CREATE TABLE "abuse_notes" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"received_on" date NOT NULL,
	"sealed_words" text,
	"settled_by" text,
	"settled_on" date,
	CONSTRAINT "abuse_notes_settled" CHECK (("abuse_notes"."settled_by" is null) = ("abuse_notes"."settled_on" is null))
);
--> statement-breakpoint
CREATE TABLE "daily_counts" (
	"subject" text NOT NULL,
	"day" date NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_counts_subject_day_pk" PRIMARY KEY("subject","day")
);
--> statement-breakpoint
CREATE TABLE "enquiries" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"token_hash" text NOT NULL,
	"therapist_id" text NOT NULL,
	"ciphertext" text NOT NULL,
	"expires_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enquiry_keys" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"therapist_id" text NOT NULL,
	"recipient" text NOT NULL,
	"wrapped_by_passphrase" text NOT NULL,
	"wrapped_by_recovery" text NOT NULL,
	"wrapped_by_passkey" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"active_from" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "enquiry_keys_recipient_unique" UNIQUE("recipient"),
	CONSTRAINT "enquiry_keys_not_backdated" CHECK ("enquiry_keys"."active_from" >= "enquiry_keys"."created_at")
);
--> statement-breakpoint
CREATE TABLE "replies" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"token_hash" text NOT NULL,
	"therapist_id" text,
	"ciphertext" text NOT NULL,
	"expires_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_proofs" (
	"digest" text PRIMARY KEY NOT NULL,
	"lapses_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_kind_known";--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "reply_token_hash" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "reply_recipient" text;--> statement-breakpoint
ALTER TABLE "abuse_notes" ADD CONSTRAINT "abuse_notes_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enquiries" ADD CONSTRAINT "enquiries_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enquiry_keys" ADD CONSTRAINT "enquiry_keys_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "abuse_notes_by_therapist" ON "abuse_notes" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "abuse_notes_by_day" ON "abuse_notes" USING btree ("received_on");--> statement-breakpoint
CREATE INDEX "daily_counts_by_day" ON "daily_counts" USING btree ("day");--> statement-breakpoint
CREATE INDEX "enquiries_by_therapist" ON "enquiries" USING btree ("therapist_id","expires_on");--> statement-breakpoint
CREATE INDEX "enquiries_by_token" ON "enquiries" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "enquiries_by_expiry" ON "enquiries" USING btree ("expires_on");--> statement-breakpoint
CREATE INDEX "enquiry_keys_by_therapist" ON "enquiry_keys" USING btree ("therapist_id","active_from");--> statement-breakpoint
CREATE INDEX "replies_by_token" ON "replies" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "replies_by_therapist" ON "replies" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "replies_by_expiry" ON "replies" USING btree ("expires_on");--> statement-breakpoint
CREATE INDEX "spent_proofs_by_lapse" ON "spent_proofs" USING btree ("lapses_at");--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_kind_known" CHECK ("mails"."kind" in ('sign-in', 'address-change-old', 'address-change-new', 'security-notice', 'confirm-openings', 'listing-hidden', 'expiry-reminder', 'submission-received', 'invitation', 'deletion-asked', 'questions-asked', 'decision-made', 'roles-changed', 'messages-waiting', 'message-key-changed'));--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_way_back_whole" CHECK (("reports"."reply_token_hash" is null) = ("reports"."reply_recipient" is null));