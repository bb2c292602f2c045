package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.mapper.policy.Combinations.Combination;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of docs/cache-policy.md, each by its number. */
class WindowsTableTest {
  private final CachePolicy windows = CachePolicies.named("windows");

  @Test
  void the_48_combinations_fall_to_the_rows_as_often_as_the_fact_sheet_counts() {
    Map<Integer, Integer> byRow = new TreeMap<>();
    for (Combination c : Combinations.all()) {
      Verdict verdict = judge(facts(c.memory(), c.established(), c.large()), c.requested());
      byRow.merge(verdict.row(), 1, Integer::sum);
      assertThat(verdict).as("%s", c).satisfies(v -> oracle(v, c.established(), c.requested()));
    }
    assertThat(byRow).isEqualTo(Map.of(2, 8, 3, 4, 4, 3, 5, 3, 6, 6, 7, 24));
  }

  private static void oracle(Verdict verdict, CacheType e, CacheType r) {
    assertThat(verdict.requested()).isEqualTo(r);
    assertThat(verdict.established()).isEqualTo(e);
    switch (verdict.row()) {
      case 2 -> assertRefused(verdict, "large-page");
      case 6 -> {
        assertThat(verdict.kind()).isEqualTo(VerdictKind.OVERRIDDEN);
        assertThat(verdict.granted()).isEqualTo(e).isNotEqualTo(r);
      }
      default -> {
        assertThat(verdict.kind()).isEqualTo(VerdictKind.MAPPED);
        assertThat(verdict.granted()).isEqualTo(r);
        assertThat(verdict.reason()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x1000, 0, 1",
    "0x1000, -1, 1",
    "0x1000, 0x1000, 6",
    "0x1000, 0x1000, 0xff",
    "0x1000, 0x1000, -1",
    "0x1000, 0x1000, 0x106",
    "-0x1000, 0x1000, 1",
    "0x10000000000000, 0x1000, 1",
    "0xffffffffff000, 0x1001, 1",
    "0x1000, 0x7fffffffffffffff, 1"
  })
  void row_0_refuses_what_makes_no_sense(String address, String size, String type) {
    MappingRequest request =
        new MappingRequest(Long.decode(address), Long.decode(size), Long.decode(type).intValue());

    Verdict verdict = windows.judge(facts(true, CacheType.WRITE_BACK, false), request);

    assertThat(verdict.row()).isEqualTo(0);
    assertRefused(verdict, "invalid-request");
  }

  @ParameterizedTest
  @CsvSource({
    "0, UNCACHED",
    "1, WRITE_BACK",
    "2, WRITE_COMBINING",
    "3, WRITE_BACK",
    "4, UNCACHED",
    "5, WRITE_COMBINING",
    "0x101, WRITE_BACK",
    "0x100, UNCACHED",
    "0x7fffff05, WRITE_COMBINING"
  })
  void a_requested_type_is_masked_and_translated(String type, CacheType granted) {
    MappingRequest request = new MappingRequest(0xffffffffff000L, 0x1000, Integer.decode(type));

    assertThat(windows.judge(facts(false, CacheType.UNKNOWN, false), request).granted())
        .isEqualTo(granted);
  }

  @Test
  void row_0_lets_the_first_page_pass() {
    MappingRequest first = new MappingRequest(0, 0x1000, 1);

    assertThat(windows.judge(facts(true, CacheType.WRITE_BACK, false), first).row()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"17134, 1", "26100, 1", "17133, 5", "7601, 5"})
  void row_1_refuses_page_tables_from_1803_on(int build, int row) {
    CachePolicy policy =
        CachePolicies.named("windows", new WindowsOptions(build, IoConflict.REJECT));
    PageFacts facts =
        Facts.of(true, CacheType.WRITE_BACK, false, true, true, CacheType.NOT_ESTABLISHED);

    Verdict verdict = policy.judge(facts, request(CacheType.WRITE_BACK));

    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.refused()).isEqualTo(row == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE_BACK, established-cached",
    "UNCACHED, established-non-cached",
    "UNCACHED_MINUS, established-non-cached",
    "WRITE_COMBINING, established-write-combined"
  })
  void row_6_says_which_attribute_won(CacheType established, String reason) {
    CacheType other =
        established == CacheType.WRITE_BACK ? CacheType.UNCACHED : CacheType.WRITE_BACK;

    Verdict verdict = judge(facts(true, established, false), other);

    assertThat(verdict.row()).isEqualTo(6);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.granted()).isEqualTo(established);
  }

  @Test
  void row_8_allows_what_a_live_io_mapping_has_already() {
    Verdict verdict = judge(live(CacheType.UNCACHED), CacheType.UNCACHED);

    assertThat(verdict.row()).isEqualTo(8);
    assertThat(verdict.granted()).isEqualTo(CacheType.UNCACHED);
  }

