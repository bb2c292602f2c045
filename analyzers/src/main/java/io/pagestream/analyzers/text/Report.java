package io.pagestream.analyzers.text;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import java.util.Map;

/** Forwards artifacts that start in the window's own part; strings are created only for these. */
record Report(Window window, FindingSink findings) {
  void found(TextKind kind, CharView text, int from, int to) {
    found(kind, text, from, to, Map.of());
  }

  void found(TextKind kind, CharView text, int from, int to, Map<String, String> attributes) {
    if (window.owns(text.offset(from))) {
      found(kind, text, from, to, text.text(from, to), attributes);
    }
  }

  /** Reports an escaped artifact. */
  void found(TextKind kind, CharView text, int from, int to, String value) {
    found(kind, text, from, to, value, Map.of());
  }

  private void found(
      TextKind kind,
      CharView text,
      int from,
      int to,
      String value,
      Map<String, String> attributes) {
    int offset = text.offset(from);
    if (window.owns(offset)) {
      findings.found(
          kind.word(),
          offset,
          text.offset(to) - offset,
          value,
          encoding(text, from, to),
          attributes);
    }
  }

  private static Encoding encoding(CharView text, int from, int to) {
    if (text.wide()) {
      return Encoding.UTF_16LE;
    }
    return text.isAscii(from, to) ? Encoding.ASCII : Encoding.UTF_8;
  }
}
