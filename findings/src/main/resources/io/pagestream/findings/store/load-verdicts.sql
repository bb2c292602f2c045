INSERT INTO verdicts
SELECT imageId, physicalAddress, pageCount, content, verdict, profile, "row", reason, requested, established, granted,
  rangeKind, provenance, hazards, mappings, cacheTypes, largePage, pagingStructure, alias
FROM read_json({verdicts}, format = 'newline_delimited', columns = {
  imageId: 'VARCHAR', physicalAddress: 'BIGINT', pageCount: 'BIGINT', content: 'VARCHAR', verdict: 'VARCHAR',
  profile: 'VARCHAR', row: 'INTEGER', reason: 'VARCHAR', requested: 'VARCHAR', established: 'VARCHAR', granted: 'VARCHAR',
  rangeKind: 'VARCHAR', provenance: 'VARCHAR', hazards: 'VARCHAR[]', mappings: 'INTEGER', cacheTypes: 'VARCHAR[]',
  largePage: 'BOOLEAN', pagingStructure: 'BOOLEAN', alias: 'JSON'});
