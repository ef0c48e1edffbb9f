CREATE TABLE "search_nodes" (
	"name" text PRIMARY KEY NOT NULL,
	"build" text,
	"next_build" text
);
