-- Web processes keep rendered pages only while this version stands still. It is counted here and
-- not by the commands, so that a change made by hand shows at once as well.
INSERT INTO "directory_version" ("only", "version") VALUES (1, 1) ON CONFLICT DO NOTHING;
--> statement-breakpoint
CREATE FUNCTION count_directory_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Once a transaction is enough; later statements of the same one add nothing.
  IF current_setting('parasol.directory_change', true) IS DISTINCT FROM txid_current()::text THEN
    UPDATE directory_version SET version = version + 1;
    PERFORM set_config('parasol.directory_change', txid_current()::text, true);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY[
    'therapists', 'profile_revisions', 'revision_terms', 'practice_locations',
    'practice_statements', 'disclosure_cards', 'contact_ways', 'credentials', 'trainings', 'checks'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
       FOR EACH STATEMENT EXECUTE FUNCTION count_directory_change()',
      watched || '_counted', watched);
  END LOOP;
END
$$;
