package io.pagestream.schemas.finding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.page.Pages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of a finding, each at its last valid and first invalid value. */
class FindingRulesTest {
  private static final String IMAGE = "0123456789abcdef0123456789abcdef";

  private final FindingIds ids = new FindingIds();
  private final FindingRules rules = new FindingRules();

  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "0", "9", "aes-key", "x509", "trailing-"})
  void kindsOfLowerCaseLettersDigitsAndHyphensAreValid(String kind) {
    assertThat(violation(kind, 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-email", "Email", "e mail", "e_mail", "e/mail", "e:mail", "e`", "e{"})
  void otherKindsAreNot(String kind) {
    assertThat(violation(kind, 0)).contains("kind");
  }

  @Test
  void aKindHasAtMost64Characters() {
    assertThat(violation("k".repeat(64), 0)).isNull();
    assertThat(violation("k".repeat(65), 0)).contains("kind");
  }

  @Test
  void addressesBeginAtZeroAndEndBeforeTheLimit() {
    assertThat(violation("email", 0)).isNull();
    assertThat(violation("email", Pages.ADDRESS_LIMIT - 1)).isNull();
    assertThat(violation("email", -1)).contains("address out of bounds");
    assertThat(violation("email", Pages.ADDRESS_LIMIT)).contains("address out of bounds");
  }

  @Test
  void anEmptyFindingHasAValidLength() {
    Finding finding = finding("email", 0);
    finding.setLength(0);
    assertThat(rules.violation(finding.getFindingId().getBytes(UTF_8), finding)).isNull();
  }

  @Test
  void theKeyHasEveryDigitOfTheIdAndNoMore() {
    Finding finding = finding("email", 0);
    byte[] key = finding.getFindingId().getBytes(UTF_8);
    for (int digit = 0; digit < key.length; digit++) {
      byte[] other = key.clone();
      other[digit] ^= 1;
      assertThat(rules.violation(other, finding)).as("digit %d", digit).contains("key");
    }
    assertThat(rules.violation((finding.getFindingId() + "0").getBytes(UTF_8), finding))
        .contains("key");
    assertThat(rules.violation(new byte[0], finding)).contains("key");
  }

  @Test
  void everyDigitOfTheIdIsCompared() {
    Finding finding = finding("email", 0x1000);
    String id = finding.getFindingId();
    for (int digit = 0; digit < id.length(); digit++) {
      char other = id.charAt(digit) == '0' ? '1' : '0';
      finding.setFindingId(id.substring(0, digit) + other + id.substring(digit + 1));
      assertThat(ids.matches(finding)).as("digit %d", digit).isFalse();
    }
  }

  private @Nullable String violation(String kind, long address) {
    Finding finding = finding(kind, address);
    return rules.violation(finding.getFindingId().getBytes(UTF_8), finding);
  }

  private Finding finding(String kind, long address) {
    Location location = Location.physical(address);
    return Finding.newBuilder()
        .setFindingId(ids.of(IMAGE, "text", kind, location, "value"))
        .setImageId(IMAGE)
        .setImage("memory.raw")
        .setAnalyzer("text")
        .setKind(kind)
        .setValue("value")
        .setLocation(location.record())
        .setLength(5)
        .setEncoding("ascii")
        .setRangeKind(RangeKind.RAM)
        .setCacheType(CacheType.WRITE_BACK)
        .setVerdict(VerdictKind.MAPPED)
        .build();
  }
}
