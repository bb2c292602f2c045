package io.pagestream.analyzers.pages;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.page.Entropy;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hash and the entropy of each page that has bytes, and whether it is known. Zero pages and
 * decoded data are not pages of their own.
 *
 * <p>{@code page-hash}: the value is the SHA-256 hash of the page, or with {@code --known-pages}
 * the hash of the algorithm of that file. {@code known-page}: a page whose hash is in the file; the
 * value is the hash. Attributes: {@code algorithm}; {@code entropy}, Shannon's entropy in bits per
 * byte; {@code entropy-class}: {@code low} below 3 (tables, sparse data), {@code high} from 7.2 on
 * (compressed or encrypted data: random pages have 7.95), {@code medium} between (text and code).
 */
public final class PageFactsAnalyzer implements Analyzer {
  /** The option with the file of known hashes. */
  public static final String KNOWN_OPTION = "page-facts.known";

  /** The option with the hash of that file. */
  public static final String KNOWN_HASH_OPTION = "page-facts.known-sha256";

  /** The option that reports every page. */
  public static final String HASHES_OPTION = "page-facts.hashes";

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          "page-facts",
          "Reports the hash and the entropy of pages, and pages whose hashes are known.",
          List.of(FindingKind.proven("page-hash"), FindingKind.proven("known-page")),
          0,
          Pages.SIZE,
          List.of(
              new AnalyzerInfo.Option(
                  "hashes", "1 to report every page; see '--page-hashes'.", "0"),
              new AnalyzerInfo.Option(
                  "known", "File with hashes of known pages; see '--known-pages'.", ""),
              new AnalyzerInfo.Option(
                  "known-sha256",
                  "Refuse another file than that with this hash; '--known-pages' sets it.",
                  "")));

  private static final int MEDIUM_CENTIBITS = 300;
  private static final int HIGH_CENTIBITS = 720;

  private final boolean reportAll;
  private final @Nullable KnownPages known;
  private final PageDigest algorithm;
  private final MessageDigest digest;
  private final byte[] page = new byte[Pages.SIZE];

  /**
   * An instance for one thread.
   *
   * @throws io.pagestream.schemas.error.PagestreamException for a file of hashes that cannot be
   *     used
   */
  public PageFactsAnalyzer(AnalyzerOptions options) {
    String file = options.values().getOrDefault("known", "");
    known = file.isEmpty() ? null : KnownPages.read(Path.of(file));
    if (known != null) {
      known.requireHash(Path.of(file), options.values().getOrDefault("known-sha256", ""));
    }
    reportAll = options.integer("hashes", 0, 0, 1) == 1;
    algorithm = known == null ? PageDigest.SHA256 : known.digest();
    digest = algorithm.newInstance();
  }

  /**
   * The value of {@link #KNOWN_HASH_OPTION} for a file of hashes: its own SHA-256 hash.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if the file cannot be used
   */
  public static String hashOf(Path file) {
    return KnownPages.read(file).sha256();
  }

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    if (!window.start().isMemory()) {
      return;
    }
    int inPage = (int) (-window.alignmentOf(window.ownStart()) & (Pages.SIZE - 1));
    for (int start = window.ownStart() + inPage;
        start < window.ownEnd() && start + Pages.SIZE <= window.limit();
        start += Pages.SIZE) {
      MemorySegment.copy(window.bytes(), ValueLayout.JAVA_BYTE, start, page, 0, Pages.SIZE);
      byte[] hash = digest.digest(page);
      boolean isKnown = known != null && known.contains(hash);
      if (isKnown || reportAll) {
        report(start, HexFormat.of().formatHex(hash), isKnown, findings);
      }
    }
  }

  private void report(int start, String hash, boolean isKnown, FindingSink findings) {
    Map<String, String> attributes = new TreeMap<>();
    int centibits = Entropy.centibits(ByteBuffer.wrap(page));
    attributes.put("algorithm", algorithm.word());
    attributes.put("entropy", String.format(Locale.ROOT, "%.2f", centibits / 100.0));
    attributes.put("entropy-class", entropyClass(centibits));
    if (reportAll) {
      findings.found("page-hash", start, Pages.SIZE, hash, Encoding.BINARY, attributes);
    }
    if (isKnown) {
      findings.found("known-page", start, Pages.SIZE, hash, Encoding.BINARY, attributes);
    }
  }

  private static String entropyClass(int centibits) {
    if (centibits < MEDIUM_CENTIBITS) {
      return "low";
    }
    return centibits < HIGH_CENTIBITS ? "medium" : "high";
  }
}
