package io.pagestream.cases.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void aSecretIsReplacedByItsHashAndNothingElseOfItStays() {
    Finding key =
        Finding.newBuilder(SmallCase.FINDINGS.getFirst())
            .setAnalyzer("aes-keys")
            .setKind("aes-key")
            .setValue("abc")
            .setContext("..abc..")
            .setAttributes(Map.of("part", "abc"))
            .build();
    Finding redacted = Redaction.of(key);
    // SHA-256 of "abc": FIPS 180-2, appendix B.1.
    assertThat(redacted.getValue())
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(redacted.toString()).doesNotContain("..abc..", "\"abc\"");
    assertThat(redacted.getFindingId()).isEqualTo(key.getFindingId());
    assertThat(redacted.getLocation()).isEqualTo(key.getLocation());
    assertThat(redacted.getLength()).isEqualTo(key.getLength());
  }

  @Test
  void whatIsNoSecretStays() {
    Finding email =
        Finding.newBuilder(SmallCase.FINDINGS.getFirst())
            .setAnalyzer("text")
            .setKind("email")
            .build();
    assertThat(Redaction.of(email)).isSameAs(email);
  }
}
