package io.pagestream.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  private static final int PAGE = 4096;

  private final RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);

  @Test
  void a_record_comes_back_as_it_was() {
    PageStreamRecord record = record(3);

    assertThat(codec.decode(codec.encode(record), null)).isEqualTo(record);
  }

  @Test
  void a_record_decoded_into_a_used_one_comes_back_as_it_was() {
    PageStreamRecord large = codec.decode(codec.encode(record(5)), null);
    PageRun used = (PageRun) large.getBody();
    used.getPages().position(17).limit(100);

    assertThat(codec.decode(codec.encode(record(2)), large)).isEqualTo(record(2));
    assertThat(codec.decode(codec.encode(record(64)), large)).isEqualTo(record(64));
  }

  @Test
  void the_buffer_of_a_used_record_is_used_again() {
    PageStreamRecord used = codec.decode(codec.encode(record(5)), null);
    ByteBuffer buffer = ((PageRun) used.getBody()).getPages();

    PageStreamRecord again = codec.decode(codec.encode(record(4)), used);

    assertThat(((PageRun) again.getBody()).getPages()).isSameAs(buffer);
  }

  @Test
  void a_length_far_beyond_the_record_is_refused_before_anything_is_allocated() {
    byte[] encoded = codec.encode(record(1));
    // The bitmap's length follows "run-image", run index 7, address 0x5000 and page count.
    int at = indexOf(encoded, "run-image") + "run-image".length() + 1 + 3 + 1;
    byte[] huge = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0e}; // 2^31 - 9 or so
    System.arraycopy(huge, 0, encoded, at, huge.length);

    assertThatThrownBy(() -> codec.decode(encoded, null))
        .isInstanceOfSatisfying(
            PagestreamException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_CORRUPT));
  }

  @Test
  void every_truncation_and_every_addition_is_corrupt() {
    byte[] encoded = codec.encode(record(1));
    for (int length = 0; length < encoded.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> codec.decode(Arrays.copyOf(encoded, cut), null))
          .isInstanceOf(PagestreamException.class);
    }
    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(encoded, encoded.length + 1), null))
        .isInstanceOf(PagestreamException.class);
  }

  @Property
  void damaged_bytes_give_a_record_or_a_clear_error(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] encoded = codec.encode(record(1));
    for (int i = 0; i < 3; i++) {
      encoded[random.nextInt(random.nextBoolean() ? 40 : encoded.length)] = (byte) random.nextInt();
    }
    try {
      assertThat(codec.decode(encoded, null)).isNotNull();
    } catch (PagestreamException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.RECORD_CORRUPT);
    }
  }

  private static PageStreamRecord record(int pages) {
    byte[] payload = new byte[pages * PAGE];
    new Random(pages).nextBytes(payload);
    PageRun run =
        PageRun.newBuilder()
            .setImageId("run-image")
            .setRunIndex(7)
            .setPhysicalAddress(0x5000)
            .setPageCount(pages)
            .setZeroPages(ByteBuffer.allocate(0))
            .setExcludedPages(ByteBuffer.allocate(0))
            .setUnreadablePages(ByteBuffer.allocate(0))
            .setPages(ByteBuffer.wrap(payload))
            .setLookBehind(ByteBuffer.allocate(0))
            .setLookAhead(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .build();
    return PageStreamRecord.newBuilder().setBody(run).build();
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
