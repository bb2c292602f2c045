package io.pagestream.analyzers.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hashes of the Keccak team's test vectors and of Ethereum's yellow paper. */
final class KeccakTest {
  @ParameterizedTest
  @CsvSource({
    "'', c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    "abc, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"
  })
  void hashes(String message, String hash) {
    byte[] bytes = Keccak.hash(message.getBytes(StandardCharsets.US_ASCII));
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hash);
  }
}
