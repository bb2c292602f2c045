-- At least once: what is there already is not added again, nor what a batch holds twice.
-- The histograms do not hold all values any more: refresh.sql says it again.
DELETE FROM case_facts WHERE name = 'value-hashes-unique';
INSERT INTO finding_rows ({finding_names}, value_hash)
SELECT {finding_names}, hash(value)
FROM (SELECT DISTINCT ON (finding_id) * FROM incoming)
ANTI JOIN (SELECT f.finding_id FROM finding_rows f SEMI JOIN incoming n ON n.finding_id = f.finding_id) known
  USING (finding_id)
ORDER BY image_id, physical_address, kind, finding_id;
