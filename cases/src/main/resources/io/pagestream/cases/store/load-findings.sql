-- The file is in the order of the case, and DuckDB keeps the order of what it inserts.
INSERT INTO finding_rows
SELECT CAST(findingId AS UUID), imageId, image, analyzer, kind, value, hash(value),
  physicalAddress, path, length, context, encoding, rangeKind, cacheType, verdict, coalesce(confidence, 'unrated'), attributes
FROM read_json({findings}, format = 'newline_delimited', columns = {
  findingId: 'VARCHAR', imageId: 'VARCHAR', image: 'VARCHAR', analyzer: 'VARCHAR', kind: 'VARCHAR', value: 'VARCHAR',
  physicalAddress: 'BIGINT', path: 'VARCHAR', length: 'INTEGER', context: 'VARCHAR', encoding: 'VARCHAR',
  rangeKind: 'VARCHAR', cacheType: 'VARCHAR', verdict: 'VARCHAR', confidence: 'VARCHAR', attributes: 'JSON'});
