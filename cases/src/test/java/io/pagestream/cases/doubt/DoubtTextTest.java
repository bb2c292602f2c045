package io.pagestream.cases.doubt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.doubt.DoubtReason;
import org.junit.jupiter.api.Test;

final class DoubtTextTest {
  @Test
  void aLineNamesReasonRangeAndMessage() {
    assertThat(DoubtText.line(DoubtReason.GZIP_CRC.of(0x3000, 2, "a member does not match")))
        .isEqualTo("gzip-crc, 0x3000-0x4fff (2 pages): a member does not match");
    assertThat(DoubtText.line(DoubtReason.TRUNCATED.of(0x3000, 1, "")))
        .isEqualTo("truncated, 0x3000-0x3fff (1 page)");
    assertThat(DoubtText.line(DoubtReason.FILE_CHANGED.of("it grew")))
        .isEqualTo("file-changed: it grew");
  }

  @Test
  void aMessageCannotActOnATerminal() {
    assertThat(DoubtText.line(DoubtReason.FILE_CHANGED.of("a\u001b[2Jb"))).doesNotContain("\u001b");
  }
}
