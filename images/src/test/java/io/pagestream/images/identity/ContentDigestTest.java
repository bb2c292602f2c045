package io.pagestream.images.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.ByteRange;
import io.pagestream.schemas.digest.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ContentDigestTest {
  private final ContentDigest digest = new ContentDigest();

  @Test
  void bytesAreHashedInOrderFromBuffersAndArrays() {
    digest.add(ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2));
    digest.add(new byte[] {9, 9, 3, 4, 9}, 2, 2);
    assertThat(digest.count()).isEqualTo(4);
    assertThat(digest.finish()).isEqualTo(content(new byte[] {1, 2, 3, 4}));
  }

  @Test
  void bytesThatCouldNotBeReadCountAsZerosAndAreListed() {
    int lost = (1 << 17) + 3; // more than twice what is hashed at once
    digest.add(new byte[] {1}, 0, 1);
    digest.addUnreadable(lost);
    digest.add(new byte[] {2}, 0, 1);
    byte[] bytes = new byte[lost + 2];
    bytes[0] = 1;
    bytes[lost + 1] = 2;
    assertThat(digest.count()).isEqualTo(lost + 2);
    assertThat(digest.finish()).isEqualTo(content(bytes, new ByteRange(1L, (long) lost)));
  }

  @Test
  void unreadableRangesThatTouchAreOne() {
    digest.addUnreadable(2);
    digest.addUnreadable(3);
    digest.add(new byte[] {7}, 0, 1);
    digest.addUnreadable(1);
    assertThat(digest.finish())
        .isEqualTo(
            content(
                new byte[] {0, 0, 0, 0, 0, 7, 0}, new ByteRange(0L, 5L), new ByteRange(6L, 1L)));
  }

  private static FileContent content(byte[] bytes, ByteRange... unreadable) {
    return new FileContent(
        bytes.length,
        HexFormat.of().formatHex(Sha256.algorithm().digest(bytes)),
        Arrays.asList(unreadable));
  }
}
