package io.pagestream.analyzers.job;

import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.analyzers.pages.PageFactsAnalyzer;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.FindingCap;
import io.pagestream.analyzers.stage.ListedValues;
import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.analyzers.stage.ReportRules;
import io.pagestream.analyzers.yara.RuleFiles;
import io.pagestream.analyzers.yara.YaraAnalyzer;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.stages.image.ImageMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Converts between the settings of the analyzers and a job. A job names files only by their hash: a
 * path of the producer's machine means nothing on another, and a record must not make a stage open
 * a file.
 */
public final class AnalyzerJob {
  /** Name of the hash of known pages in a job. */
  private static final String KNOWN_HASH_OPTION = PageFactsAnalyzer.KNOWN_OPTION + "-sha256";

  private static final int MOST_SECONDS = 86_400;

  private AnalyzerJob() {}

  /**
   * The job of settings, without the mapper's part.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if a file that the options name cannot be
   *     read
   */
  public static ImageJob.Builder of(AnalyzerStage.Settings settings) {
    AnalyzerSelection selection = settings.selection();
    ReportRules rules = selection.rules();
    return ImageJob.newBuilder()
        .setAnalyzers(selection.registrations().stream().map(one -> one.info().name()).toList())
        .setAnalyzerOptions(withHashes(selection.optionsByPath()))
        .setKinds(List.copyOf(new TreeSet<>(rules.kinds())))
        .setStopListSha256(rules.stopList().sha256())
        .setAlertListSha256(rules.alertList().sha256())
        .setTimeoutMillis(settings.timeout().toMillis())
        .setCapOfKind(settings.cap().ofKind())
        .setCapOfValue(settings.cap().ofValue());
  }

  private static Map<String, String> withHashes(Map<String, String> options) {
    Map<String, String> job = new TreeMap<>(options);
    String rules = job.remove(YaraAnalyzer.RULES_OPTION);
    if (rules != null) {
      job.computeIfAbsent(YaraAnalyzer.HASH_OPTION, key -> RuleFiles.named(rules).sha256());
    }
    String known = job.remove(PageFactsAnalyzer.KNOWN_OPTION);
    if (known != null && !known.isEmpty()) {
      job.put(KNOWN_HASH_OPTION, JobFiles.sha256(Path.of(known)));
    }
    return job;
  }

  /**
   * The settings of a job.
   *
   * @param catalog all analyzers of this stage
   * @param files the files that this stage has
   * @param pages source of page bytes to which runs refer
   * @throws PagestreamException {@link ErrorCode#JOB_REFUSED} if an analyzer, an option or a file
   *     is missing
   */
  public static AnalyzerStage.Settings settings(
      ImageJob job, List<AnalyzerRegistration> catalog, JobFiles files, PayloadFiles pages) {
    try {
      Set<String> names = new LinkedHashSet<>(job.getAnalyzers());
      if (names.isEmpty()) {
        throw refused("the job names no analyzer");
      }
      AnalyzerSelection selection =
          AnalyzerSelection.of(catalog, names, withPaths(job.getAnalyzerOptions(), files))
              .reporting(
                  new ReportRules(
                      Set.copyOf(job.getKinds()),
                      list("stop list", job.getStopListSha256(), files),
                      list("alert list", job.getAlertListSha256(), files)));
      return new AnalyzerStage.Settings(
          selection,
          Duration.ofMillis(
              within(
                  "time-out", job.getTimeoutMillis(), Duration.ofSeconds(MOST_SECONDS).toMillis())),
          new FindingCap(
              (int) within("cap", job.getCapOfKind(), Integer.MAX_VALUE),
              (int) within("cap", job.getCapOfValue(), Integer.MAX_VALUE)),
          ImageMemory.KEEP_CLOSED,
          pages);
    } catch (PagestreamException e) {
      if (e.code() == ErrorCode.JOB_REFUSED) {
        throw e;
      }
      throw refused(String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private static Map<String, String> withPaths(Map<String, String> job, JobFiles files) {
    Map<String, String> options = new TreeMap<>(job);
    String rules = options.get(YaraAnalyzer.HASH_OPTION);
    if (options.remove(YaraAnalyzer.RULES_OPTION) != null
        || options.remove(PageFactsAnalyzer.KNOWN_OPTION) != null) {
      throw refused("the job names a file by its path");
    }
    if (rules != null) {
      options.put(
          YaraAnalyzer.RULES_OPTION,
          files.rules(rules).orElseThrow(() -> missing("YARA rules", rules)).option());
    }
    String known = options.remove(KNOWN_HASH_OPTION);
    if (known != null) {
      options.put(PageFactsAnalyzer.KNOWN_OPTION, file("known pages", known, files).toString());
    }
    return options;
  }

  private static ListedValues list(String what, String sha256, JobFiles files) {
    if (sha256.isEmpty()) {
      return ListedValues.NONE;
    }
    ListedValues values = ListedValues.read(file(what, sha256, files));
    if (!values.sha256().equals(sha256)) {
      throw refused("the " + what + " has changed since this stage was started");
    }
    return values;
  }

  private static Path file(String what, String sha256, JobFiles files) {
    return files.file(sha256).orElseThrow(() -> missing(what, sha256));
  }

  private static long within(String what, long value, long most) {
    if (value < 1 || value > most) {
      throw refused("the job has a " + what + " of " + value);
    }
    return value;
  }

  private static PagestreamException missing(String what, String sha256) {
    return PagestreamException.of(
        ErrorCode.JOB_REFUSED,
        "this stage does not have the " + what + " with the SHA-256 " + sha256,
        "start 'stage analyzers' with --job-files and the file or its folder");
  }

  private static PagestreamException refused(String why) {
    return PagestreamException.of(
        ErrorCode.JOB_REFUSED, why, "use the same version of Pagestream for all stages");
  }
}
