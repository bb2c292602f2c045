package io.pagestream.analyzers.chars;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forwards artifacts that start in the window's own part; strings are created only for these. */
public record Report(Window window, FindingSink findings) {
  /** Reports an artifact whose value are its characters. */
  public void found(FindingKind kind, CharView text, int from, int to) {
    found(kind, text, from, to, Map.of());
  }

  /** The same with attributes. */
  public void found(
      FindingKind kind, CharView text, int from, int to, Map<String, String> attributes) {
    if (window.owns(text.offset(from))) {
      found(kind, text, from, to, text.text(from, to), attributes, null);
    }
  }

  /** Reports an artifact whose value differs from its characters in memory. */
  public void found(FindingKind kind, CharView text, int from, int to, String value) {
    found(kind, text, from, to, value, Map.of(), null);
  }

  /** The same with attributes, and with the artifact's own confidence if it is not null. */
  public void found(
      FindingKind kind,
      CharView text,
      int from,
      int to,
      String value,
      Map<String, String> attributes,
      @Nullable Confidence confidence) {
    int offset = text.offset(from);
    if (window.owns(offset)) {
      findings.found(
          kind.name(),
          offset,
          text.offset(to) - offset,
          value,
          encoding(text, from, to),
          attributes,
          confidence);
    }
  }

  private static Encoding encoding(CharView text, int from, int to) {
    return !text.wide() && !text.isAscii(from, to) ? Encoding.UTF_8 : text.encoding();
  }
}
