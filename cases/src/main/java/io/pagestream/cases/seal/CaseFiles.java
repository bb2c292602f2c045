package io.pagestream.cases.seal;

import java.util.List;

/** Names of the files in a case folder. */
public final class CaseFiles {
  /** The findings, one a line. */
  public static final String FINDINGS = "findings.jsonl";

  /** The verdicts, one span of pages a line. */
  public static final String VERDICTS = "verdicts.jsonl";

  /** One failed analysis, or rejected run or record, a line. */
  public static final String DEAD_LETTERS = "dead-letters.jsonl";

  /** The manifests and receipts that the pages were accounted for with. */
  public static final String LEDGER = "ledger.bin";

  /** The table that the job printed at its end. */
  public static final String SUMMARY = "summary.txt";

  /** What was read, with what, that the pages add up, and the seal of the other files. */
  public static final String MANIFEST = "manifest.json";

  /** Hash of the manifest, as {@code sha256sum} writes and checks it. */
  public static final String MANIFEST_HASH = MANIFEST + ".sha256";

  /** Signature of the manifest; optional. */
  public static final String SIGNATURE = MANIFEST + ".sig";

  /** The findings store, which is derived from the other files. */
  public static final String STORE = "findings.duckdb";

  /** What the store was made from, and the store's own hash. */
  public static final String STORE_SEAL = STORE + ".seal";

  /** DuckDB's log of changes that are not in the store yet; ours never has any. */
  public static final String STORE_LOG = STORE + ".wal";

  /** What people note in the dashboard; outside of the seal. */
  public static final String NOTES = "notes.json";

  /** Files without which there is no case. A case may seal more: its manifest lists them. */
  public static final List<String> REQUIRED =
      List.of(FINDINGS, VERDICTS, DEAD_LETTERS, LEDGER, SUMMARY);

  /** Files that a case folder may hold beside those that its manifest seals. */
  public static final List<String> UNSEALED =
      List.of(MANIFEST, MANIFEST_HASH, SIGNATURE, STORE, STORE_SEAL, STORE_LOG, NOTES);

  private CaseFiles() {}
}
