CREATE TABLE "earlier_keys" (
	"mark" text PRIMARY KEY NOT NULL,
	"sealed_key" text NOT NULL,
	"given_up_at" timestamp with time zone DEFAULT now() NOT NULL
);
