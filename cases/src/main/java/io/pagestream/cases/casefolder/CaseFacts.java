package io.pagestream.cases.casefolder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Information in a case folder about the jobs that created it.
 *
 * @param toolVersion Pagestream's version
 * @param commandLine the command and its arguments
 * @param started when the job began
 * @param ended when everything had been collected
 * @param settings effective settings, for example {@code run-pages}, {@code partitions}
 * @param notAnalysed images that could not be opened or streamed: the problem of each, with its
 *     file
 * @param caseId id of the case, as given by the user; empty if it was not given
 * @param examiner name of the examiner, as given by the user; empty if it was not given
 * @param given the images that were handed to the job
 * @param earlier earlier jobs of the case, in order
 * @param skipped files of folders that are not images, as sentences
 */
public record CaseFacts(
    String toolVersion,
    List<String> commandLine,
    Instant started,
    Instant ended,
    Map<String, String> settings,
    List<String> notAnalysed,
    String caseId,
    String examiner,
    List<GivenImage> given,
    List<CaseJob> earlier,
    List<String> skipped) {
  /** Copies its collections. */
  public CaseFacts {
    commandLine = List.copyOf(commandLine);
    settings = new TreeMap<>(settings);
    notAnalysed = List.copyOf(notAnalysed);
    given = List.copyOf(given);
    earlier = List.copyOf(earlier);
    skipped = List.copyOf(skipped);
  }

  /** A case of one job, without names. */
  public CaseFacts(
      String toolVersion,
      List<String> commandLine,
      Instant started,
      Instant ended,
      Map<String, String> settings,
      List<String> notAnalysed) {
    this(
        toolVersion,
        commandLine,
        started,
        ended,
        settings,
        notAnalysed,
        "",
        "",
        List.of(),
        List.of(),
        List.of());
  }

  /** The same with an id of the case and the name of the examiner. */
  public CaseFacts named(String id, String name) {
    return new CaseFacts(
        toolVersion,
        commandLine,
        started,
        ended,
        settings,
        notAnalysed,
        id,
        name,
        given,
        earlier,
        skipped);
  }

  /** The same with files that were passed over. */
  public CaseFacts skipping(List<String> files) {
    return new CaseFacts(
        toolVersion,
        commandLine,
        started,
        ended,
        settings,
        notAnalysed,
        caseId,
        examiner,
        given,
        earlier,
        files);
  }

  /** The job that these facts describe, without a seal. */
  public CaseJob job() {
    return new CaseJob(toolVersion, commandLine, started, ended, settings, given, "");
  }

  /** All jobs of the case, in order; the last one is {@link #job()}. */
  public List<CaseJob> jobs() {
    List<CaseJob> jobs = new ArrayList<>(earlier);
    jobs.add(job());
    return jobs;
  }

  /** The job that analyzed an image; the last one if none is known. */
  public CaseJob jobOf(String imageId) {
    return jobs().stream().filter(job -> job.analyzed(imageId)).findFirst().orElse(job());
  }

  /** The same after the end of the job. */
  public CaseFacts ended(
      Instant end,
      Map<String, String> inForce,
      List<String> missing,
      List<GivenImage> images,
      List<CaseJob> before) {
    return new CaseFacts(
        toolVersion,
        commandLine,
        started,
        end,
        inForce,
        missing,
        caseId,
        examiner,
        images,
        before,
        skipped);
  }
}
