-- outside a transaction
-- What was looked for by going through everyone: staff among all people, a number among all claims.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "people_by_role" ON "people" USING gin ("roles");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "credentials_by_digits" ON "credentials" USING btree ("type_id",regexp_replace("number" collate "C", '[^0-9]', '', 'g'));
