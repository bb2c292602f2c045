package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderRuleTest {
  private final ReaderRule careful = new ReaderRule(CachePolicies.named("windows"), false);
  private final ReaderRule bold = new ReaderRule(CachePolicies.named("windows"), true);

  @ParameterizedTest
  @CsvSource({
    "RAM, 5, WRITE_BACK, WRITE_BACK",
    "UNKNOWN, 4, NOT_ESTABLISHED, WRITE_BACK",
    "ACPI, 7, WRITE_BACK, WRITE_BACK",
    "PERSISTENT, 7, WRITE_BACK, WRITE_BACK",
    "FIRMWARE_RESERVED, 7, UNCACHED, UNCACHED",
    "FRAME_BUFFER, 7, WRITE_COMBINING, WRITE_COMBINING"
  })
  void each_kind_is_asked_for_in_its_own_way(
      RangeKind kind, int row, CacheType established, CacheType granted) {
    Verdict verdict = careful.judgePage(range(kind, CacheType.UNKNOWN, false), 0x1000);

    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.established()).isEqualTo(established);
    assertThat(verdict.granted()).isEqualTo(granted);
    assertThat(verdict.kind()).isEqualTo(VerdictKind.MAPPED);
  }

  @Test
  void device_memory_is_refused_by_the_readers_own_rule() {
    Verdict verdict = careful.judgePage(range(RangeKind.DEVICE, CacheType.UNKNOWN, false), 0x1000);

    assertThat(verdict.refused()).isTrue();
    assertThat(verdict.row()).isEqualTo(100);
    assertThat(verdict.reason()).isEqualTo("device-memory-not-read");
  }

  @Test
  void device_memory_is_asked_for_uncached_when_enabled() {
    Verdict verdict = bold.judgePage(range(RangeKind.DEVICE, CacheType.UNKNOWN, false), 0x1000);

    assertThat(verdict.row()).isEqualTo(7);
    assertThat(verdict.granted()).isEqualTo(CacheType.UNCACHED);
  }

  @Test
  void what_a_range_is_known_to_have_goes_before_the_default() {
    Verdict verdict = careful.judgePage(range(RangeKind.RAM, CacheType.UNCACHED, false), 0x1000);

    assertThat(verdict.row()).isEqualTo(6);
    assertThat(verdict.granted()).isEqualTo(CacheType.UNCACHED);
  }

  @Test
  void large_pages_of_an_unknown_range_count_as_cached() {
    Verdict verdict = careful.judgePage(range(RangeKind.UNKNOWN, CacheType.UNKNOWN, true), 0x1000);

    assertThat(verdict.row()).isEqualTo(3);
    assertThat(verdict.hazards()).containsExactly("unlocked");
  }

  private static AddressRange range(RangeKind kind, CacheType established, boolean large) {
    return AddressRange.newBuilder()
        .setPhysicalAddress(0x1000)
        .setPageCount(1)
        .setKind(kind)
        .setEstablished(established)
        .setLargePages(large)
        .build();
  }
}
