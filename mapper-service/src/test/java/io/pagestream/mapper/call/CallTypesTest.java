package io.pagestream.mapper.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.PagestreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTypesTest {
  /** wdm.h, winnt.h and ntddk.h; the low 8 bits count (ReactOS, iosup.c). */
  @ParameterizedTest
  @CsvSource({
    "MM_MAP_IO_SPACE, MmNonCached, 0, UNCACHED",
    "MM_MAP_IO_SPACE, mmcached, 1, WRITE_BACK",
    "MM_MAP_IO_SPACE, 0x101, 257, WRITE_BACK",
    "MM_MAP_IO_SPACE, 2, 2, WRITE_COMBINING",
    "MM_MAP_IO_SPACE, MmFrameBufferCached, 2, WRITE_COMBINING",
    "MM_MAP_IO_SPACE, WC, 2, WRITE_COMBINING",
    "MM_MAP_IO_SPACE, MmNotMapped, -1, UNKNOWN",
    "MM_MAP_IO_SPACE, 0xffffffff, -1, UNKNOWN",
    "MM_MAP_IO_SPACE, 6, 6, UNKNOWN",
    "MM_MAP_LOCKED_PAGES, uswc-cached, 5, WRITE_COMBINING",
    "MM_MAP_IO_SPACE_EX, cached, 4, WRITE_BACK",
    "MM_MAP_IO_SPACE_EX, uncached, 516, UNCACHED",
    "MM_MAP_IO_SPACE_EX, page_readonly | page_writecombine, 1026, WRITE_COMBINING",
    "MM_MAP_IO_SPACE_EX, 0x40, 64, WRITE_BACK",
    "MM_MAP_IO_SPACE_EX, 0x600, 1536, UNKNOWN",
    "MM_COPY_MEMORY, MM_COPY_MEMORY_PHYSICAL, 1, UNKNOWN",
    "MM_COPY_MEMORY, virtual, 2, UNKNOWN",
    "MM_COPY_MEMORY, MmCached, 1, UNKNOWN",
    "IOREMAP, ioremap, 2, UNCACHED_MINUS",
    "IOREMAP, ioremap_wc, 1, WRITE_COMBINING",
    "IOREMAP, cached, 0, WRITE_BACK",
    "MEMREMAP, MEMREMAP_WT, 4, WRITE_THROUGH",
    "MAPPING, uncached-minus, 7, UNCACHED_MINUS",
  })
  void words_names_and_numbers(Routine routine, String text, int number, CacheType requested) {
    CallType type = CallTypes.parse(routine, text);

    assertThat(type.number()).isEqualTo(number);
    assertThat(type.requested()).isEqualTo(requested);
    assertThat(type.valid())
        .isEqualTo(requested != CacheType.UNKNOWN || routine == Routine.MM_COPY_MEMORY);
  }

  @ParameterizedTest
  @CsvSource({
    "MM_MAP_IO_SPACE, cashed",
    "MM_MAP_IO_SPACE, write-through",
    "MM_MAP_IO_SPACE, ''",
    "MM_MAP_IO_SPACE, 0x100000000",
    "MM_MAP_IO_SPACE_EX, PAGE_FAULT",
    "MM_MAP_IO_SPACE_EX, write-protected",
    "MM_COPY_MEMORY, both",
    "IOREMAP, MmCached",
    "MEMREMAP, MEMREMAP_DEC",
    "MAPPING, 7",
  })
  void what_means_nothing_is_a_usage_error(Routine routine, String text) {
    assertThatThrownBy(() -> CallTypes.parse(routine, text))
        .isInstanceOf(PagestreamException.class);
  }

  @Test
  void routines_are_found_by_name() {
    assertThat(Routine.named("mmmapiospaceex")).isEqualTo(Routine.MM_MAP_IO_SPACE_EX);
    assertThat(Routine.of("linux")).isEqualTo(Routine.IOREMAP);
    assertThatThrownBy(() -> Routine.named("mapping"))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("MmMapLockedPagesSpecifyCache");
  }
}
