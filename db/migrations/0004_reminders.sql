CREATE TABLE "reminders" (
	"subject" text NOT NULL,
	"threshold" integer NOT NULL,
	"sent_on" date NOT NULL,
	CONSTRAINT "reminders_subject_threshold_pk" PRIMARY KEY("subject","threshold")
);
