package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.analyzers.pattern.PatternPass;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.EvidenceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The selected analyzers with their options.
 *
 * @param registrations the analyzers, in the order in which they run
 * @param options options by analyzer name, then by key
 * @param rules what of their reports is kept, and how it is marked
 */
public record AnalyzerSelection(
    List<AnalyzerRegistration> registrations,
    Map<String, Map<String, String>> options,
    ReportRules rules) {
  /** Copies its collections. */
  public AnalyzerSelection {
    registrations = List.copyOf(registrations);
    options = Map.copyOf(options);
  }

  /** All reports are kept. */
  public AnalyzerSelection(
      List<AnalyzerRegistration> registrations, Map<String, Map<String, String>> options) {
    this(registrations, options, ReportRules.NONE);
  }

  /**
   * Selects from a catalog.
   *
   * @param catalog all analyzers
   * @param names names to run; empty for those that run by default
   * @param options options as {@code NAME.KEY} to value
   * @throws PagestreamException {@link ErrorCode#USAGE} for an unknown analyzer or option
   */
  public static AnalyzerSelection of(
      List<AnalyzerRegistration> catalog, Set<String> names, Map<String, String> options) {
    List<AnalyzerRegistration> chosen = new ArrayList<>();
    for (AnalyzerRegistration registration : catalog) {
      boolean wanted =
          names.isEmpty() ? registration.onByDefault() : names.contains(registration.info().name());
      if (wanted) {
        chosen.add(registration);
      }
    }
    for (String name : names) {
      if (catalog.stream().noneMatch(registration -> registration.info().name().equals(name))) {
        throw usage("there is no analyzer '" + name + "'");
      }
    }
    AnalyzerSelection selection = new AnalyzerSelection(chosen, byAnalyzer(catalog, options));
    selection.create().close(); // reports an invalid value, or a missing library, immediately
    return selection;
  }

  /** The same with only one of its analyzers; empty if it has no such analyzer. */
  public AnalyzerSelection only(String name) {
    return new AnalyzerSelection(
        registrations.stream().filter(one -> one.info().name().equals(name)).toList(),
        options,
        rules);
  }

  /**
   * The same with other rules.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if no analyzer of the selection reports one
   *     of the kinds, and the producer does not either
   */
  public AnalyzerSelection reporting(ReportRules other) {
    for (String kind : other.kinds()) {
      if (!EvidenceKind.isKind(kind)
          && registrations.stream().noneMatch(one -> one.info().kind(kind).isPresent())) {
        throw usage("no selected analyzer finds the kind '" + kind + "'");
      }
    }
    return new AnalyzerSelection(registrations, options, other);
  }

  /**
   * What affects the findings, as settings of a case: options as {@code NAME.KEY}, and the rules.
   */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(rules.settings());
    settings.putAll(optionsByPath());
    return settings;
  }

  /** The options as {@code NAME.KEY} to value. */
  public Map<String, String> optionsByPath() {
    Map<String, String> all = new TreeMap<>();
    options.forEach(
        (analyzer, values) -> values.forEach((key, value) -> all.put(analyzer + "." + key, value)));
    return all;
  }

  private static Map<String, Map<String, String>> byAnalyzer(
      List<AnalyzerRegistration> catalog, Map<String, String> options) {
    Map<String, Map<String, String>> byAnalyzer = new HashMap<>();
    options.forEach((path, value) -> {
      int dot = path.indexOf('.');
      String name = dot < 0 ? path : path.substring(0, dot);
      String key = dot < 0 ? "" : path.substring(dot + 1);
      if (catalog.stream().noneMatch(registration -> has(registration, name, key))) {
        throw usage("there is no analyzer option '" + path + "'");
      }
      byAnalyzer.computeIfAbsent(name, n -> new HashMap<>()).put(key, value);
    });
    return byAnalyzer;
  }

  private static boolean has(AnalyzerRegistration registration, String name, String key) {
    return registration.info().name().equals(name)
        && registration.info().options().stream().anyMatch(option -> option.key().equals(key));
  }

  private static PagestreamException usage(String what) {
    return PagestreamException.of(ErrorCode.USAGE, what, "see 'pagestream analyzers'");
  }

  /** New instances of all selected analyzers and the search for their patterns, for one thread. */
  Instances create() {
    List<Analyzer> analyzers = new ArrayList<>();
    for (AnalyzerRegistration registration : registrations) {
      analyzers.add(registration.factory().apply(given(registration.info().name())));
    }
    return new Instances(
        analyzers,
        new PatternPass(analyzers.stream().map(Analyzer::info).toList()),
        DecodingLimits.of(given(DecodingLimits.ANALYZER)),
        rules);
  }

  private AnalyzerOptions given(String name) {
    return new AnalyzerOptions(name, options.getOrDefault(name, Map.of()));
  }

  /**
   * The analyzers and search of one thread.
   *
   * @param patterns searches for the patterns of all analyzers, identified by their index
   * @param decoding limits of the content that they decode
   * @param rules what of their reports is kept
   */
  record Instances(
      List<Analyzer> analyzers, PatternPass patterns, DecodingLimits decoding, ReportRules rules)
      implements AutoCloseable {
    @Override
    public void close() {
      analyzers.forEach(Analyzer::close);
      patterns.close();
    }
  }
}
