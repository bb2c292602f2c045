package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.CaseJob;
import io.pagestream.cases.casefolder.GivenImage;
import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.collect.Recollection;
import io.pagestream.cases.verify.CaseVerifier;
import io.pagestream.images.identity.FileStamp;
import io.pagestream.producer.stream.SourceFiles;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageSource;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that a case folder holds when a job starts: those of the case to which images are
 * added, and those that a killed job with the same settings has completed.
 */
final class KnownImages {
  private static final Logger LOG = LoggerFactory.getLogger(KnownImages.class);

  /** Settings that do not affect what is found, so that a job may go on with others. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "disk-budget-bytes",
          "threads",
          "partitions",
          "instances",
          "max-in-flight-bytes",
          "payload",
          "parallel");

  private final Optional<ReopenedCase> before;
  private final String seal;
  private final Map<String, ReopenedCase> completed;
  private final List<String> notes = new ArrayList<>();

  private KnownImages(
      Optional<ReopenedCase> before, String seal, Map<String, ReopenedCase> completed) {
    this.before = before;
    this.seal = seal;
    this.completed = completed;
  }

  /**
   * The images in a folder.
   *
   * @param images the images of the job; others that a killed job has completed are left out
   * @param settings the settings in force
   * @throws PagestreamException {@link ErrorCode#CASE_ALTERED} if the case differs from its seal:
   *     it would otherwise obtain a valid one
   */
  static KnownImages of(
      CaseFolder folder,
      List<ImageSubmission> images,
      String version,
      Map<String, String> settings) {
    Optional<ReopenedCase> before = Optional.empty();
    String seal = "";
    if (folder.adds()) {
      seal = CaseVerifier.requireSound(folder.path());
      before = Optional.of(ReopenedCase.open(folder.path()));
    }
    Map<String, ReopenedCase> completed = new HashMap<>();
    for (ReopenedCase one : folder.unfinished().finished()) {
      CaseFacts facts = one.facts();
      boolean same =
          facts.toolVersion().equals(version)
              && effective(facts.settings()).equals(effective(settings));
      Optional<ImageManifest> manifest = manifest(one);
      if (!same) {
        LOG.warn(
            "{} was completed by an earlier job with other settings, and is analyzed again",
            manifest.map(ImageManifest::getName).orElse("an image"));
      } else if (manifest.isPresent()
          && images.stream().anyMatch(image -> isNamedAs(image, manifest.get()))) {
        completed.put(manifest.get().getImageId(), one);
      }
    }
    KnownImages known = new KnownImages(before, seal, completed);
    known.requireCompleteOrGiven(images);
    return known;
  }

