-- Delivery is at least once: findings that exist already, or occur twice in a batch, are not added again.
-- The histograms no longer contain all values; refresh.sql updates this.
DELETE FROM case_facts WHERE name = 'value-hashes-unique';
INSERT INTO finding_rows ({finding_names}, value_hash)
SELECT {finding_names}, hash(value)
FROM (SELECT DISTINCT ON (finding_id) * FROM incoming)
ANTI JOIN (SELECT f.finding_id FROM finding_rows f SEMI JOIN incoming n ON n.finding_id = f.finding_id) known
  USING (finding_id)
ORDER BY image_id, physical_address, kind, finding_id;
