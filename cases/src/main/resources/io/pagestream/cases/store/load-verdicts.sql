INSERT INTO verdicts
SELECT imageId, physicalAddress, pageCount, content, verdict, profile, "row", reason, requested, established, granted,
  rangeKind, provenance, hazards, mappings, cacheTypes, largePage, pagingStructure, alias,
  coalesce(shapeMappings, 0), coalesce(shapeCacheTypes, []), coalesce(shapeLargePage, false),
  coalesce(shapePagingStructure, false), notAnalyzed
FROM read_json({verdicts}, format = 'newline_delimited', columns = {
  imageId: 'VARCHAR', physicalAddress: 'BIGINT', pageCount: 'BIGINT', content: 'VARCHAR', verdict: 'VARCHAR',
  profile: 'VARCHAR', row: 'INTEGER', reason: 'VARCHAR', requested: 'VARCHAR', established: 'VARCHAR', granted: 'VARCHAR',
  rangeKind: 'VARCHAR', provenance: 'VARCHAR', hazards: 'VARCHAR[]', mappings: 'INTEGER', cacheTypes: 'VARCHAR[]',
  largePage: 'BOOLEAN', pagingStructure: 'BOOLEAN', alias: 'JSON',
  shapeMappings: 'INTEGER', shapeCacheTypes: 'VARCHAR[]', shapeLargePage: 'BOOLEAN', shapePagingStructure: 'BOOLEAN',
  notAnalyzed: 'VARCHAR'});
