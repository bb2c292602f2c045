-- The file is in the order of the case, and DuckDB keeps the order of what it inserts.
INSERT INTO finding_rows
SELECT CAST(findingId AS UUID), imageId, image, analyzer, kind, value, CAST(hash(value) >> 32 AS UINTEGER),
  physicalAddress, path, length, context, encoding, rangeKind, cacheType, verdict, attributes
FROM read_json({findings}, format = 'newline_delimited', columns = {
  findingId: 'VARCHAR', imageId: 'VARCHAR', image: 'VARCHAR', analyzer: 'VARCHAR', kind: 'VARCHAR', value: 'VARCHAR',
  physicalAddress: 'BIGINT', path: 'VARCHAR', length: 'INTEGER', context: 'VARCHAR', encoding: 'VARCHAR',
  rangeKind: 'VARCHAR', cacheType: 'VARCHAR', verdict: 'VARCHAR', attributes: 'JSON'});
