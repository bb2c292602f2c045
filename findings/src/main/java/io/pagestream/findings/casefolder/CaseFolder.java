package io.pagestream.findings.casefolder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagestream.findings.collect.CollectedCase;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.temporary.LockedFolder;
import io.pagestream.schemas.topic.DeadLetter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The folder that holds a case. Files are replaced whole; {@code manifest.json} is taken away first
 * and put there last, so that a folder with a manifest is always complete.
 */
public final class CaseFolder implements AutoCloseable {
  static final String FINDINGS = "findings.jsonl";
  static final String VERDICTS = "verdicts.jsonl";
  static final String MANIFEST = "manifest.json";
  static final String SUMMARY = "summary.txt";
  static final String DEAD_LETTERS = "dead-letters.jsonl";
  static final String LEDGER = "ledger.bin";
  private static final String SCRATCH = ".scratch";

  /** Made from the other files by the first who asks; the one of a case before must not stay. */
  private static final String STORE = "findings.duckdb";

  /** What people note on the page; a case that is made anew keeps it, since ids stay the same. */
  private static final String NOTES = "notes.json";

  /** Files that are made from the others when they are needed. */
  static final List<String> MADE_FROM_OTHERS = List.of(STORE);

  private static final Set<String> OURS =
      Set.of(
          FINDINGS,
          VERDICTS,
          MANIFEST,
          SUMMARY,
          SCRATCH,
          STORE,
          FINDINGS + PrivateFiles.PARTIAL,
          VERDICTS + PrivateFiles.PARTIAL,
          MANIFEST + PrivateFiles.PARTIAL,
          SUMMARY + PrivateFiles.PARTIAL,
          DEAD_LETTERS,
          DEAD_LETTERS + PrivateFiles.PARTIAL,
          LEDGER,
          LEDGER + PrivateFiles.PARTIAL,
          ".retry",
          NOTES,
          NOTES + PrivateFiles.PARTIAL);

  private final Path folder;
  private final LockedFolder scratch;
  private final boolean made;

  private CaseFolder(Path folder, LockedFolder scratch, boolean made) {
    this.folder = folder;
    this.scratch = scratch;
    this.made = made;
  }

