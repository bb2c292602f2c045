package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.alias.CacheAliases;
import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which analyzers run, and with which options.
 *
 * @param registrations the analyzers, in the order in which they run
 * @param options options by analyzer name, then by key
 * @param cacheAliases whether aliases that disagree are reported, which takes no analyzer of bytes
 */
public record AnalyzerSelection(
    List<AnalyzerRegistration> registrations,
    Map<String, Map<String, String>> options,
    boolean cacheAliases) {
  /** Copies its collections. */
  public AnalyzerSelection {
    registrations = List.copyOf(registrations);
    options = Map.copyOf(options);
  }

  /**
   * Selects from a catalogue.
   *
   * @param catalog all analyzers there are
   * @param names names to run; empty for those that run by default
   * @param options options as {@code NAME.KEY} to value
   * @throws PagestreamException {@link ErrorCode#USAGE} for an unknown analyzer or option
   */
  public static AnalyzerSelection of(
      List<AnalyzerRegistration> catalog, Set<String> names, Map<String, String> options) {
    String alias = CacheAliases.INFO.name();
    List<AnalyzerRegistration> chosen = new ArrayList<>();
    for (AnalyzerRegistration registration : catalog) {
      boolean wanted =
          names.isEmpty() ? registration.onByDefault() : names.contains(registration.info().name());
      if (wanted) {
        chosen.add(registration);
      }
    }
    for (String name : names) {
      if (!name.equals(alias)
          && catalog.stream().noneMatch(registration -> registration.info().name().equals(name))) {
        throw usage("there is no analyzer '" + name + "'");
      }
    }
    boolean cacheAliases = names.isEmpty() || names.contains(alias);
    AnalyzerSelection selection =
        new AnalyzerSelection(chosen, byAnalyzer(catalog, options), cacheAliases);
    selection.create().forEach(Analyzer::close); // so that a wrong value is told at once
    return selection;
  }

  /** The same with one of its analyzers only; with none if it has no such analyzer. */
  public AnalyzerSelection only(String name) {
    return new AnalyzerSelection(
        registrations.stream().filter(one -> one.info().name().equals(name)).toList(),
        options,
        cacheAliases && name.equals(CacheAliases.INFO.name()));
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

  /** New instances of all selected analyzers, for one thread. */
  List<Analyzer> create() {
    List<Analyzer> analyzers = new ArrayList<>();
    for (AnalyzerRegistration registration : registrations) {
      String name = registration.info().name();
      AnalyzerOptions given = new AnalyzerOptions(name, options.getOrDefault(name, Map.of()));
      analyzers.add(registration.factory().apply(given));
    }
    return analyzers;
  }
}
