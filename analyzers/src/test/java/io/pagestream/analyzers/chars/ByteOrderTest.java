package io.pagestream.analyzers.chars;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value is the same in all cases; a wrong byte order would lose its last character. */
final class ByteOrderTest {
  private static final String ADDRESS = "bob@example.org";

  @ParameterizedTest
  @ValueSource(strings = {"", "\ufeff", "mail: ", "\n"})
  void readsBigEndianText(String before) {
    byte[] bytes = (before + ADDRESS).getBytes(UTF_16BE);
    assertThat(Values.in("text", padded(bytes, 0x5F), "email")).isEqualTo(List.of(ADDRESS));
    assertThat(Values.in("text", padded(bytes, 0), "email")).isEqualTo(List.of(ADDRESS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ufeff", "mail: ", "\u043f\u043e\u0447\u0442\u0430 "})
  void readsLittleEndianText(String before) {
    for (String after : List.of("", " ", " \u0438 ", "\u8bf7\u8054\u7cfb")) {
      byte[] bytes = (before + ADDRESS + after).getBytes(UTF_16LE);
      assertThat(Values.in("text", padded(bytes, 0), "email"))
          .as("before '%s'", after)
          .isEqualTo(List.of(ADDRESS));
    }
  }

  private static byte[] padded(byte[] bytes, int last) {
    byte[] padded = new byte[bytes.length + 2];
    System.arraycopy(bytes, 0, padded, 0, bytes.length);
    padded[bytes.length] = (byte) last;
    return padded;
  }
}
