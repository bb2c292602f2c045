package io.pagestream.cases.casefolder;

import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.cases.seal.SealingStream;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.DeadLetter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of a case other than its manifest: written, hashed and counted in one pass, and sealed by
 * the manifest.
 *
 * @param name its name in the case folder
 * @param description description of its content in the manifest
 * @param content writes it
 */
record CasePart(String name, String description, Content content) {
  /** Writes a file and counts its lines. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out, LineCounts counts) throws IOException;
  }

  /**
   * The files of a case, in the order in which they are written. A new file requires one more line.
   */
  static List<CasePart> of(CollectedCase collected, List<String> summary) {
    return List.of(
        new CasePart(
            CaseFiles.FINDINGS,
            "one finding a line, by image, physical address and kind",
            (out, counts) -> findings(collected, out, counts)),
        new CasePart(
            CaseFiles.VERDICTS,
            "one span of pages with equal verdicts a line, by image and address",
            (out, counts) -> verdicts(collected, out, counts)),
        new CasePart(
            CaseFiles.DEAD_LETTERS,
            "one failed analysis, or rejected run or record, a line",
            (out, counts) -> deadLetters(collected, out, counts)),
        new CasePart(
            CaseFiles.LEDGER,
            "the manifests and receipts that the pages were accounted for with",
            (out, counts) -> LedgerFile.write(collected, out)),
        new CasePart(
            CaseFiles.SUMMARY,
            "the table that the job printed at its end",
            (out, counts) -> text(summary, out, counts)));
  }

  /** Writes the file and returns its seal. */
  SealedFile write(Path folder) throws IOException {
    Path file = folder.resolve(name);
    LineCounts counts = new LineCounts();
    SealingStream[] sealing = new SealingStream[1];
    PrivateFiles.writeWhole(
        file,
        out -> {
          SealingStream stream = new SealingStream(out);
          sealing[0] = stream;
          content.writeTo(stream, counts);
          stream.flush();
        });
    return new SealedFile(
        name,
        description,
        sealing[0].finish(),
        FileStamp.of(file).modifiedNanos(),
        counts.lines(),
        counts.counts());
  }

  private static void findings(CollectedCase collected, OutputStream out, LineCounts counts)
      throws IOException {
    try (FindingJson json = new FindingJson(new KeepOpen(out))) {
      collected
          .findings()
          .forEach(finding -> {
            try {
              json.write(finding);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            counts.line();
            counts.add(finding.getImageId(), finding.getKind(), 1);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void verdicts(CollectedCase collected, OutputStream out, LineCounts counts)
      throws IOException {
    try (VerdictJson json = new VerdictJson(new KeepOpen(out))) {
      for (int image = 0; image < collected.ledgers().size(); image++) {
        verdicts(collected, image, json, counts);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void verdicts(
      CollectedCase collected, int image, VerdictJson json, LineCounts counts) {
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
              counts.line();
              counts.add(ledger.imageId(), "spans", 1);
              counts.add(ledger.imageId(), "pages", span.pageCount());
            });
  }

  private static void deadLetters(CollectedCase collected, OutputStream out, LineCounts counts)
      throws IOException {
    try (DeadLetterJson json = new DeadLetterJson(new KeepOpen(out))) {
      for (ImageLedger ledger : collected.ledgers()) {
        ImageManifest manifest = ledger.manifest();
        for (DeadLetter letter : ledger.deadLetters()) {
          json.write(manifest == null ? "" : manifest.getName(), letter);
          counts.line();
        }
      }
      for (DeadLetter letter : collected.rejected()) {
        json.write("", letter);
        counts.line();
      }
    }
  }

  private static void text(List<String> lines, OutputStream out, LineCounts counts)
      throws IOException {
    out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    counts.lines(lines.size());
  }
}
