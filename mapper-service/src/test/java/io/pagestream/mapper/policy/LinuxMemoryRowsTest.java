package io.pagestream.mapper.policy;

import static io.pagestream.mapper.policy.LinuxAsk.aliased;
import static io.pagestream.mapper.policy.LinuxAsk.assertMapped;
import static io.pagestream.mapper.policy.LinuxAsk.assertOverridden;
import static io.pagestream.mapper.policy.LinuxAsk.assertRefused;
import static io.pagestream.mapper.policy.LinuxAsk.io;
import static io.pagestream.mapper.policy.LinuxAsk.judge;
import static io.pagestream.mapper.policy.LinuxAsk.policy;
import static io.pagestream.mapper.policy.LinuxAsk.ram;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows for memory in docs/cache-policy.md: L3 to L7, L14 and L15. */
class LinuxMemoryRowsTest {
  private final CachePolicy reserve = policy(LinuxCall.RESERVE);
  private final CachePolicy exact = policy(LinuxCall.RESERVE_EXACT);
  private final CachePolicy mmap = policy(LinuxCall.MMAP);

  @Test
  void row_3_refuses_what_is_partly_ram() {
    PageFacts facts = Facts.inMixedRequest(CacheType.WRITE_BACK);

    assertRefused(judge(reserve, facts, CacheType.WRITE_BACK), 3, "partly-ram");
  }

  @Test
  void row_4_refuses_write_protected_ram() {
    PageFacts facts = ram(CacheType.WRITE_BACK);

    assertRefused(judge(reserve, facts, CacheType.WRITE_PROTECTED), 4, "ram-write-protected");
    assertOverridden(
        judge(mmap, facts, CacheType.WRITE_PROTECTED),
        14,
        CacheType.WRITE_BACK,
        "existing-write-back");
    assertMapped(
        judge(reserve, io(CacheType.NOT_ESTABLISHED), CacheType.WRITE_PROTECTED),
        9,
        CacheType.WRITE_PROTECTED);
  }

  @Test
  void row_5_makes_uncached_ram_uncached_minus_and_goes_on() {
    assertOverridden(
        judge(reserve, ram(CacheType.WRITE_BACK), CacheType.UNCACHED),
        5,
        CacheType.UNCACHED_MINUS,
        "ram-uncached");
    Verdict busy = judge(reserve, ram(CacheType.WRITE_COMBINING), CacheType.UNCACHED);
    assertRefused(busy, 6, "ram-busy");
    assertThat(busy.requested()).isEqualTo(CacheType.UNCACHED);
  }

  @ParameterizedTest
  @CsvSource({"UNCACHED", "UNCACHED_MINUS", "WRITE_COMBINING", "WRITE_THROUGH", "WRITE_PROTECTED"})
  void row_6_refuses_ram_that_is_not_write_back_even_if_that_is_what_is_asked_for(CacheType tag) {
    assertRefused(judge(reserve, ram(tag), CacheType.WRITE_BACK), 6, "ram-busy");
    assertRefused(judge(exact, ram(tag), CacheType.UNCACHED_MINUS), 6, "ram-busy");
    assertRefused(judge(reserve, ram(tag), CacheType.WRITE_COMBINING), 6, "ram-busy");
  }

  @ParameterizedTest
  @CsvSource({"WRITE_BACK", "WRITE_COMBINING", "UNCACHED_MINUS", "WRITE_THROUGH"})
  void row_7_grants_ram_that_is_write_back(CacheType requested) {
    assertMapped(judge(reserve, ram(CacheType.WRITE_BACK), requested), 7, requested);
    assertMapped(judge(exact, ram(CacheType.UNKNOWN), requested), 7, requested);
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE_COMBINING, WRITE_BACK, WRITE_COMBINING, existing-write-combining",
    "UNCACHED, WRITE_BACK, UNCACHED_MINUS, existing-uncached-minus",
    "NOT_ESTABLISHED, UNCACHED, WRITE_BACK, existing-write-back"
  })
  void row_14_overrides_an_mmap_of_ram(
      CacheType tag, CacheType requested, CacheType granted, String reason) {
    assertOverridden(judge(mmap, ram(tag), requested), 14, granted, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE_BACK, WRITE_BACK",
    "UNKNOWN, WRITE_BACK",
    "NOT_ESTABLISHED, WRITE_BACK",
    "WRITE_COMBINING, WRITE_COMBINING",
    "UNCACHED, UNCACHED_MINUS",
    "UNCACHED, UNCACHED"
  })
  void row_15_looks_the_tag_up_and_none_counts_as_write_back(CacheType tag, CacheType requested) {
    assertMapped(judge(mmap, ram(tag), requested), 15, requested);
  }

  @Test
  void ram_with_aliases_that_disagree_is_busy_for_a_kernel_caller_and_overridden_in_an_mmap() {
    PageFacts facts = aliased(true, CacheType.WRITE_BACK);

    assertRefused(judge(reserve, facts, CacheType.WRITE_BACK), 6, "ram-busy");
    Verdict verdict = judge(mmap, facts, CacheType.UNCACHED);
    assertOverridden(verdict, 14, CacheType.WRITE_BACK, "existing-write-back");
    assertThat(verdict.hazards()).containsExactly("cache-alias");
  }

  /** Only what overlaps I/O is an entry; a page of memory has its tag. */
  @Test
  void an_mmap_of_ram_looks_at_the_tag_alone() {
    PageFacts facts =
        new PageFacts(
            true,
            CacheType.WRITE_BACK,
            false,
            false,
            false,
            CacheType.WRITE_COMBINING,
            CacheType.UNCACHED,
            false,
            false);

    assertMapped(judge(mmap, facts, CacheType.WRITE_BACK), 15, CacheType.WRITE_BACK);
    assertOverridden(
        judge(mmap, facts, CacheType.WRITE_COMBINING),
        14,
        CacheType.WRITE_BACK,
        "existing-write-back");
  }

  /** Linux looks for memory from 1 MiB on only. */
  @ParameterizedTest
  @CsvSource({
    "0x1000, 0x1000, 9",
    "0x9f000, 0x61000, 9",
    "0xff000, 0x1001, 6",
    "0x100000, 0x1000, 6",
    "0x9f000, 0x1000, 9"
  })
  void what_lies_below_1_mib_is_never_ram(String address, String size, int row) {
    MappingRequest request =
        new MappingRequest(Long.decode(address), Long.decode(size), CacheMode.WB.value());

    assertThat(reserve.judge(ram(CacheType.UNCACHED), request).row()).isEqualTo(row);
  }
}