  /**
   * Opens a folder for a new case and makes it if it does not exist.
   *
   * @param force whether a previous case may be replaced; files that are not ours are never touched
   * @throws PagestreamException {@link ErrorCode#OUTPUT_EXISTS} if the folder is not empty and is
   *     not a previous case, or {@code force} is not given; {@link SystemFailure#writing} if it
   *     cannot be written
   */
  public static CaseFolder open(Path folder, boolean force) {
    try {
      requireUsable(folder, force);
      boolean made = !Files.exists(folder);
      PrivateFiles.createFolder(folder);
      PrivateFiles.closeToOthers(folder);
      LockedFolder scratch =
          LockedFolder.take(folder.resolve(SCRATCH)).orElseThrow(() -> inUse(folder));
      return new CaseFolder(folder, scratch, made);
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static void requireUsable(Path folder, boolean force) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<String> names;
    try (var entries = Files.list(folder)) {
      names = entries.map(entry -> entry.getFileName().toString()).toList();
    } catch (NotDirectoryException e) {
      throw exists(folder, "it is a file, not a folder", "choose another --out").causedBy(e);
    }
    if (names.isEmpty()) {
      return;
    }
    if (!OURS.containsAll(names) && !isOurs(folder.resolve(MANIFEST))) {
      throw exists(folder, "it is not empty and not a case folder", "choose another --out");
    }
    if (!force && !isUnfinished(folder, names)) {
      throw exists(
          folder, "it holds a case already", "choose another --out, or replace it with --force");
    }
  }

  /**
   * Whether a job was killed in a folder before it had a case. What a job has left that was killed
   * beside a case is deleted.
   */
  private static boolean isUnfinished(Path folder, List<String> names) throws IOException {
    if (!names.contains(SCRATCH)) {
      return false;
    }
    LockedFolder left = LockedFolder.take(folder.resolve(SCRATCH)).orElseThrow(() -> inUse(folder));
    left.close();
    return !names.contains(MANIFEST);
  }

  private static PagestreamException inUse(Path folder) {
    return exists(
        folder, "another pagestream is making a case in it", "wait, or choose another --out");
  }

  private static PagestreamException exists(Path folder, String what, String next) {
    return PagestreamException.inFile(ErrorCode.OUTPUT_EXISTS, folder.toString(), what, next);
  }

  private static PagestreamException notWritable(Path folder, IOException cause) {
    return SystemFailure.writing(folder.toString(), "the case folder cannot be written", cause);
  }

  /** Whether a file begins as our manifests do. */
  private static boolean isOurs(Path manifest) throws IOException {
    if (!Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (JsonParser json = new JsonFactory().createParser(manifest.toFile())) {
      return json.nextToken() == JsonToken.START_OBJECT
          && "tool".equals(json.nextFieldName())
          && ManifestJson.TOOL.equals(json.nextTextValue());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return false; // some other manifest.json
    }
  }

  /** Where the folder is. */
  public Path path() {
    return folder;
  }

  /** A private folder for temporary files, deleted with all in it on {@link #close()}. */
  public Path scratch() {
    return scratch.path();
  }

  /**
   * Writes the case.
   *
   * @return the summary's lines, as in {@code summary.txt}
   * @throws PagestreamException {@link SystemFailure#writing} if the folder cannot be written
   */
  public List<String> write(CaseFacts facts, CollectedCase collected) {
    List<String> summary = Summary.lines(facts, collected);
    try {
      Files.deleteIfExists(folder.resolve(MANIFEST));
      Files.deleteIfExists(folder.resolve(STORE));
      PrivateFiles.writeWhole(
          folder.resolve(FINDINGS),
          out -> {
            try (FindingJson json = new FindingJson(new KeepOpen(out))) {
              collected.findings().forEach(finding -> write(json, finding));
            } catch (UncheckedIOException e) {
              throw e.getCause();
            }
          });
      PrivateFiles.writeWhole(
          folder.resolve(VERDICTS),
          out -> {
            try (VerdictJson json = new VerdictJson(new KeepOpen(out))) {
              write(json, collected);
            } catch (UncheckedIOException e) {
              throw e.getCause();
            }
          });
      PrivateFiles.writeWhole(folder.resolve(DEAD_LETTERS), out -> deadLetters(collected, out));
      PrivateFiles.writeWhole(folder.resolve(LEDGER), out -> LedgerFile.write(collected, out));
      PrivateFiles.writeWhole(
          folder.resolve(SUMMARY),
          out -> out.write((String.join("\n", summary) + "\n").getBytes(StandardCharsets.UTF_8)));
      PrivateFiles.writeWhole(
          folder.resolve(MANIFEST),
          out -> {
            try (ManifestJson json = new ManifestJson(new KeepOpen(out))) {
              json.write(facts, collected);
            }
          });
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
    return summary;
  }

  private static void deadLetters(CollectedCase collected, OutputStream out) throws IOException {
    try (DeadLetterJson json = new DeadLetterJson(new KeepOpen(out))) {
      for (ImageLedger ledger : collected.ledgers()) {
        ImageManifest manifest = ledger.manifest();
        for (DeadLetter letter : ledger.deadLetters()) {
          json.write(manifest == null ? "" : manifest.getName(), letter);
        }
      }
      for (DeadLetter letter : collected.rejected()) {
        json.write("", letter);
      }
    }
  }

  private static void write(FindingJson json, io.pagestream.schemas.avro.Finding finding) {
    try {
      json.write(finding);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(VerdictJson json, CollectedCase collected) {
    for (int image = 0; image < collected.ledgers().size(); image++) {
      ImageLedger ledger = collected.ledgers().get(image);
      ImageManifest manifest = ledger.manifest();
      String name = manifest == null ? "" : manifest.getName();
      collected
          .verdicts()
          .get(image)
          .forEachSpan(
              ledger::isAnalyzed,
              span -> {
                try {
                  json.write(ledger.imageId(), name, span);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  /** Deletes the temporary files, and the folder if a job has left nothing in it that was new. */
  @Override
  public void close() {
    scratch.close();
    if (made) {
      deleteIfEmpty();
    }
  }

  private void deleteIfEmpty() {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException withCase) {
      return;
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }
}
