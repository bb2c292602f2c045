package io.pagestream.analyzers.yara;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the user's YARA rules. libyara sees each page as a file of its own that continues with
 * the bytes after the page: {@code uint16(0)} is the page's first word, and {@code filesize} the
 * length of page and look-ahead. So the findings do not depend on how memory is cut into runs.
 *
 * <p>A rule that is true is reported where the first of its strings matches in the page; at the
 * page's start if it has no string there. Attributes: {@code file} that defines the rule, {@code
 * tags}, {@code meta}, {@code strings} with the address and the length of each match, {@code
 * more-strings}: number of matches that are not listed.
 */
public final class YaraAnalyzer implements Analyzer {
  /** The option that names the rules. */
  public static final String RULES_OPTION = "yara.rules";

  /** The option with the hash that the rules must have. */
  public static final String HASH_OPTION = "yara.rules-sha256";

  private static final String KIND = "yara-rule";
  private static final int DEFAULT_LOOK_AHEAD = Pages.SIZE;
  private static final int MOST_LOOK_AHEAD = 32 * 1024;
  private static final int MOST_METADATA = 2_000;

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          "yara",
          "Evaluates the rules of YARA that '--yara' names, on each page and the bytes after it.",
          List.of(FindingKind.checked(KIND)),
          0,
          2 * Pages.SIZE + MOST_LOOK_AHEAD,
          List.of(
              new AnalyzerInfo.Option("rules", "Files and folders with rules; see '--yara'.", ""),
              new AnalyzerInfo.Option(
                  "rules-sha256",
                  "Refuse other rules than those with this hash; '--yara' sets it.",
                  ""),
              new AnalyzerInfo.Option(
                  "look-ahead",
                  "Bytes after a page that the rules see, 0 to " + MOST_LOOK_AHEAD + ".",
                  Integer.toString(DEFAULT_LOOK_AHEAD))));

  private final RuleScanner scanner;
  private final int lookAhead;

  /**
   * An instance for one thread.
   *
   * @throws io.pagestream.schemas.error.PagestreamException for rules that are missing or wrong,
   *     and if the system has no libyara
   */
  public YaraAnalyzer(AnalyzerOptions options) {
    lookAhead = options.integer("look-ahead", DEFAULT_LOOK_AHEAD, 0, MOST_LOOK_AHEAD);
    RuleFiles files = RuleFiles.named(options.values().getOrDefault("rules", ""));
    files.requireHash(options.values().getOrDefault("rules-sha256", ""));
    scanner = new RuleScanner(CompiledRules.of(files));
  }

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  /** A page, or the rest of one, in a window. */
  private record Stretch(int start, int ownEnd) {
    boolean holds(RuleMatch.Place place) {
      return start + place.offset() < ownEnd;
    }
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    List<RuleMatch> known = null;
    for (int start = window.ownStart(); start < window.ownEnd(); ) {
      Stretch stretch = new Stretch(start, pageEnd(window, start));
      List<RuleMatch> trueRules = known == null ? scan(window, stretch.start()) : known;
      known = null;
      for (RuleMatch match : trueRules) {
        if (match.places().stream().anyMatch(stretch::holds)) {
          report(window, stretch, match, findings);
        } else if (match.places().isEmpty()) {
          reportPage(window, stretch, match, findings);
        } else {
          // Its strings match only after the page, which normally is the next page's finding.
          known = known == null ? scan(window, stretch.ownEnd()) : known;
          if (known.stream().noneMatch(next -> next.rule().equals(match.rule()))) {
            reportPage(window, stretch, match, findings);
          }
        }
      }
      start = stretch.ownEnd();
    }
  }

  /** Offset after the last byte of a page; decoded data is divided like memory. */
  private static int pageEnd(Window window, int offset) {
    int inPage = (int) (window.alignmentOf(offset) & (Pages.SIZE - 1));
    return Math.min(window.limit(), offset + Pages.SIZE - inPage);
  }

  private List<RuleMatch> scan(Window window, int start) {
    if (start >= window.limit()) {
      return List.of();
    }
    int end = Math.min(window.limit(), pageEnd(window, start) + lookAhead);
    return scanner.scan(window.bytes().asSlice(start, end - start));
  }

  private static void report(
      Window window, Stretch stretch, RuleMatch match, FindingSink findings) {
    RuleMatch.Place first = match.places().getFirst();
    found(window, stretch.start(), first.offset(), Math.max(1, first.length()), match, findings);
  }

  /** A page's own finding needs the page's first byte: not where only its end is searched. */
  private static void reportPage(
      Window window, Stretch stretch, RuleMatch match, FindingSink findings) {
    if ((window.alignmentOf(stretch.start()) & (Pages.SIZE - 1)) == 0) {
      int length = stretch.ownEnd() - stretch.start();
      found(window, stretch.start(), 0, length, match, findings);
    }
  }

  private static void found(
      Window window, int start, int offset, int length, RuleMatch match, FindingSink findings) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("file", match.rule().namespace());
    put(attributes, "tags", String.join(", ", match.rule().tags()));
    put(attributes, "meta", cut(String.join("; ", match.rule().metadata())));
    put(
        attributes,
        "strings",
        match.places().stream()
            .map(place ->
                "%s 0x%x (%d)"
                    .formatted(
                        place.name(), window.alignmentOf(start + place.offset()), place.length()))
            .collect(Collectors.joining(", ")));
    put(attributes, "more-strings", match.omitted() > 0 ? Long.toString(match.omitted()) : null);
    findings.found(KIND, start + offset, length, match.rule().name(), Encoding.BINARY, attributes);
  }

  private static void put(Map<String, String> attributes, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      attributes.put(key, value);
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_METADATA ? text : text.substring(0, MOST_METADATA) + "...";
  }

  @Override
  public void close() {
    scanner.close();
  }
}
