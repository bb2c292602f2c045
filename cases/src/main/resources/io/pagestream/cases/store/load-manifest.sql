-- manifest.json as columns: fields missing in older cases are null.
CREATE TEMP TABLE manifest AS
SELECT * FROM read_json({manifest}, format = 'unstructured', maximum_object_size = {manifest_bytes}, columns = {
  tool: 'VARCHAR', version: 'VARCHAR', caseId: 'VARCHAR', examiner: 'VARCHAR', commandLine: 'VARCHAR[]', started: 'VARCHAR', ended: 'VARCHAR',
  settings: 'MAP(VARCHAR, VARCHAR)', addsUp: 'BOOLEAN', failure: 'VARCHAR', notAnalysed: 'VARCHAR[]',
  doubts: 'STRUCT(imageId VARCHAR, reason VARCHAR, physicalAddress BIGINT, pageCount BIGINT, message VARCHAR)[]',
  problems: 'VARCHAR[]', notes: 'VARCHAR[]', findings: 'BIGINT',
  images: 'STRUCT(
    imageId VARCHAR, name VARCHAR, host VARCHAR, evidenceId VARCHAR, format VARCHAR, wrapping VARCHAR, state VARCHAR,
    sources STRUCT(path VARCHAR)[],
    files STRUCT(name VARCHAR, sizeBytes BIGINT, sha256 VARCHAR, unreadable STRUCT("offset" BIGINT, length BIGINT)[])[],
    hints MAP(VARCHAR, VARCHAR), warnings VARCHAR[],
    pages STRUCT(mapped BIGINT, overridden BIGINT, refused BIGINT, zero BIGINT, excluded BIGINT, absent BIGINT,
      rangeMapPages BIGINT, absentParts STRUCT(withoutBytes BIGINT, unreadable BIGINT), addsUp BOOLEAN,
      equation VARCHAR, problems VARCHAR[], notes VARCHAR[]),
    verdictPages MAP(VARCHAR, BIGINT), refusedPages MAP(VARCHAR, BIGINT),
    findings MAP(VARCHAR, BIGINT), cappedFindings MAP(VARCHAR, BIGINT), failures MAP(VARCHAR, BIGINT), withheldPages MAP(VARCHAR, BIGINT),
    pagesNotAnalyzed STRUCT(pages BIGINT, byReason MAP(VARCHAR, BIGINT),
      ranges STRUCT(reason VARCHAR, physicalAddress BIGINT, pageCount BIGINT)[], moreRanges MAP(VARCHAR, BIGINT)),
    criticalWarnings VARCHAR[],
    receipts STRUCT(mapper STRUCT(runs BIGINT, pages BIGINT, payloadBytes BIGINT),
      analyzers STRUCT(runs BIGINT, pages BIGINT, payloadBytes BIGINT),
      producer STRUCT(runs BIGINT, pages BIGINT, payloadBytes BIGINT)),
    rangeMap STRUCT(physicalAddress BIGINT, pageCount BIGINT, kind VARCHAR, provenance VARCHAR,
      established VARCHAR, largePages BOOLEAN, name VARCHAR)[])[]'});

CREATE TEMP TABLE manifest_images AS
SELECT generate_subscripts(images, 1) - 1 AS place, unnest(images) AS i FROM manifest;

INSERT INTO case_facts
SELECT name, value FROM (
  SELECT unnest(['tool', 'version', 'case-id', 'examiner', 'command-line', 'started', 'ended', 'adds-up', 'failure', 'findings']) AS name,
    unnest([tool, version, caseId, examiner, array_to_string(commandLine, ' '), started, ended, CAST(addsUp AS VARCHAR), failure,
      CAST(findings AS VARCHAR)]) AS value
  FROM manifest
  UNION ALL
  SELECT 'setting:' || e.key, e.value FROM (SELECT unnest(map_entries(settings)) AS e FROM manifest));

INSERT INTO images
SELECT place, i.imageId, coalesce(i.name, ''), coalesce(i.format, ''), coalesce(i.wrapping, ''), coalesce(i.state, 'unknown'),
  CAST(coalesce(list_sum(list_transform(i.files, lambda f: f.sizeBytes)), 0) AS BIGINT),
  CASE WHEN len(i.files) = 1 THEN i.files[1].sha256 END, coalesce(len(i.files), 0),
  i.pages.rangeMapPages, i.pages.mapped, i.pages.overridden, i.pages.refused, i.pages.zero, i.pages.excluded,
  i.pages.absent, i.pages.absentParts.withoutBytes, i.pages.absentParts.unreadable,
  coalesce(i.receipts.mapper.runs, 0), i.pages.addsUp, i.pages.equation, coalesce(i.host, ''), coalesce(i.evidenceId, '')
FROM manifest_images;

INSERT INTO image_files
SELECT image_id, f.name, f.sizeBytes, f.sha256, coalesce(array_to_string(list_transform(
  f.unreadable, lambda r: '0x' || lower(to_hex(r."offset")) || '-0x' || lower(to_hex(r."offset" + r.length))), ', '), ''), coalesce(sources[n].path, '')
FROM (SELECT i.imageId AS image_id, i.sources AS sources, generate_subscripts(i.files, 1) AS n, unnest(i.files) AS f
  FROM manifest_images);

INSERT INTO remarks
SELECT NULL, 'not-analysed', '', unnest(notAnalysed) FROM manifest
UNION ALL SELECT NULL, 'problem', '', unnest(problems) FROM manifest
UNION ALL SELECT NULL, 'note', '', unnest(notes) FROM manifest
UNION ALL SELECT i.imageId, 'critical', '', unnest(i.criticalWarnings) FROM manifest_images
UNION ALL SELECT i.imageId, 'warning', '', unnest(i.warnings) FROM manifest_images
UNION ALL SELECT i.imageId, 'problem', '', unnest(i.pages.problems) FROM manifest_images
UNION ALL SELECT i.imageId, 'note', '', unnest(i.pages.notes) FROM manifest_images
UNION ALL SELECT image_id, 'hint', h.key, h.value
  FROM (SELECT i.imageId AS image_id, unnest(map_entries(i.hints)) AS h FROM manifest_images);

INSERT INTO doubts
SELECT d.imageId, d.reason, d.physicalAddress, d.pageCount, d.message FROM (SELECT unnest(doubts) AS d FROM manifest);

INSERT INTO ranges
SELECT image_id, r.physicalAddress, r.pageCount, r.kind, r.provenance, r.established, r.largePages, r.name
FROM (SELECT place, i.imageId AS image_id, unnest(i.rangeMap) AS r FROM manifest_images)
ORDER BY place, r.physicalAddress;

INSERT INTO receipts
SELECT i.imageId, 'mapper', i.receipts.mapper.runs, i.receipts.mapper.pages, i.receipts.mapper.payloadBytes
FROM manifest_images WHERE i.receipts.mapper IS NOT NULL
UNION ALL
SELECT i.imageId, 'analyzers', i.receipts.analyzers.runs, i.receipts.analyzers.pages, i.receipts.analyzers.payloadBytes
FROM manifest_images WHERE i.receipts.analyzers IS NOT NULL
UNION ALL
SELECT i.imageId, 'producer', i.receipts.producer.runs, i.receipts.producer.pages, i.receipts.producer.payloadBytes
FROM manifest_images WHERE i.receipts.producer IS NOT NULL;

INSERT INTO tallies
SELECT image_id, tally, e.key, e.value FROM (
  SELECT i.imageId AS image_id, 'verdict-pages' AS tally, unnest(map_entries(i.verdictPages)) AS e FROM manifest_images
  UNION ALL SELECT i.imageId, 'refused-pages', unnest(map_entries(i.refusedPages)) FROM manifest_images
  UNION ALL SELECT i.imageId, 'findings', unnest(map_entries(i.findings)) FROM manifest_images
  UNION ALL SELECT i.imageId, 'capped-findings', unnest(map_entries(i.cappedFindings)) FROM manifest_images
  UNION ALL SELECT i.imageId, 'failures', unnest(map_entries(i.failures)) FROM manifest_images
  UNION ALL SELECT i.imageId, 'withheld', unnest(map_entries(i.withheldPages)) FROM manifest_images
  UNION ALL SELECT i.imageId, 'more-unseen-ranges', unnest(map_entries(i.pagesNotAnalyzed.moreRanges)) FROM manifest_images
  UNION ALL SELECT i.imageId, 'not-analyzed', unnest(map_entries(i.pagesNotAnalyzed.byReason)) FROM manifest_images);

INSERT INTO unseen_ranges
SELECT image_id, r.reason, r.physicalAddress, r.pageCount
FROM (SELECT place, i.imageId AS image_id, unnest(i.pagesNotAnalyzed.ranges) AS r FROM manifest_images)
ORDER BY place, r.physicalAddress;

DROP TABLE manifest_images;
DROP TABLE manifest;
