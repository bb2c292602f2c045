package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderRuleTest {
  private final ReaderRule careful = new ReaderRule(CachePolicies.named("windows"), false);
  private final ReaderRule bold = new ReaderRule(CachePolicies.named("windows"), true);

  @ParameterizedTest
  @CsvSource({
    "RAM, 5, WRITE_BACK, WRITE_BACK",
    "UNKNOWN, 11, UNKNOWN, WRITE_BACK",
    "ACPI, 14, WRITE_BACK, WRITE_BACK",
    "PERSISTENT, 14, WRITE_BACK, WRITE_BACK",
    "FIRMWARE_RESERVED, 14, UNCACHED, UNCACHED",
    "FRAME_BUFFER, 14, WRITE_COMBINING, WRITE_COMBINING"
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

    assertThat(verdict.row()).isEqualTo(14);
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

    assertThat(verdict.established()).isEqualTo(CacheType.WRITE_BACK);
    assertThat(verdict.row()).isEqualTo(11);
    assertThat(verdict.hazards()).containsExactly("membership-unknown");
  }

  @Test
  void page_tables_say_how_a_page_is_mapped_and_the_range_is_only_the_default() {
    AddressRange ram = range(RangeKind.RAM, CacheType.WRITE_COMBINING, true);

    Verdict mapped = careful.judgePage(ram, tables(CacheType.UNCACHED), 0x1000);
    assertThat(mapped.established()).isEqualTo(CacheType.UNCACHED);
    assertThat(mapped.row()).as("no large page: the tables know").isEqualTo(6);

    Verdict unmapped = careful.judgePage(ram, tables(CacheType.NOT_ESTABLISHED), 0x1000);
    assertThat(unmapped.established()).isEqualTo(CacheType.NOT_ESTABLISHED);
    assertThat(unmapped.row()).isEqualTo(4);

    Verdict silent = careful.judgePage(ram, tables(CacheType.UNKNOWN), 0x1000);
    assertThat(silent).isEqualTo(careful.judgePage(ram, 0x1000));
    assertThat(silent.row()).isEqualTo(3);
  }

  @Test
  void what_is_neither_memory_nor_frame_buffer_is_asked_for_as_it_is_mapped() {
    AddressRange firmware = range(RangeKind.FIRMWARE_RESERVED, CacheType.UNKNOWN, false);

    Verdict rom = careful.judgePage(firmware, tables(CacheType.WRITE_PROTECTED), 0xf0000);
    assertThat(rom.row()).isEqualTo(8);
    assertThat(rom.requested()).as("Windows reads it cached").isEqualTo(CacheType.WRITE_BACK);
    assertThat(careful.judgePage(firmware, tables(CacheType.WRITE_COMBINING), 0xf0000).row())
        .isEqualTo(8);
    assertThat(careful.judgePage(firmware, tables(CacheType.NOT_ESTABLISHED), 0xf0000).requested())
        .as("no mapping")
        .isEqualTo(CacheType.UNCACHED);
    assertThat(careful.judgePage(firmware, tables(CacheType.UNKNOWN), 0xf0000).requested())
        .as("nothing is known")
        .isEqualTo(CacheType.UNCACHED);

    ReaderRule chosen =
        new ReaderRule(
            CachePolicies.named("windows"),
            false,
            Requests.parse(List.of("firmware-reserved=uncached")));
    assertThat(chosen.judgePage(firmware, tables(CacheType.WRITE_PROTECTED), 0xf0000).row())
        .as("the user's own word holds")
        .isEqualTo(9);

    ReaderRule linux = new ReaderRule(CachePolicies.named("linux"), false);
    assertThat(linux.judgePage(firmware, tables(CacheType.WRITE_THROUGH), 0x8000_0000L).requested())
        .isEqualTo(CacheType.WRITE_THROUGH);
  }

  @Test
  void a_mapping_of_what_is_no_memory_is_a_live_io_mapping() {
    AddressRange frameBuffer = range(RangeKind.FRAME_BUFFER, CacheType.UNKNOWN, false);

    assertThat(careful.judgePage(frameBuffer, tables(CacheType.WRITE_COMBINING), 0x1000).row())
        .isEqualTo(8);
    assertThat(careful.judgePage(frameBuffer, tables(CacheType.UNCACHED), 0x1000).row())
        .isEqualTo(9);
    assertThat(careful.judgePage(frameBuffer, tables(CacheType.NOT_ESTABLISHED), 0x1000).row())
        .isEqualTo(7);
    assertThat(careful.judgePage(frameBuffer, tables(CacheType.UNKNOWN), 0x1000).row())
        .as("a type that is not known is not the lack of a mapping")
        .isEqualTo(14);
  }

  @Test
  void a_mapping_of_memory_is_its_attribute_and_no_live_io_mapping() {
    ReaderRule strict = new ReaderRule(CachePolicies.named("strict"), false);
    AddressRange ram = range(RangeKind.RAM, CacheType.UNKNOWN, false);

    assertThat(strict.judgePage(ram, tables(CacheType.UNCACHED), 0x1000).row()).isEqualTo(5);
    assertThat(careful.judgePage(ram, tables(CacheType.UNKNOWN), 0x1000).row())
        .as("no large page: neither says so")
        .isEqualTo(5);
  }

  /** A true /proc/iomem calls a frame buffer by the name of its PCI function, a device. */
  @Test
  void device_memory_that_page_tables_map_write_combining_is_a_frame_buffer() {
    AddressRange device = range(RangeKind.DEVICE, CacheType.UNKNOWN, false);
    ReaderRule rule = new ReaderRule(CachePolicies.named("windows"), false);

    Verdict combined = rule.judgePage(device, tables(CacheType.WRITE_COMBINING), 0xfd00_0000L);
    Verdict uncached = rule.judgePage(device, tables(CacheType.UNCACHED), 0xfd00_0000L);

    assertThat(combined.kind()).isEqualTo(VerdictKind.MAPPED);
    assertThat(combined.granted()).isEqualTo(CacheType.WRITE_COMBINING);
    assertThat(combined.row()).isEqualTo(8);
    assertThat(uncached.row()).isEqualTo(ReaderRule.DEVICE_NOT_READ_ROW);
  }

  @Test
  void large_pages_page_tables_and_aliases_reach_the_policy() {
    AddressRange ram = range(RangeKind.RAM, CacheType.UNKNOWN, false);
    MappingSpan large = tables(CacheType.WRITE_BACK);
    large.setLargePage(true);
    MappingSpan table = tables(CacheType.UNKNOWN);
    table.setPagingStructure(true);
    MappingSpan aliased = tables(CacheType.WRITE_BACK);
    aliased.setCacheTypes(aliased.getCacheTypes() | bit(CacheType.UNCACHED));

    assertThat(careful.judgePage(ram, large, 0x1000).row()).isEqualTo(3);
    assertThat(careful.judgePage(ram, table, 0x1000).row()).isEqualTo(1);
    assertThat(careful.judgePage(ram, aliased, 0x1000).hazards()).contains("cache-alias");
    assertThat(careful.judgePage(ram, tables(CacheType.WRITE_BACK), 0x1000).hazards())
        .doesNotContain("cache-alias");
    MappingSpan halfKnown = tables(CacheType.WRITE_BACK);
    halfKnown.setCacheTypes(halfKnown.getCacheTypes() | bit(CacheType.UNKNOWN));
    assertThat(careful.judgePage(ram, halfKnown, 0x1000).hazards()).doesNotContain("cache-alias");
    table.setLargePage(true);
    assertThat(uncached("windows").judgePage(ram, table, 0x1000).row()).isEqualTo(1);
    table.setPagingStructure(false);
    assertThat(uncached("windows").judgePage(ram, table, 0x1000).row()).isEqualTo(2);
  }

  @Test
  void an_uncached_request_inside_a_2_mib_page_is_refused_by_row_2() {
    MappingSpan large = tables(CacheType.WRITE_BACK);
    large.setLargePage(true);

    Verdict verdict =
        uncached("windows")
            .judgePage(range(RangeKind.RAM, CacheType.UNKNOWN, false), large, 0x1000);

    assertThat(verdict.row()).isEqualTo(2);
    assertThat(verdict.reason()).isEqualTo("large-page");
  }

  @Test
  void what_a_range_is_known_to_have_stands_for_its_mtrrs() {
    ReaderRule cached =
        new ReaderRule(
            CachePolicies.named("linux"), true, Requests.parse(List.of("device=cached")));

    assertThat(
            cached
                .judgePage(range(RangeKind.DEVICE, CacheType.WRITE_COMBINING, false), 0x1000)
                .row())
        .isEqualTo(8);
    assertThat(cached.judgePage(range(RangeKind.DEVICE, CacheType.WRITE_BACK, false), 0x1000).row())
        .isEqualTo(9);
    assertThat(
            cached
                .judgePage(
                    range(RangeKind.DEVICE, CacheType.WRITE_COMBINING, false),
                    tables(CacheType.NOT_ESTABLISHED),
                    0x1000)
                .row())
        .isEqualTo(8);
  }

  @Test
  void a_type_that_the_system_does_not_have_cannot_be_asked_for() {
    Requests requests = Requests.parse(List.of("persistent=write-through"));

    assertThatThrownBy(() -> new ReaderRule(CachePolicies.named("windows"), false, requests))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("write-through");
    assertThat(new ReaderRule(CachePolicies.named("linux"), false, requests).requests())
        .isEqualTo(requests);
  }

  @Test
  void all_choices_can_be_told_by_the_names_of_their_options() {
    assertThat(uncached("windows").choices())
        .containsEntry("profile", "windows")
        .containsEntry("os-build", "17134")
        .containsEntry("io-conflict", "reject")
        .containsEntry("read-device-memory", "false")
        .containsEntry("request.ram", "uncached")
        .containsEntry("request.frame-buffer", "write-combined")
        .containsEntry("request.acpi", "as mapped, else cached")
        .containsEntry("request.device", "as mapped, else uncached")
        .hasSize(4 + RangeKind.values().length);
    assertThat(bold.choices()).containsEntry("read-device-memory", "true");
    assertThat(
            new ReaderRule(
                    CachePolicies.named("windows"), false, Requests.parse(List.of("acpi=cached")))
                .choices())
        .containsEntry("request.acpi", "cached");
  }

  private static ReaderRule uncached(String profile) {
    return new ReaderRule(CachePolicies.named(profile), false, Requests.parse(List.of("uncached")));
  }

  private static int bit(CacheType type) {
    return 1 << List.of(CacheType.values()).indexOf(type);
  }

  private static MappingSpan tables(CacheType established) {
    boolean mapped = established != CacheType.UNKNOWN && established != CacheType.NOT_ESTABLISHED;
    return MappingSpan.newBuilder()
        .setFirstPage(0)
        .setPageCount(1)
        .setMappings(mapped ? 1 : 0)
        .setCacheTypes(mapped ? bit(established) : 0)
        .setEstablished(established)
        .build();
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