  @ParameterizedTest
  @EnumSource
  void row_9_does_what_it_is_told(IoConflict choice) {
    CachePolicy policy = CachePolicies.named("windows", new WindowsOptions(26100, choice));

    Verdict verdict = policy.judge(live(CacheType.UNCACHED), request(CacheType.WRITE_COMBINING));

    assertThat(verdict.row()).isEqualTo(9);
    switch (choice) {
      case REJECT -> assertRefused(verdict, "io-conflict");
      case OVERRIDE -> {
        assertThat(verdict.kind()).isEqualTo(VerdictKind.OVERRIDDEN);
        assertThat(verdict.granted()).isEqualTo(CacheType.UNCACHED);
      }
      case ALLOW -> {
        assertThat(verdict.kind()).isEqualTo(VerdictKind.MAPPED);
        assertThat(verdict.granted()).isEqualTo(CacheType.WRITE_COMBINING);
      }
    }
  }

  @Test
  void row_9_rejects_unless_told_otherwise() {
    assertThat(judge(live(CacheType.UNCACHED), CacheType.WRITE_BACK).refused()).isTrue();
  }

  @Test
  void row_10_adds_a_hazard_to_rows_3_to_6_where_the_page_is_not_locked() {
    for (boolean locked : new boolean[] {true, false}) {
      for (boolean inPfnDb : new boolean[] {true, false}) {
        for (boolean large : new boolean[] {true, false}) {
          for (CacheType r : Combinations.REQUESTED) {
            PageFacts facts =
                Facts.of(
                    inPfnDb, CacheType.WRITE_BACK, large, locked, false, CacheType.NOT_ESTABLISHED);
            Verdict verdict = judge(facts, r);
            boolean expected = !locked && verdict.row() >= 3 && verdict.row() <= 6;
            assertThat(verdict.hazards()).isEqualTo(expected ? List.of("unlocked") : List.of());
          }
        }
      }
    }
  }

  @Test
  void a_large_page_that_is_not_cached_is_flagged_as_inconsistent() {
    assertThat(judge(facts(true, CacheType.UNCACHED, true), CacheType.WRITE_BACK).hazards())
        .containsExactly("inconsistent-map", "unlocked");
    assertThat(judge(facts(true, CacheType.UNCACHED, true), CacheType.UNCACHED).hazards())
        .containsExactly("inconsistent-map");
  }

  @Test
  void the_reasons_of_row_6_are_recorded_for_types_that_windows_has_no_word_for_too() {
    assertThat(judge(facts(true, CacheType.WRITE_THROUGH, false), CacheType.UNCACHED).reason())
        .isEqualTo("established-cached");
    assertThat(judge(facts(true, CacheType.WRITE_PROTECTED, false), CacheType.WRITE_BACK).row())
        .isEqualTo(5);
  }

  @Test
  void a_page_with_aliases_that_disagree_is_judged_by_the_first_mapping_and_flagged() {
    PageFacts aliased = aliased(CacheType.UNCACHED, false);

    Verdict overridden = judge(aliased, CacheType.WRITE_BACK);
    assertThat(overridden.row()).isEqualTo(6);
    assertThat(overridden.granted()).isEqualTo(CacheType.UNCACHED);
    assertThat(overridden.hazards()).containsExactly("unlocked", "cache-alias");
    assertThat(judge(aliased, CacheType.UNCACHED).row()).isEqualTo(5);
    assertThat(judge(aliased(CacheType.WRITE_BACK, true), CacheType.UNCACHED).hazards())
        .containsExactly("cache-alias");
    assertThat(windows.judge(aliased, new MappingRequest(0, 0, 1)).hazards()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void each_named_type_is_asked_for_by_windows_own_number_or_is_a_usage_error(RequestedType type) {
    type.windows()
        .ifPresentOrElse(
            value -> assertThat(windows.typeNumber(type)).isEqualTo(value.value()),
            () ->
                assertThatThrownBy(() -> windows.typeNumber(type))
                    .isInstanceOfSatisfying(
                        PagestreamException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessageContaining(type.word()));
  }

  @Test
  void the_choices_in_force_can_be_told() {
    assertThat(
            CachePolicies.named("windows", new WindowsOptions(17133, IoConflict.OVERRIDE))
                .choices())
        .isEqualTo(Map.of("os-build", "17133", "io-conflict", "override"));
  }

  private static void assertRefused(Verdict verdict, String reason) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.REFUSED);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.granted()).isEqualTo(CacheType.UNKNOWN);
  }

  private Verdict judge(PageFacts facts, CacheType requested) {
    return windows.judge(facts, request(requested));
  }

  private MappingRequest request(CacheType requested) {
    return Ask.page(windows, requested);
  }

  private static PageFacts facts(boolean inPfnDb, CacheType established, boolean large) {
    return Facts.of(inPfnDb, established, large, false, false, CacheType.NOT_ESTABLISHED);
  }

  private static PageFacts aliased(CacheType first, boolean large) {
    return new PageFacts(
        true,
        first,
        large,
        false,
        false,
        CacheType.NOT_ESTABLISHED,
        CacheType.WRITE_BACK,
        false,
        true);
  }

  private static PageFacts live(CacheType mapping) {
    return Facts.of(false, CacheType.UNCACHED, false, false, false, mapping);
  }
}
