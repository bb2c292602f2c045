package io.pagestream.mapper.policy;

import static io.pagestream.mapper.policy.LinuxAsk.aliased;
import static io.pagestream.mapper.policy.LinuxAsk.assertMapped;
import static io.pagestream.mapper.policy.LinuxAsk.assertOverridden;
import static io.pagestream.mapper.policy.LinuxAsk.assertRefused;
import static io.pagestream.mapper.policy.LinuxAsk.io;
import static io.pagestream.mapper.policy.LinuxAsk.judge;
import static io.pagestream.mapper.policy.LinuxAsk.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows for I/O in docs/cache-policy.md: L8 to L13. */
class LinuxDeviceRowsTest {
  private final CachePolicy reserve = policy(LinuxCall.RESERVE);
  private final CachePolicy exact = policy(LinuxCall.RESERVE_EXACT);
  private final CachePolicy mmap = policy(LinuxCall.MMAP);

  @ParameterizedTest
  @CsvSource({
    "UNCACHED, true",
    "WRITE_COMBINING, true",
    "WRITE_THROUGH, true",
    "WRITE_PROTECTED, true",
    "WRITE_BACK, false",
    "UNKNOWN, false",
    "NOT_ESTABLISHED, false"
  })
  void row_8_makes_write_back_io_uncached_minus_where_mtrrs_do_not_say_write_back(
      CacheType mtrr, boolean changed) {
    Verdict verdict =
        judge(reserve, io(CacheType.NOT_ESTABLISHED, mtrr, false), CacheType.WRITE_BACK);

    if (changed) {
      assertOverridden(verdict, 8, CacheType.UNCACHED_MINUS, "mtrr-not-write-back");
    } else {
      assertMapped(verdict, 9, CacheType.WRITE_BACK);
    }
  }

  @Test
  void row_8_leaves_the_decision_to_the_rows_that_follow_and_other_requests_alone() {
    PageFacts overlapped = io(CacheType.WRITE_BACK, CacheType.UNCACHED, false);

    Verdict refused = judge(reserve, overlapped, CacheType.WRITE_BACK);
    assertRefused(refused, 13, "type-not-allowed");
    assertThat(refused.requested()).isEqualTo(CacheType.WRITE_BACK);
    assertOverridden(
        judge(reserve, io(CacheType.UNCACHED, CacheType.UNCACHED, false), CacheType.WRITE_BACK),
        11,
        CacheType.UNCACHED_MINUS,
        "existing-uncached-minus");
    assertMapped(
        judge(
            reserve,
            io(CacheType.NOT_ESTABLISHED, CacheType.UNCACHED, false),
            CacheType.WRITE_COMBINING),
        9,
        CacheType.WRITE_COMBINING);
  }

  @Test
  void row_9_grants_io_that_nothing_overlaps() {
    assertMapped(judge(reserve, io(CacheType.UNKNOWN), CacheType.UNCACHED), 9, CacheType.UNCACHED);
    assertMapped(
        judge(mmap, io(CacheType.NOT_ESTABLISHED), CacheType.UNCACHED), 9, CacheType.UNCACHED);
  }

  @Test
  void row_10_refuses_a_caller_that_takes_no_other_type() {
    PageFacts combined = io(CacheType.WRITE_COMBINING);

    assertRefused(judge(exact, combined, CacheType.UNCACHED), 10, "io-conflict");
    assertOverridden(
        judge(reserve, combined, CacheType.UNCACHED),
        11,
        CacheType.WRITE_COMBINING,
        "existing-write-combining");
    assertOverridden(
        judge(mmap, combined, CacheType.UNCACHED),
        11,
        CacheType.WRITE_COMBINING,
        "existing-write-combining");
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE_COMBINING, WRITE_COMBINING",
    "UNCACHED, UNCACHED",
    "UNCACHED, UNCACHED_MINUS",
    "UNCACHED_MINUS, UNCACHED",
    "UNCACHED_MINUS, UNCACHED_MINUS"
  })
  void row_11_grants_what_the_overlapping_entry_has_already(CacheType entry, CacheType requested) {
    assertMapped(judge(exact, io(entry), requested), 11, requested);
    assertMapped(judge(reserve, io(entry), requested), 11, requested);
  }

  @Test
  void row_12_refuses_io_whose_mappings_differ() {
    Verdict verdict = judge(reserve, aliased(false, CacheType.UNCACHED), CacheType.UNCACHED);

    assertRefused(verdict, 12, "cache-alias");
    assertThat(verdict.hazards()).containsExactly("cache-alias");
    assertRefused(
        judge(exact, aliased(false, CacheType.UNCACHED), CacheType.UNCACHED), 12, "cache-alias");
    assertRefused(
        judge(exact, aliased(false, CacheType.UNCACHED), CacheType.WRITE_COMBINING),
        10,
        "io-conflict");
  }

  @ParameterizedTest
  @CsvSource({
    "UNCACHED_MINUS, WRITE_BACK, 13",
    "WRITE_COMBINING, WRITE_BACK, 13",
    "WRITE_THROUGH, WRITE_BACK, 13",
    "WRITE_THROUGH, WRITE_COMBINING, 13",
    "UNCACHED, WRITE_BACK, 11",
    "WRITE_PROTECTED, WRITE_BACK, 11",
    "WRITE_BACK, WRITE_COMBINING, 11",
    "UNCACHED_MINUS, WRITE_COMBINING, 11",
    "WRITE_COMBINING, UNCACHED, 11",
    "WRITE_THROUGH, UNCACHED, 11",
    "WRITE_BACK, WRITE_THROUGH, 11"
  })
  void row_13_refuses_what_would_become_more_cached_than_asked_for(
      CacheType requested, CacheType entry, int row) {
    Verdict verdict = judge(mmap, io(entry), requested);

    if (row == 13) {
      assertRefused(verdict, 13, "type-not-allowed");
    } else {
      assertOverridden(verdict, 11, entry, LinuxPolicy.existingReason(entry));
    }
  }
}
