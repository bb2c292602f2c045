package io.pagestream.cases.seal;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A case folder whose seal has been checked quickly: the manifest by its hash, every other file by
 * its size and modification time, and by its hash if only the time differs, as in a copy. A changed
 * file with the same size and time is not detected here, but by {@code pagestream verify}.
 *
 * @param folder the folder
 * @param seal the seal as it was read
 * @param state whether the seal is valid
 * @param differences differences from the seal; empty if there are none
 */
public record CheckedCase(
    Path folder, CaseSeal seal, State state, List<SealDifference> differences) {
  /** The state of a seal. */
  public enum State {
    /** Every file matches the seal, as far as the quick check can determine. */
    SEALED,
    /** Something was changed, removed or replaced. */
    ALTERED,
    /** There is no seal. */
    NOT_SEALED
  }

  /** Copies its list. */
  public CheckedCase {
    differences = List.copyOf(differences);
  }

  /**
   * Checks the seal of a case.
   *
   * @param allowAltered whether a case with an invalid seal is opened nevertheless
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if there is no case, {@link
   *     ErrorCode#CASE_UNFINISHED} if its job has not finished, {@link ErrorCode#CASE_NOT_SEALED}
   *     and {@link ErrorCode#CASE_ALTERED} unless {@code allowAltered}
   */
  public static CheckedCase open(Path folder, boolean allowAltered) {
    requireFinished(folder);
    CheckedCase checked = check(folder, CaseSeal.read(folder));
    if (checked.state() == State.SEALED || allowAltered) {
      return checked;
    }
    throw checked.refusal();
  }

  /** Opens a case whose seal must be valid. */
  public static CheckedCase open(Path folder) {
    return open(folder, false);
  }

  /**
   * Refuses a folder in which a job was not finished.
   *
   * @throws PagestreamException {@link ErrorCode#CASE_UNFINISHED}, or {@link
   *     ErrorCode#FILE_NOT_FOUND} if the folder is not a case
   */
  public static void requireFinished(Path folder) {
    if (FileStamp.of(folder.resolve(CaseFiles.MANIFEST)).kind() != FileStamp.Kind.MISSING) {
      return;
    }
    boolean begun =
        List.of(CaseFiles.FINDINGS, CaseFiles.VERDICTS, CaseFiles.FINDINGS + ".partial", ".scratch")
            .stream()
            .anyMatch(name -> FileStamp.of(folder.resolve(name)).kind() != FileStamp.Kind.MISSING);
    begun |= UnfinishedJob.of(folder).isPresent();
    throw begun
        ? PagestreamException.inFile(
            ErrorCode.CASE_UNFINISHED,
            folder.toString(),
            "the case is unfinished: it has no manifest.json, which is written last"
                + UnfinishedJob.of(folder).map(job -> "; " + job.count()).orElse(""),
            "wait for its job to end; if none is running, run the same analyze command again,"
                + " which goes on where it stopped")
        : PagestreamException.inFile(
            ErrorCode.FILE_NOT_FOUND,
            folder.resolve(CaseFiles.MANIFEST).toString(),
            "no finished case: the file does not exist",
            "give the folder that analyze has written");
  }

  /** Checks a seal that has been read, without refusing the case. */
  public static CheckedCase check(Path folder, CaseSeal seal) {
    List<SealDifference> differences = new ArrayList<>();
    if (seal.files().isEmpty() && seal.unreadable().isEmpty()) {
      differences.add(
          SealDifference.of(
              CaseFiles.MANIFEST,
              "has no seal: it was written by a version before sealed cases, or the seal was"
                  + " removed"));
      return new CheckedCase(folder, seal, State.NOT_SEALED, differences);
    }
    manifest(seal).forEach(differences::add);
    if (seal.unreadable().isEmpty()) {
      for (String name : CaseFiles.REQUIRED) {
        if (seal.file(name).isEmpty()) {
          differences.add(SealDifference.of(name, "is not sealed by the manifest"));
        }
      }
      for (SealedFile file : seal.files()) {
        file(folder, file, differences);
      }
    }
    State state = differences.isEmpty() ? State.SEALED : State.ALTERED;
    return new CheckedCase(folder, seal, state, differences);
  }

  /** Differences of the manifest itself. */
  public static List<SealDifference> manifest(CaseSeal seal) {
    List<SealDifference> differences = new ArrayList<>();
    if (seal.statedSha256().isEmpty()) {
      differences.add(
          SealDifference.of(
              CaseFiles.MANIFEST_HASH, "is missing or is not the hash of a manifest"));
    } else if (!seal.manifestHolds()) {
      differences.add(
          SealDifference.of(
              CaseFiles.MANIFEST,
              "has the SHA-256 %s instead of %s"
                  .formatted(seal.manifestSha256(), seal.statedSha256().get())));
    }
    seal.unreadable()
        .ifPresent(e ->
            differences.add(SealDifference.of(CaseFiles.MANIFEST, String.valueOf(e.getMessage()))));
    return differences;
  }

  private static void file(Path folder, SealedFile sealed, List<SealDifference> differences) {
    Path file = folder.resolve(sealed.name());
    FileStamp now = FileStamp.of(file);
    if (!now.isFile()) {
      differences.add(SealDifference.of(sealed.name(), now.what()));
    } else if (now.sizeBytes() != sealed.content().sizeBytes()) {
      differences.add(SealDifference.of(sealed.name(), size(now.sizeBytes(), sealed)));
    } else if (now.modifiedNanos() != sealed.modifiedNanos()
        && !FileHash.of(file, bytes -> {}).sha256().equals(sealed.content().sha256())) {
      differences.add(SealDifference.of(sealed.name(), "has other content than was sealed"));
    }
  }

  /** A difference in size, as part of a sentence. */
  public static String size(long now, SealedFile sealed) {
    return "has %,d bytes instead of %,d".formatted(now, sealed.content().sizeBytes());
  }

  /** Whether everything matches the seal, as far as the quick check can determine. */
  public boolean holds() {
    return state == State.SEALED;
  }

  /**
   * The differences, or that a job which adds images has not ended, in one line; empty if the seal
   * is valid and there is no such job.
   */
  public String warning() {
    if (differences.isEmpty()) {
      return UnfinishedJob.of(folder)
          .map(job ->
              "UNFINISHED: a job that adds images to this case is running or was stopped; %s"
                  .formatted(job.count()))
          .orElse("");
    }
    String more = differences.size() > 1 ? " (and %d more)".formatted(differences.size() - 1) : "";
    return (state == State.NOT_SEALED ? "NOT SEALED: " : "ALTERED SINCE IT WAS SEALED: ")
        + differences.getFirst()
        + more;
  }

  private PagestreamException refusal() {
    SealDifference first = differences.getFirst();
    String name = first.file();
    String more =
        differences.size() > 1 ? "; %d more differences".formatted(differences.size() - 1) : "";
    return state == State.NOT_SEALED
        ? PagestreamException.inFile(
            ErrorCode.CASE_NOT_SEALED,
            folder.resolve(name).toString(),
            first.what(),
            "analyze the images again, or open it unchecked with --allow-altered")
        : PagestreamException.inFile(
            ErrorCode.CASE_ALTERED,
            folder.resolve(name).toString(),
            "the case was altered after it was sealed: the file " + first.what() + more,
            "run 'pagestream verify' for the details; --allow-altered opens it nevertheless");
  }
}
