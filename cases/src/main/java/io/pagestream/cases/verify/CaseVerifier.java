package io.pagestream.cases.verify;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CaseSeal;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealDifference;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.cases.signature.VerifyingKey;
import io.pagestream.cases.store.StoreComparison;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a case: every sealed file by its content, the manifest by its hash and signature, the
 * findings and verdicts line by line, the sums of the ledger, and the store row by row. Reads only,
 * follows no links, and writes nothing into the case folder.
 */
public final class CaseVerifier {
  private final Path folder;
  private final Options options;
  private final VerifyProgress progress;
  private final Report report = new Report();

  /**
   * Settings for verifying a case.
   *
   * @param key public key that the manifest must be signed with; empty for none
   * @param expected SHA-256 that the manifest must have, in lower-case hex; empty for any
   * @param store limits of the store that is built for comparison; empty to skip the store
   */
  public record Options(
      Optional<VerifyingKey> key, Optional<String> expected, Optional<StoreSettings> store) {}

  private CaseVerifier(Path folder, Options options, VerifyProgress progress) {
    this.folder = folder;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Verifies a case.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if there is none, {@link
   *     ErrorCode#CASE_UNFINISHED} if its job has not ended, {@link ErrorCode#READ_FAILED} if a
   *     file cannot be read. Differences are not errors but part of the result
   */
  public static Verification verify(Path folder, Options options, VerifyProgress progress) {
    CheckedCase.requireFinished(folder);
    return new CaseVerifier(folder, options, progress).run();
  }

  /**
   * Requires that a case matches its seal before it is sealed or signed again; its store is
   * skipped.
   *
   * @return SHA-256 of its manifest
   * @throws PagestreamException {@link ErrorCode#CASE_ALTERED} with the first difference
   */
  public static String requireSound(Path folder) {
    Verification verified =
        verify(
            folder,
            new Options(Optional.empty(), Optional.empty(), Optional.empty()),
            (step, done, all) -> {});
    if (!verified.holds()) {
      throw PagestreamException.inFile(
          ErrorCode.CASE_ALTERED,
          folder.toString(),
          "the case is not as it was sealed: " + verified.differences().getFirst(),
          "run 'pagestream verify' for the details");
    }
    return verified.manifestSha256();
  }

  private Verification run() {
    if (!FileStamp.of(folder.resolve(CaseFiles.MANIFEST)).isFile()) {
      FileStamp manifest = FileStamp.of(folder.resolve(CaseFiles.MANIFEST));
      report.differs(CaseFiles.MANIFEST, manifest.what());
      return report.end("");
    }
    CaseSeal seal = CaseSeal.read(folder);
    FolderCheck.run(folder, seal, report);
    manifest(seal);
    if (seal.unreadable().isEmpty()) {
      files(seal);
      content(seal);
    }
    return report.end(seal.manifestSha256());
  }

  private void manifest(CaseSeal seal) {
    List<SealDifference> differences = CheckedCase.manifest(seal);
    differences.forEach(report::differs);
    if (seal.files().isEmpty() && seal.unreadable().isEmpty()) {
      report.differs(
          CaseFiles.MANIFEST,
          "has no seal: it was written by a version before sealed cases, or the seal was removed");
    } else if (differences.isEmpty()) {
      report.holds(CaseFiles.MANIFEST, "SHA-256 " + seal.manifestSha256());
    }
    if (options.expected().isPresent()) {
      if (options.expected().get().equals(seal.manifestSha256())) {
        report.holds("expected seal", seal.manifestSha256());
      } else {
        report.differs(
            CaseFiles.MANIFEST,
            "has the SHA-256 %s, expected is %s: the case was sealed again or is another one"
                .formatted(seal.manifestSha256(), options.expected().get()));
      }
    }
    signature();
  }

  private void signature() {
    Path signature = folder.resolve(CaseFiles.SIGNATURE);
    boolean signed = FileStamp.of(signature).isFile();
    if (options.key().isEmpty()) {
      if (signed) {
        report.remark("the case is signed; --key PUBLIC checks the signature");
      }
      return;
    }
    VerifyingKey key = options.key().get();
    if (!signed) {
      report.differs(CaseFiles.SIGNATURE, "is missing: the case is not signed");
    } else if (key.verifies(folder.resolve(CaseFiles.MANIFEST), signature)) {
      report.holds("signature", key.kind() + ", by the key that was given");
    } else {
      report.differs(
          CaseFiles.SIGNATURE, "is not a signature of this manifest with the key that was given");
    }
  }

  /** Files without specific checks: their hashes. */
  private void files(CaseSeal seal) {
    for (String name : CaseFiles.REQUIRED) {
      if (seal.file(name).isEmpty() && !seal.files().isEmpty()) {
        report.differs(name, "is not sealed by the manifest");
      }
    }
    for (SealedFile sealed : seal.files()) {
      Path file = folder.resolve(sealed.name());
      if (!FileStamp.of(file).isFile()) {
        if (FileStamp.of(file).kind() == FileStamp.Kind.MISSING) {
          report.differs(sealed.name(), "is missing");
        }
        continue; // entries of other kinds are reported by the check of the folder
      }
      if (!sealed.name().equals(CaseFiles.FINDINGS)
          && FileCheck.compare(
              sealed,
              FileHash.of(
                  file, done -> progress.at(sealed.name(), done, sealed.content().sizeBytes())),
              report)) {
        report.holds(sealed.name(), FileCheck.detail(sealed));
      }
    }
  }

  /** The content of the files: ids, order, sums, and the store. */
  private void content(CaseSeal seal) {
    CheckedCase checked = CheckedCase.check(folder, seal);
    StoredCase stored;
    try {
      stored = StoredCase.open(checked);
    } catch (PagestreamException e) {
      report.differs(CaseFiles.MANIFEST, String.valueOf(e.getMessage()));
      return;
    }
    if (!stored.addsUp()) {
      report.remark("the job itself ended with a failure: its pages or findings do not add up");
    }
    Optional<SealedFile> findings = seal.file(CaseFiles.FINDINGS);
    if (findings.isPresent() && isFile(CaseFiles.FINDINGS)) {
      int before = report.count(CaseFiles.FINDINGS);
      FindingLines lines = new FindingLines(findings.get(), stored, report);
      FindingCounts counts = lines.run(folder, progress);
      counts.compare(stored, findings.get(), report);
      if (report.count(CaseFiles.FINDINGS) == before) {
        report.holds(CaseFiles.FINDINGS, FileCheck.detail(findings.get()));
        report.holds("findings", Quantities.count(counts.all()) + ", ids, order and counts hold");
      }
    }
    if (isFile(CaseFiles.LEDGER)) {
      LedgerCheck.run(folder, stored, report);
    }
    Optional<SealedFile> verdicts = seal.file(CaseFiles.VERDICTS);
    if (verdicts.isPresent() && isFile(CaseFiles.VERDICTS)) {
      progress.at(CaseFiles.VERDICTS, 0, 0);
      new VerdictLines(stored, report).run(verdicts.get());
    }
    store(checked);
  }

  private void store(CheckedCase checked) {
    if (!isFile(CaseFiles.STORE)) {
      return;
    }
    if (options.store().isEmpty() || !isFile(CaseFiles.FINDINGS) || !isFile(CaseFiles.VERDICTS)) {
      report.remark(CaseFiles.STORE + " was not compared with the findings");
      return;
    }
    progress.at(CaseFiles.STORE, 0, 0);
    int[] found = new int[1];
    StoreComparison.run(
        checked,
        options.store().get(),
        difference -> {
          found[0]++;
          report.differs(difference);
        });
    if (found[0] == 0) {
      report.holds(CaseFiles.STORE, "every row of every table is the case's");
    }
  }

  private boolean isFile(String name) {
    return FileStamp.of(folder.resolve(name)).isFile();
  }
}
