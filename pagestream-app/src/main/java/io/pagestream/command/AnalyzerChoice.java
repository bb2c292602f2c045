package io.pagestream.command;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
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
import io.pagestream.stages.image.ImageMemory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that runs analyzers. */
final class AnalyzerChoice {
  @Option(
      names = "--analyzers",
      paramLabel = "NAME",
      split = ",",
      description =
          "Run only these analyzers (default: all that 'pagestream analyzers' marks as on).")
  private Set<String> names = Set.of();

  @Option(
      names = "--analyzer-option",
      paramLabel = "NAME.KEY=VALUE",
      description = "An option of an analyzer, for example aes-keys.max-bit-errors=4.")
  private Map<String, String> options = Map.of();

  @Option(
      names = "--yara",
      paramLabel = "FILE|DIR",
      description = {
        "Evaluate the YARA rules of this file, or of all files *.yar, *.yara and *.rule below this"
            + " folder, besides the other analyzers. Can be given several times.",
        "Rules see each page and the 4096 bytes after it (--analyzer-option yara.look-ahead=BYTES)."
            + " This needs the system's libyara."
      })
  private List<Path> yaraRules = List.of();

  @Option(
      names = "--page-hashes",
      description = "Report the SHA-256 hash and the entropy of every page that has bytes.")
  private boolean pageHashes;

  @Option(
      names = "--known-pages",
      paramLabel = "FILE",
      description = {
        "Report pages whose hashes are in this file, for example pages of known software.",
        "The file has an MD5, SHA-1 or SHA-256 hash of 4096 bytes on each line."
      })
  private @Nullable Path knownPages;

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      description = {
        "Keep only findings of these kinds, for example email,aes-key. All selected analyzers run"
            + " nevertheless, since one may decode what another searches.",
      })
  private Set<String> kinds = Set.of();

  @Option(
      names = "--stop-list",
      paramLabel = "FILE",
      description = {
        "Mark findings whose values are known to be of no interest: attribute list=stop.",
        "The file has a value on each line, optionally followed by a tab and its context: a part of"
            + " the finding's context. Feature files of bulk_extractor are read as well."
      })
  private @Nullable Path stopList;

  @Option(
      names = "--alert-list",
      paramLabel = "FILE",
      description =
          "Mark findings whose values are of interest: attribute list=alert. The file is like that"
              + " of --stop-list; a value on both lists is of interest.")
  private @Nullable Path alertList;

  @Option(
      names = "--analyzer-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = {
        "CPU time that an analyzer may use for one run of pages (default: ${DEFAULT-VALUE}).",
        "An analyzer that exceeds it is retried once, and then counts as failed on that run; the"
            + " other analyzers continue. See 'pagestream retry'."
      })
  private int timeoutSeconds;

  @Option(
      names = "--no-cap",
      description = {
        "Keep all findings. By default, at most 256 findings of one kind are kept per page, and"
            + " 16 repetitions of one value less than 64 bytes apart. Findings beyond that are"
            + " counted with their addresses and set the exit code to 1."
      })
  private boolean noCap;

  AnalyzerStage.Settings settings() {
    return settings(null);
  }

  /**
   * The settings with another time-out.
   *
   * @param otherSeconds the time-out; null for the selected one
   */
  AnalyzerStage.Settings settings(@Nullable Integer otherSeconds) {
    int seconds = otherSeconds == null ? timeoutSeconds : otherSeconds;
    return new AnalyzerStage.Settings(
        selection().reporting(reportRules()),
        Duration.ofSeconds(Bounds.check("--analyzer-timeout", seconds, 1, 86_400)),
        noCap ? FindingCap.NONE : FindingCap.DEFAULT,
        ImageMemory.KEEP_CLOSED,
        PayloadFiles.NONE);
  }

  private ReportRules reportRules() {
    return new ReportRules(kinds, listed(stopList), listed(alertList));
  }

  private static ListedValues listed(@Nullable Path file) {
    return file == null ? ListedValues.NONE : ListedValues.read(file);
  }

  private AnalyzerSelection selection() {
    Set<String> with = new LinkedHashSet<>();
    Map<String, String> all = new TreeMap<>(options);
    if (!yaraRules.isEmpty()) {
      with.add(YaraAnalyzer.INFO.name());
      all.put(YaraAnalyzer.RULES_OPTION, rules().option());
      all.put(YaraAnalyzer.HASH_OPTION, rules().sha256());
    }
    if (pageHashes || knownPages != null) {
      with.add(PageFactsAnalyzer.INFO.name());
      all.put(PageFactsAnalyzer.HASHES_OPTION, pageHashes ? "1" : "0");
      if (knownPages != null) {
        all.put(PageFactsAnalyzer.KNOWN_OPTION, knownPages.toString());
        all.put(PageFactsAnalyzer.KNOWN_HASH_OPTION, PageFactsAnalyzer.hashOf(knownPages));
      }
    }
    return AnalyzerSelection.of(AnalyzerCatalog.all(), with.isEmpty() ? names : named(with), all);
  }

  /** The selected analyzers, and those that another option requires. */
  private Set<String> named(Set<String> required) {
    Set<String> all = new LinkedHashSet<>(names);
    if (names.isEmpty()) {
      AnalyzerCatalog.all().stream()
          .filter(AnalyzerRegistration::onByDefault)
          .forEach(registration -> all.add(registration.info().name()));
    }
    all.addAll(required);
    return all;
  }

  private RuleFiles rules() {
    return RuleFiles.of(yaraRules);
  }

  /** Names the rules that cannot be evaluated as their author meant. */
  void warn(PrintWriter err) {
    if (!yaraRules.isEmpty()) {
      rules().wholeFileWarning().ifPresent(warning -> err.println("pagestream: " + warning));
      err.flush();
    }
  }
}
