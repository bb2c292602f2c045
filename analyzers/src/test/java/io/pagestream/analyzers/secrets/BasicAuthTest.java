package io.pagestream.analyzers.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.chars.Values;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header's value was encoded with Python's base64 module. */
final class BasicAuthTest {
  @ParameterizedTest
  @CsvSource({
    "Authorization: Basic amFuZTpzM2NyZXQh, jane:s3cret!",
    "authorization: basic YWRtaW46aHVudGVyMg==, admin:hunter2"
  })
  void decodesUserAndPassword(String text, String credential) {
    assertThat(Values.in("secrets", text, "credential")).containsExactly(credential);
  }
}
