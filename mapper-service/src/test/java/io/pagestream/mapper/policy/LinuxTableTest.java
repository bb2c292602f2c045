package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows L0 to L15 of docs/cache-policy.md, each by its number. */
class LinuxTableTest {
  private static final List<CacheType> ESTABLISHED =
      List.of(
          CacheType.NOT_ESTABLISHED,
          CacheType.WRITE_BACK,
          CacheType.UNCACHED,
          CacheType.WRITE_COMBINING);
  private static final List<CacheType> REQUESTED =
      List.of(CacheType.WRITE_BACK, CacheType.UNCACHED, CacheType.WRITE_COMBINING);

  private final CachePolicy reserve = policy(LinuxCall.RESERVE);
  private final CachePolicy exact = policy(LinuxCall.RESERVE_EXACT);
  private final CachePolicy mmap = policy(LinuxCall.MMAP);

  /** Large pages are no matter of the table: each of the 24 cases counts twice. */
  @Test
  void the_48_combinations_fall_to_the_rows_as_the_table_says() {
    Map<Integer, Integer> byRow = new TreeMap<>();
    for (boolean ram : new boolean[] {true, false}) {
      for (boolean large : new boolean[] {true, false}) {
        for (CacheType e : ESTABLISHED) {
          for (CacheType r : REQUESTED) {
            PageFacts facts =
                new PageFacts(ram, e, large, false, false, ram ? CacheType.NOT_ESTABLISHED : e);
            Verdict verdict = reserve.judge(facts, Ask.page(reserve, r));
            byRow.merge(verdict.row(), 1, Integer::sum);
            assertThat(verdict.requested()).isEqualTo(r);
            assertThat(verdict.established()).isEqualTo(e);
            assertThat(verdict.kind() == VerdictKind.MAPPED).isEqualTo(verdict.granted() == r);
            assertThat(verdict.hazards()).isEmpty();
          }
        }
      }
    }
    // RAM, tag WB or none: R = WB and WC by 7, UC by 5; another tag: 6. I/O: none 9, else 11, 13.
    assertThat(byRow).isEqualTo(Map.of(5, 4, 6, 12, 7, 8, 9, 6, 11, 16, 13, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "0x200000, 0, 0",
    "0x200000, -1, 0",
    "0, 0, 0",
    "0xffffffffff000, 0x2000, 0",
    "0x200000, 0x10000000000001, 0",
    "0x200000, 0x10000000000000, 0",
    "0x200000, 0x7fffffffffffffff, 0",
    "0x200000, 0x1000, 6",
    "0x200000, 0x1000, -1"
  })
  void row_0_refuses_what_makes_no_sense(String address, String size, int type) {
    MappingRequest request = new MappingRequest(Long.decode(address), Long.decode(size), type);

    assertRefused(reserve.judge(ram(CacheType.WRITE_BACK), request), 0, "invalid-request");
    assertThat(reserve.judge(aliased(true, CacheType.WRITE_BACK), request).hazards()).isEmpty();
  }

  @Test
  void row_0_lets_the_last_page_pass_and_masks_bits_beyond_the_largest_address() {
    MappingRequest last = new MappingRequest(0xffffffffff000L, 0x1000, CacheMode.WB.value());
    MappingRequest whole = new MappingRequest(0, 0x10000000000000L, CacheMode.WB.value());
    MappingRequest decoy =
        new MappingRequest(Long.MIN_VALUE | 0x200000, 0x1000, CacheMode.WB.value());

    assertThat(reserve.judge(ram(CacheType.WRITE_BACK), last).row()).isEqualTo(7);
    assertThat(reserve.judge(ram(CacheType.WRITE_BACK), whole).row()).isEqualTo(7);
    assertThat(reserve.judge(ram(CacheType.WRITE_BACK), decoy).row()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(CacheMode.class)
  void row_1_grants_anything_without_pat(CacheMode mode) {
    CachePolicy withoutPat =
        CachePolicies.named(
            "linux", WindowsOptions.DEFAULT, new LinuxOptions(LinuxCall.RESERVE, false));

    Verdict verdict =
        withoutPat.judge(
            ram(CacheType.UNCACHED), new MappingRequest(0x200000, 0x1000, mode.value()));

    assertMapped(verdict, 1, mode.cacheType());
  }

  @ParameterizedTest
  @CsvSource({
    "0x9f000, 0x1000, false",
    "0x9f000, 0x2000, false",
    "0xa0000, 0x1000, true",
    "0xff000, 0x1000, true",
    "0xa0000, 0x60000, true",
    "0xff000, 0x2000, false"
  })
  void row_2_grants_write_back_in_the_isa_window_alone(
      String address, String size, boolean inside) {
    MappingRequest request =
        new MappingRequest(Long.decode(address), Long.decode(size), CacheMode.UC.value());

    Verdict verdict = reserve.judge(io(CacheType.NOT_ESTABLISHED), request);

    if (inside) {
      assertOverridden(verdict, 2, CacheType.WRITE_BACK, "isa-window");
    } else {
      assertMapped(verdict, 9, CacheType.UNCACHED);
    }
  }

  @Test
  void row_2_maps_where_write_back_is_what_was_asked_for() {
    MappingRequest request = new MappingRequest(0xa0000, 0x1000, CacheMode.WB.value());

    assertMapped(reserve.judge(io(CacheType.UNCACHED), request), 2, CacheType.WRITE_BACK);
  }

  @Test
  void row_3_refuses_what_is_partly_ram() {
    PageFacts facts = ram(CacheType.WRITE_BACK).inMixedRequest();

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

  @Test
  void each_named_type_has_linux_own_number() {
    for (RequestedType type : RequestedType.values()) {
      assertThat(CacheMode.of(reserve.typeNumber(type)).map(CacheMode::cacheType))
          .contains(type.cacheType());
    }
    assertThat(reserve.typeNumber(RequestedType.UNCACHED)).isEqualTo(3);
    assertThat(reserve.typeNumber(RequestedType.WRITE_PROTECTED)).isEqualTo(5);
  }

  @Test
  void rows_are_numbered_in_their_order() {
    assertThat(LinuxRow.values())
        .extracting(LinuxRow::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  }

  @Test
  void name_borders_and_choices_can_be_told() {
    assertThat(exact.name()).isEqualTo("linux");
    assertThat(exact.borders()).containsExactly(0xa0000L, 0x100000L);
    assertThat(exact.choices())
        .isEqualTo(Map.of("linux-call", "reserve-exact", "linux-pat", "true"));
  }

  private static CachePolicy policy(LinuxCall call) {
    return CachePolicies.named("linux", WindowsOptions.DEFAULT, new LinuxOptions(call, true));
  }

  private static Verdict judge(CachePolicy policy, PageFacts facts, CacheType requested) {
    return policy.judge(facts, Ask.page(policy, requested));
  }

  private static PageFacts ram(CacheType tag) {
    return new PageFacts(true, tag, false, false, false, CacheType.NOT_ESTABLISHED);
  }

  private static PageFacts io(CacheType entry) {
    return io(entry, CacheType.UNKNOWN, false);
  }

  private static PageFacts io(CacheType entry, CacheType mtrr, boolean aliased) {
    return new PageFacts(
        false, CacheType.UNCACHED, false, false, false, entry, mtrr, false, aliased);
  }

  private static PageFacts aliased(boolean ram, CacheType first) {
    return new PageFacts(
        ram,
        first,
        false,
        false,
        false,
        ram ? CacheType.NOT_ESTABLISHED : first,
        CacheType.UNKNOWN,
        false,
        true);
  }

  private static void assertMapped(Verdict verdict, int row, CacheType granted) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.MAPPED);
    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.granted()).isEqualTo(granted).isEqualTo(verdict.requested());
    assertThat(verdict.reason()).isEmpty();
  }

  private static void assertOverridden(Verdict verdict, int row, CacheType granted, String reason) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.OVERRIDDEN);
    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.granted()).isEqualTo(granted).isNotEqualTo(verdict.requested());
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  private static void assertRefused(Verdict verdict, int row, String reason) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.REFUSED);
    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.granted()).isEqualTo(CacheType.UNKNOWN);
  }
}
