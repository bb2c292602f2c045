-- Rebuilds the tables derived from the findings. By image first: a value's lowest address is its first one there.
DELETE FROM histograms;
DELETE FROM shared_values;
DELETE FROM facets;
DELETE FROM value_facets;

INSERT INTO facets
SELECT row_number() OVER (ORDER BY image_id, analyzer, kind, encoding, range_kind, cache_type, verdict, confidence), * FROM (
  SELECT image_id, any_value(image) AS image, analyzer, kind, encoding, range_kind, cache_type, verdict, confidence, count(*)
  FROM finding_rows GROUP BY image_id, analyzer, kind, encoding, range_kind, cache_type, verdict, confidence);

CREATE OR REPLACE TEMP TABLE values_by_facet AS
SELECT r.value, any_value(r.value_hash) AS value_hash, f.facet, count(*) AS count, min(r.physical_address) AS first_address
FROM finding_rows r JOIN facets f USING (image_id, analyzer, kind, encoding, range_kind, cache_type, verdict, confidence)
GROUP BY r.value, f.facet;

INSERT INTO value_facets
SELECT value_hash, facet, count FROM values_by_facet;

CREATE OR REPLACE TEMP TABLE values_by_image AS
SELECT f.kind, v.value, any_value(v.value_hash) AS value_hash, f.image_id, any_value(f.image) AS image,
  CAST(sum(v.count) AS BIGINT) AS count, min(v.first_address) AS first_address
FROM values_by_facet v JOIN facets f USING (facet) GROUP BY f.kind, v.value, f.image_id;

DROP TABLE values_by_facet;

INSERT INTO histograms
SELECT v.kind, v.value, CAST(sum(v.count) AS BIGINT), CAST(count(*) AS INTEGER),
  arg_min(v.image_id, coalesce(i.place, 1000000)), arg_min(v.image, coalesce(i.place, 1000000)),
  arg_min(v.first_address, coalesce(i.place, 1000000)), any_value(v.value_hash)
FROM values_by_image v LEFT JOIN images i ON i.image_id = v.image_id
GROUP BY v.kind, v.value
ORDER BY v.value, v.kind;

INSERT INTO shared_values
SELECT v.kind, v.value, v.image_id, v.image, v.count, v.first_address, v.value_hash
FROM values_by_image v SEMI JOIN (SELECT kind, value FROM histograms WHERE images > 1) s USING (kind, value);

DROP TABLE values_by_image;

-- Whether each hash belongs to only one value, so that look-ups by hash need not compare values.
DELETE FROM case_facts WHERE name = 'value-hashes-unique';

INSERT INTO case_facts
SELECT 'value-hashes-unique', CAST(count(*) = 0 AS VARCHAR)
FROM (SELECT value_hash FROM histograms GROUP BY value_hash HAVING min(value) <> max(value));
