package io.pagestream.analyzers.text;

import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The values of one kind that are found in a text; the same ones in both encodings. */
final class Values {
  private Values() {}

  static List<String> in(String text, String kind) {
    List<String> narrow = in(text.getBytes(StandardCharsets.ISO_8859_1), kind);
    List<String> wide = in(text.getBytes(StandardCharsets.UTF_16LE), kind);
    if (!narrow.equals(wide)) {
      throw new AssertionError("ASCII " + narrow + ", UTF-16LE " + wide);
    }
    return narrow;
  }

  static List<String> in(byte[] bytes, String kind) {
    try (TextAnalyzer analyzer = new TextAnalyzer()) {
      // In the middle of a page: its edge may end an artifact that is not valid across it.
      byte[] padded = new byte[1024 + bytes.length];
      System.arraycopy(bytes, 0, padded, 1024, bytes.length);
      return new SyntheticMemory(padded, 0)
          .whole(analyzer).stream()
              .filter(found -> found.kind().equals(kind))
              .map(Found::value)
              .toList();
    }
  }
}
