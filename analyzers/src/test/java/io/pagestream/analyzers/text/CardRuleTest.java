package io.pagestream.analyzers.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CardRuleTest {
  /** The value stands between '«' and '»'. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "«4111111111111111»",
        "«5555-5555-5555-4444»",
        "«5555 5555 5555 4444»",
        "cards «378282246310005» bad",
        "«3782-822463-10005»",
        "«4012888888881881»",
        "«6011111111111117»",
        "4111111111111111 «5555-5555-5555-4444» 378282246310005",
        "%B«4111111111111111»^DOE/J^2512",
        ";«4111111111111111»=2512101",
        "pan=«4111072575280372»&",
        "«2223003122003222»",
        "«30569309025904»",
        "«6212345678900000003», x"
      })
  void finds(String text) {
    String value = text.substring(text.indexOf('«') + 1, text.indexOf('»'));
    assertThat(Values.in(text.replace("«", "").replace("»", ""), "payment-card")).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "bad-luhn 4111111111111112",
        "41111111111111110000",
        "x4111111111111111",
        "4111111111111111f",
        "0.4111111111111111",
        "4111111111111111.5",
        "-4111111111111111",
        "5555-5555 5555-4444",
        "1234 5555 5555 5555 4444",
        "5555 5555 5555 4444 1234",
        "a3f4-5555-5555-5555-4444",
        "527D 5282 5281 5290 5293 7F54",
        "4444444444444448",
        "1234567812345670",
        "00000000-4111111111111111"
      })
  void findsNothingIn(String text) {
    assertThat(Values.in(text, "payment-card")).isEmpty();
  }
}
