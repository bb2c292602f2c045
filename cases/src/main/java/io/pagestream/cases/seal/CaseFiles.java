package io.pagestream.cases.seal;

import java.util.List;

/** Names of the files in a case folder. */
public final class CaseFiles {
  /** The findings, one per line. */
  public static final String FINDINGS = "findings.jsonl";

  /** The verdicts, one span of pages per line. */
  public static final String VERDICTS = "verdicts.jsonl";

  /** One failed analysis, or rejected run or record, per line. */
  public static final String DEAD_LETTERS = "dead-letters.jsonl";

  /** The manifests and receipts used for page accounting. */
  public static final String LEDGER = "ledger.bin";

  /** The table that the job printed at its end. */
  public static final String SUMMARY = "summary.txt";

  /**
   * The images, the program and its settings, the page accounting, and the seal of the other files.
   */
  public static final String MANIFEST = "manifest.json";

  /** Hash of the manifest, in the format of {@code sha256sum}. */
  public static final String MANIFEST_HASH = MANIFEST + ".sha256";

  /** Signature of the manifest; optional. */
  public static final String SIGNATURE = MANIFEST + ".sig";

  /** The findings store, which is derived from the other files. */
  public static final String STORE = "findings.duckdb";

  /** The hashes of the inputs of the store, and the hash of the store itself. */
  public static final String STORE_SEAL = STORE + ".seal";

  /** DuckDB's log of changes that are not in the store yet; a finished store never has one. */
  public static final String STORE_LOG = STORE + ".wal";

  /** The notes that users write in the dashboard; not part of the seal. */
  public static final String NOTES = "notes.json";

  /** The images of a job that has not ended; a folder, deleted when the job ends. */
  public static final String UNFINISHED = ".unfinished";

  /** The required files of a case. A case may seal more: its manifest lists them. */
  public static final List<String> REQUIRED =
      List.of(FINDINGS, VERDICTS, DEAD_LETTERS, LEDGER, SUMMARY);

  /** Files that a case folder may contain in addition to those that its manifest seals. */
  public static final List<String> UNSEALED =
      List.of(MANIFEST, MANIFEST_HASH, SIGNATURE, STORE, STORE_SEAL, STORE_LOG, NOTES);

  private CaseFiles() {}
}
