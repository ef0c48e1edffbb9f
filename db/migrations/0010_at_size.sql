-- What was looked for by going through everyone: staff among all people, a number among all claims.
CREATE INDEX "people_by_role" ON "people" USING gin ("roles");--> statement-breakpoint
CREATE INDEX "credentials_by_digits" ON "credentials" USING btree ("type_id",regexp_replace("number" collate "C", '[^0-9]', '', 'g'));