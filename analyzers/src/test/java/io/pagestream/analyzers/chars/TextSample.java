package io.pagestream.analyzers.chars;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Text and what must be found in it, in either encoding. */
public final class TextSample {
  private final String text;
  private final List<Expected> expected = new ArrayList<>();

  private record Expected(String kind, String part, String value, Map<String, String> attributes) {}

  private TextSample(String text) {
    this.text = text;
  }

  public static TextSample of(String text) {
    return new TextSample(text);
  }

  public TextSample has(String kind, String value) {
    return has(kind, value, Map.of());
  }

  public TextSample has(String kind, String value, Map<String, String> attributes) {
    return value(kind, value, value, attributes);
  }

  /** A finding whose value differs from its part of the text. */
  public TextSample value(String kind, String part, String value) {
    return value(kind, part, value, Map.of());
  }

  /** The same with attributes. */
  public TextSample value(String kind, String part, String value, Map<String, String> attributes) {
    expected.add(new Expected(kind, part, value, attributes));
    return this;
  }

  public TextSample hasCard(String value, String issuer) {
    return has("payment-card", value, Map.of("issuer", issuer));
  }

  public Sample ascii() {
    return new Sample(
        text, text.getBytes(StandardCharsets.ISO_8859_1), found(0, 1, Encoding.ASCII));
  }

  /** At an odd offset. */
  public Sample wide() {
    byte[] bytes = ("\0" + text).getBytes(StandardCharsets.UTF_16LE);
    byte[] odd = new byte[bytes.length - 1];
    System.arraycopy(bytes, 1, odd, 0, odd.length);
    return new Sample("wide " + text, odd, found(1, 2, Encoding.UTF_16LE));
  }

  /** Between bytes that are no NUL: the byte order shows at the end of a text. */
  public Sample bigEndian() {
    byte[] bytes = (text + "\u5f10").getBytes(StandardCharsets.UTF_16BE);
    return new Sample("big-endian " + text, bytes, found(0, 2, Encoding.UTF_16BE));
  }

  private List<Found> found(int base, int step, Encoding encoding) {
    return expected.stream()
        .map(e ->
            new Found(
                e.kind,
                base + (long) step * text.indexOf(e.part),
                step * e.part.length(),
                e.value,
                encoding,
                e.attributes))
        .toList();
  }
}
