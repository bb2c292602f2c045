package io.pagestream.schemas.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Fields are hashed so that none runs into the next. */
final class Sha256Test {
  @Test
  void fieldsDoNotRunIntoEachOther() {
    assertThat(new Sha256().text("ab").text("c").hex(32))
        .isNotEqualTo(new Sha256().text("a").text("bc").hex(32));
    assertThat(new Sha256().text("").hex(32)).isEqualTo(new Sha256().number(0).hex(32));
  }

  @Test
  void bytesAreHashedAsTheyAre() {
    String ofNothing = HexFormat.of().formatHex(Sha256.algorithm().digest());
    assertThat(new Sha256().bytes(new byte[0]).hex(4)).isEqualTo(ofNothing.substring(0, 8));
  }

  @Test
  void everyPartIsHashedInItsOrder() throws Exception {
    byte[] whole = {0, 0, 0, 0, 0, 0, 0, 2, 'a', 'b', 0, 0, 0, 0, 0, 0, 1, 3, 7};
    String expected = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole));
    assertThat(new Sha256().text("ab").number(0x103).bytes(new byte[] {7}).hex(32))
        .isEqualTo(expected);
  }
}
