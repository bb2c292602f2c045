package io.pagestream.analyzers.decoders;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The anchors with which the streams of each decoder begin: it is called for no others. */
final class Anchors {
  private static final Map<Class<?>, Set<StreamFormat>> FORMATS = new HashMap<>();

  static {
    for (StreamFormat format : StreamFormat.ALL) {
      try (StreamDecoder decoder = format.newDecoder().get()) {
        FORMATS.computeIfAbsent(decoder.getClass(), key -> new HashSet<>()).add(format);
      }
    }
  }

  private Anchors() {}

  /** Whether the search would pass a stream to the decoder. */
  static boolean match(StreamDecoder decoder, byte[] stream) {
    for (StreamFormat format : FORMATS.getOrDefault(decoder.getClass(), Set.of())) {
      // A match may begin after the start of its stream.
      int length = Math.min(format.matchBytes(), stream.length);
      String start = new String(stream, 0, length, StandardCharsets.ISO_8859_1);
      if (Pattern.compile(".*(?:" + format.pattern() + ")", Pattern.DOTALL)
          .matcher(start)
          .matches()) {
        return true;
      }
    }
    return false;
  }
}
