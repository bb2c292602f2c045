package io.pagestream.cases.casefolder;

import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a job that has not ended: the folder {@value CaseFiles#UNFINISHED} of a case. It
 * contains the plan of the job and, for each image that is complete, a sealed case with this image
 * only. A job that is killed leaves it behind, and the next job with the same settings goes on from
 * there. It is deleted when the case has been written.
 */
public final class UnfinishedImages {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedImages.class);
  private static final String PLAN = "job.json";
  private static final Pattern IMAGE_ID = Pattern.compile("[0-9a-f]{32}");

  private final Path folder;

  /** Those of a case. */
  public UnfinishedImages(Path caseFolder) {
    this.folder = caseFolder.resolve(CaseFiles.UNFINISHED);
  }

  /** Whether a job has begun and not ended. */
  public boolean exist() {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Writes the plan of a job, before its first image.
   *
   * @param facts the job; its given images are those to be analyzed
   */
  public void plan(CaseFacts facts) {
    try {
      PrivateFiles.createFolder(folder);
      PrivateFiles.writeWhole(
          folder.resolve(PLAN),
          out -> {
            try (ManifestJson json = new ManifestJson(new KeepOpen(out))) {
              json.writePlan(facts);
            }
          });
      PrivateFiles.syncFolder(folder);
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  /** The plan of the job; empty if there is none, or it is damaged. */
  public Optional<CaseFacts> plan() {
    Path plan = folder.resolve(PLAN);
    if (!exist() || !Files.isRegularFile(plan, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(FactsReader.read(new CaseFile(plan)).facts());
    } catch (PagestreamException e) {
      LOG.warn("{} is damaged and is ignored: {}", plan, e.getMessage());
      return Optional.empty();
    }
  }

  /** Writes a complete image. It is valid once its manifest exists, which is written last. */
  public void write(CaseFacts facts, CollectedCase image) {
    Path place = folder.resolve(image.ledgers().getFirst().imageId());
    try {
      PrivateFiles.createFolder(place);
      new CaseWriter(place, Optional.empty()).write(facts, image);
      PrivateFiles.syncFolder(folder);
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  /**
   * The complete images, by id. One that does not match its seal is left out, so that it is
   * analyzed again.
   */
  public List<ReopenedCase> finished() {
    List<ReopenedCase> finished = new ArrayList<>();
    for (Path place : places()) {
      try {
        finished.add(ReopenedCase.open(CheckedCase.open(place).folder()));
      } catch (PagestreamException e) {
        LOG.info("{} is not a complete image: {}", place, e.getMessage());
      }
    }
    return finished;
  }

  /** Number of complete images; reads no more than the names of files. */
  public int count() {
    return (int)
        places().stream()
            .filter(place ->
                Files.isRegularFile(place.resolve(CaseFiles.MANIFEST), LinkOption.NOFOLLOW_LINKS))
            .count();
  }

  private List<Path> places() {
    if (!exist()) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries
          .filter(place -> Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS))
          .filter(place -> IMAGE_ID.matcher(place.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  /** Deletes them. */
  public void delete() {
    try {
      PrivateFiles.deleteTree(folder);
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  private PagestreamException notWritable(IOException cause) {
    return SystemFailure.writing(
        folder.toString(), "the folder for unfinished images cannot be used", cause);
  }
}
