package io.pagestream.analyzers.contract;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.Confidence;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the findings of one window and refuses every one that violates the contract. The content
 * that an analyzer without kinds decodes counts as its findings.
 */
public final class StrictSink implements FindingSink {
  private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private static final Pattern CODEC = Pattern.compile("[A-Z0-9]+");

  private final AnalyzerInfo info;
  private final Window window;
  private final Set<Found> findings;

  /**
   * @param info the declaration of the analyzer
   * @param window the analyzed window
   * @param findings receives the findings
   */
  public StrictSink(AnalyzerInfo info, Window window, Set<Found> findings) {
    this.info = info;
    this.window = window;
    this.findings = findings;
  }

  @Override
  public void found(
      String kind,
      int offset,
      int length,
      String value,
      Encoding encoding,
      Map<String, String> attributes,
      @Nullable Confidence confidence) {
    require(info.kind(kind).isPresent(), "undeclared kind " + kind);
    require(window.owns(offset), "offset " + offset + " is not in the own part of " + window);
    require(length >= 1, "length " + length);
    require(length <= window.limit() - offset, "longer than is shown");
    require(length <= info.lookAheadBytes(), "longer than the declared look-ahead");
    require(!value.isEmpty(), "empty value");
    for (String key : attributes.keySet()) {
      require(KEBAB.matcher(key).matches(), "attribute not in kebab-case: " + key);
    }
    findings.add(
        new Found(kind, window.locationOf(offset).address(), length, value, encoding, attributes));
  }

  @Override
  public void descend(String codec, int offset, byte[] decoded, int length, boolean cut) {
    require(CODEC.matcher(codec).matches(), "codec " + codec);
    require(window.owns(offset), "offset " + offset + " is not in the own part of " + window);
    require(length >= 0 && length <= decoded.length, "length " + length);
    if (info.kinds().isEmpty()) {
      String content = new String(decoded, 0, length, StandardCharsets.ISO_8859_1);
      findings.add(Found.decoded(window.locationOf(offset).address(), codec, content, cut));
    }
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }
}
