-- At least once: what is there already is not added again, nor what a batch holds twice.
-- The histograms do not hold all values any more: refresh.sql says it again.
DELETE FROM case_facts WHERE name = 'value-hashes-unique';

INSERT INTO finding_rows
SELECT finding_id, image_id, image, analyzer, kind, value, hash(value), physical_address,
  path, length, context, encoding, range_kind, cache_type, verdict, confidence, attributes
FROM (SELECT DISTINCT ON (finding_id) * FROM incoming) i
ANTI JOIN (SELECT f.finding_id FROM finding_rows f SEMI JOIN incoming n ON n.finding_id = f.finding_id) known
  ON known.finding_id = i.finding_id
ORDER BY image_id, physical_address, kind, finding_id;