  /** An image that a job had to leave incomplete is analyzed again, if it is given again. */
  private void requireCompleteOrGiven(List<ImageSubmission> images) {
    for (ImageLedger ledger : before.map(ReopenedCase::ledgers).orElse(List.of())) {
      ImageManifest manifest = ledger.settledManifest();
      if (isComplete(ledger)) {
        continue;
      }
      boolean given =
          manifest != null
              && manifest.getSources().stream()
                  .anyMatch(source ->
                      images.stream().anyMatch(image -> image.path().equals(source.getPath())));
      if (!given) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            "the image %s is incomplete in the case, so that no images can be added to it"
                .formatted(nameOf(ledger)),
            "give this image as well, so that it is analyzed again, or choose another --out");
      }
      notes.add(nameOf(ledger) + " was incomplete in the case and was analyzed again.");
    }
  }

  private static boolean isComplete(ImageLedger ledger) {
    return ledger.isEnded() && !ledger.isFailed() && ledger.hasAllReceipts();
  }

  /** Notes on the images, in sentences. */
  List<String> notes() {
    List<String> all = new ArrayList<>(before.map(ReopenedCase::notes).orElse(List.of()));
    all.addAll(notes);
    return all;
  }

  private static Map<String, String> effective(Map<String, String> settings) {
    Map<String, String> effective = new HashMap<>(settings);
    effective.keySet().removeAll(WITHOUT_EFFECT);
    return effective;
  }

  private static Optional<ImageManifest> manifest(ReopenedCase one) {
    return one.ledgers().stream()
        .map(ImageLedger::settledManifest)
        .flatMap(found -> Optional.ofNullable(found).stream())
        .findFirst();
  }

  private static boolean isNamedAs(ImageSubmission image, ImageManifest manifest) {
    return image.label().equals(manifest.getName())
        && image.names().host().equals(manifest.getHost())
        && image.names().evidenceId().equals(manifest.getEvidenceId());
  }

  /** Labels by image id, of all images. */
  Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    ledgers().forEach(ledger -> labels.put(ledger.imageId(), nameOf(ledger)));
    return labels;
  }

  private static String nameOf(ImageLedger ledger) {
    ImageManifest manifest = ledger.settledManifest();
    return manifest == null ? "image " + ledger.imageId() : manifest.getName();
  }

  private List<ImageLedger> ledgers() {
    List<ImageLedger> ledgers = new ArrayList<>();
    before.ifPresent(
        one -> one.ledgers().stream().filter(KnownImages::isComplete).forEach(ledgers::add));
    completed.values().forEach(one -> ledgers.addAll(one.ledgers()));
    return ledgers;
  }

  /** Bytes of the files of all images. */
  long fileBytes() {
    return ledgers().stream()
        .flatMap(ledger -> ledger.files().stream())
        .mapToLong(ImageFile::getSizeBytes)
        .sum();
  }

  /** Ids of the images of the case to which images are added, in order. */
  List<String> inCase() {
    return before.stream()
        .flatMap(one -> one.ledgers().stream())
        .filter(KnownImages::isComplete)
        .map(ImageLedger::imageId)
        .toList();
  }

  /** Ids of the images that a killed job has completed. */
  Set<String> completed() {
    return completed.keySet();
  }

  /** The case to which images are added. */
  Optional<ReopenedCase> before() {
    return before;
  }

  /** SHA-256 of its manifest; empty without such a case. */
  String seal() {
    return seal;
  }

  /** The jobs that wrote it. */
  List<CaseJob> jobs() {
    if (before.isEmpty()) {
      return List.of();
    }
    List<CaseJob> jobs = new ArrayList<>(before.get().facts().earlier());
    CaseJob last = before.get().facts().job();
    jobs.add(
        new CaseJob(
            last.toolVersion(),
            last.commandLine(),
            last.started(),
            last.ended(),
            last.settings(),
            last.given(),
            seal));
    return jobs;
  }

  /**
   * The outcome of an image whose files are exactly those that were analyzed before: the same
   * paths, inodes, sizes and times, including the change time that no program can set. Other images
   * are recognized by their content when they are hashed.
   */
  Optional<GivenImage> recognize(ImageSubmission image) {
    Set<ImageSource> now = new HashSet<>();
    try {
      for (Path file : image.files()) {
        now.add(SourceFiles.source(file, FileStamp.of(file)));
      }
    } catch (PagestreamException e) {
      return Optional.empty(); // opening it reports the error
    }
    for (ImageLedger ledger : ledgers()) {
      ImageManifest manifest = ledger.settledManifest();
      boolean isCompleted = completed.containsKey(ledger.imageId());
      if (manifest != null
          && !manifest.getSources().isEmpty()
          && manifest.getSources().stream()
              .noneMatch(source -> source.getChanged().isEmpty() || source.getFileKey().isEmpty())
          && now.equals(Set.copyOf(manifest.getSources()))
          && (!isCompleted || isNamedAs(image, manifest))) {
        return Optional.of(
            new GivenImage(
                image.path(),
                manifest.getName(),
                isCompleted ? GivenImage.Outcome.ANALYZED : GivenImage.Outcome.IN_CASE,
                ledger.imageId(),
                ""));
      }
    }
    return Optional.empty();
  }

  /**
   * Adds everything to a case.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if records are missing, as in a
   *     case of an earlier version
   */
  void giveAll(Recollection into) {
    List<String> inCase = inCase();
    before.ifPresent(one -> one.giveAll(into, inCase::contains));
    completed.values().forEach(one -> one.giveAll(into));
    List<String> incomplete = into.loaded();
    if (!incomplete.isEmpty()) {
      throw PagestreamException.of(
          ErrorCode.RECORD_CORRUPT,
          "the case lacks records of the image %s, so that no images can be added to it"
              .formatted(incomplete.getFirst()),
          "choose another --out, or analyze all images again with --force");
    }
  }
}
