-- The findings store, version 6. docs/store.md describes it; a test compares the two.

-- The sources of the store: it is derived from these files and rebuilt when one of them changes.
CREATE TABLE store_sources (
  name   VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL
);

CREATE TABLE case_facts (
  name  VARCHAR NOT NULL,
  value VARCHAR
);

CREATE TABLE images (
  place           INTEGER NOT NULL,
  image_id        VARCHAR NOT NULL,
  name            VARCHAR NOT NULL,
  format          VARCHAR NOT NULL,
  wrapping        VARCHAR NOT NULL,
  state           VARCHAR NOT NULL,
  size_bytes      BIGINT NOT NULL,
  sha256          VARCHAR,
  files           INTEGER NOT NULL,
  range_map_pages BIGINT NOT NULL,
  mapped          BIGINT NOT NULL,
  overridden      BIGINT NOT NULL,
  refused         BIGINT NOT NULL,
  zero            BIGINT NOT NULL,
  excluded        BIGINT NOT NULL,
  absent          BIGINT NOT NULL,
  without_bytes   BIGINT NOT NULL,
  unreadable      BIGINT NOT NULL,
  run_count       BIGINT NOT NULL,
  adds_up         BOOLEAN NOT NULL,
  equation        VARCHAR NOT NULL,
  host            VARCHAR NOT NULL,
  evidence_id     VARCHAR NOT NULL
);

CREATE TABLE image_files (
  image_id   VARCHAR NOT NULL,
  name       VARCHAR NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256     VARCHAR,
  unreadable VARCHAR NOT NULL,
  path       VARCHAR NOT NULL
);

-- Hints, warnings, problems and notes of an image, or of the case where image_id is null.
CREATE TABLE remarks (
  image_id VARCHAR,
  kind     VARCHAR NOT NULL,
  name     VARCHAR NOT NULL,
  remark   VARCHAR NOT NULL
);

-- Doubts about an image. page_count is 0 if a doubt concerns no address range.
CREATE TABLE doubts (
  image_id         VARCHAR NOT NULL,
  reason           VARCHAR NOT NULL,
  physical_address BIGINT NOT NULL,
  page_count       BIGINT NOT NULL,
  message          VARCHAR NOT NULL
);

CREATE TABLE ranges (
  image_id         VARCHAR NOT NULL,
  physical_address BIGINT NOT NULL,
  page_count       BIGINT NOT NULL,
  kind             VARCHAR NOT NULL,
  provenance       VARCHAR NOT NULL,
  established      VARCHAR NOT NULL,
  large_pages      BOOLEAN NOT NULL,
  name             VARCHAR NOT NULL
);

CREATE TABLE receipts (
  image_id      VARCHAR NOT NULL,
  stage         VARCHAR NOT NULL,
  runs          BIGINT NOT NULL,
  pages         BIGINT NOT NULL,
  payload_bytes BIGINT NOT NULL
);

-- Counts by key: verdict-pages, refused-pages, findings, failures, not-analyzed, withheld.
CREATE TABLE tallies (
  image_id VARCHAR NOT NULL,
  tally    VARCHAR NOT NULL,
  name     VARCHAR NOT NULL,
  count    BIGINT NOT NULL
);

CREATE TABLE verdicts (
  image_id         VARCHAR NOT NULL,
  physical_address BIGINT NOT NULL,
  page_count       BIGINT NOT NULL,
  content          VARCHAR NOT NULL,
  verdict          VARCHAR NOT NULL,
  profile          VARCHAR NOT NULL,
  "row"            INTEGER NOT NULL,
  reason           VARCHAR NOT NULL,
  requested        VARCHAR NOT NULL,
  established      VARCHAR NOT NULL,
  granted          VARCHAR NOT NULL,
  range_kind       VARCHAR NOT NULL,
  provenance       VARCHAR NOT NULL,
  hazards          VARCHAR[] NOT NULL,
  mappings         INTEGER,
  cache_types      VARCHAR[] NOT NULL,
  large_page       BOOLEAN NOT NULL,
  paging_structure BOOLEAN NOT NULL,
  alias            JSON,
  shape_mappings         INTEGER NOT NULL,
  shape_cache_types      VARCHAR[] NOT NULL,
  shape_large_page       BOOLEAN NOT NULL,
  shape_paging_structure BOOLEAN NOT NULL,
  not_analyzed           VARCHAR
);

-- Ranges of pages that were not analyzed, the first ones of each reason; the numbers of pages are in tallies.
CREATE TABLE unseen_ranges (
  image_id         VARCHAR NOT NULL,
  reason           VARCHAR NOT NULL,
  physical_address BIGINT NOT NULL,
  page_count       BIGINT NOT NULL
);

-- Stored findings, with the columns of FindingColumn; queries use the view. In a finished case they are in the order of the case
-- (image, address, kind, id), so that a search by address reads only the relevant part.
-- value_hash finds a value from the histograms without reading all values again.
CREATE TABLE finding_rows (
{finding_table},
  value_hash UBIGINT NOT NULL
);

CREATE VIEW findings AS
  SELECT rowid AS place, {finding_view}
  FROM finding_rows;

-- Derived from the findings by refresh.sql. Histograms are in the order of their values.
CREATE TABLE histograms (
  kind           VARCHAR NOT NULL,
  value          VARCHAR NOT NULL,
  count          BIGINT NOT NULL,
  images         INTEGER NOT NULL,
  first_image_id VARCHAR NOT NULL,
  first_image    VARCHAR NOT NULL,
  first_address  BIGINT NOT NULL,
  value_hash     UBIGINT NOT NULL
);

CREATE TABLE facets (
  facet      INTEGER NOT NULL,
  image_id   VARCHAR NOT NULL,
  image      VARCHAR NOT NULL,
  analyzer   VARCHAR NOT NULL,
  kind       VARCHAR NOT NULL,
  encoding   VARCHAR NOT NULL,
  range_kind VARCHAR NOT NULL,
  cache_type VARCHAR NOT NULL,
  verdict    VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL,
  count      BIGINT NOT NULL
);

-- The same by value: the facets of the findings with a value. A search for a text reads no finding.
CREATE TABLE value_facets (
  value_hash UBIGINT NOT NULL,
  facet      INTEGER NOT NULL,
  count      BIGINT NOT NULL
);

-- Values in several images, with these images; one row per value and image.
CREATE TABLE shared_values (
  kind          VARCHAR NOT NULL,
  value         VARCHAR NOT NULL,
  image_id      VARCHAR NOT NULL,
  image         VARCHAR NOT NULL,
  count         BIGINT NOT NULL,
  first_address BIGINT NOT NULL,
  value_hash    UBIGINT NOT NULL
);

CREATE VIEW correlations AS
  SELECT kind, value, CAST(count(*) AS INTEGER) AS images, CAST(sum(count) AS BIGINT) AS count,
    list(image ORDER BY image, image_id) AS image_names
  FROM shared_values GROUP BY kind, value;

CREATE VIEW single_image_values AS
  SELECT kind, value, first_image_id AS image_id, first_image AS image, count, first_address
  FROM histograms WHERE images = 1;
