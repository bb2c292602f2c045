package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.mapper.policy.Combinations.Combination;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of the strict profile in docs/cache-policy.md, each by its number. */
class StrictTableTest {
  private final CachePolicy strict = CachePolicies.named("strict");

  @Test
  void the_48_combinations_are_mapped_without_conflict_and_refused_with() {
    Map<Integer, Integer> byRow = new TreeMap<>();
    for (Combination c : Combinations.all()) {
      Verdict verdict = strict.judge(c.facts(), Ask.page(strict, c.requested()));
      byRow.merge(verdict.row(), 1, Integer::sum);
      boolean conflict =
          (c.large() && c.requested() != CacheType.WRITE_BACK)
              || (c.established() != CacheType.NOT_ESTABLISHED && c.established() != c.requested());
      assertThat(verdict.refused()).isEqualTo(conflict);
      assertThat(verdict.requested()).isEqualTo(c.requested());
      assertThat(verdict.established()).isEqualTo(c.established());
      assertThat(verdict.granted()).isEqualTo(conflict ? CacheType.UNKNOWN : c.requested());
    }
    // Large and not cached: 2 x 8. Conflicts of the rest: 2 small x 6, 2 large x 2.
    assertThat(byRow).isEqualTo(Map.of(3, 16, 4, 8, 5, 8, 6, 16));
  }

  @ParameterizedTest
  @CsvSource({
    "0x1000, 0, 6",
    "0x1000, -1, 6",
    "0x1000, 0x1000, 2",
    "0x1000, 0x1000, 3",
    "0x1000, 0x1000, 8",
    "0x1000, 0x1000, -1",
    "-0x1000, 0x1000, 6",
    "0x10000000000000, 0x1000, 6",
    "0xffffffffff000, 0x1001, 6"
  })
  void row_0_refuses_what_makes_no_sense(String address, String size, int type) {
    MappingRequest request = new MappingRequest(Long.decode(address), Long.decode(size), type);

    assertRefused(strict.judge(facts(CacheType.WRITE_BACK), request), 0, "invalid-request");
  }

  @Test
  void row_0_lets_the_first_and_the_last_page_pass() {
    for (long address : new long[] {0, 0xffffffffff000L}) {
      MappingRequest request = new MappingRequest(address, 0x1000, 6);
      assertThat(strict.judge(facts(CacheType.WRITE_BACK), request).row()).isEqualTo(6);
    }
  }

  @Test
  void row_1_refuses_a_request_for_memory_and_what_is_none() {
    PageFacts facts = Facts.inMixedRequest(CacheType.WRITE_BACK);

    assertRefused(judge(facts, CacheType.WRITE_BACK), 1, "partly-memory");
  }

  @Test
  void row_2_refuses_aliases_that_disagree_whatever_is_asked_for() {
    PageFacts facts =
        new PageFacts(
            true,
            CacheType.WRITE_BACK,
            false,
            false,
            false,
            CacheType.NOT_ESTABLISHED,
            CacheType.WRITE_BACK,
            false,
            true);
    for (CacheType requested : Combinations.REQUESTED) {
      assertRefused(judge(facts, requested), 2, "cache-alias");
    }
  }

  @Test
  void row_3_refuses_anything_but_cached_in_a_large_page() {
    PageFacts large =
        Facts.of(true, CacheType.WRITE_BACK, true, false, false, CacheType.NOT_ESTABLISHED);

    assertRefused(judge(large, CacheType.UNCACHED), 3, "large-page");
    assertThat(judge(large, CacheType.WRITE_BACK).row()).isEqualTo(6);
  }

  @Test
  void row_4_refuses_what_a_live_mapping_contradicts() {
    PageFacts live =
        Facts.of(false, CacheType.UNCACHED, false, false, false, CacheType.WRITE_COMBINING);

    assertRefused(judge(live, CacheType.UNCACHED), 4, "io-conflict");
  }

  @ParameterizedTest
  @EnumSource(
      value = CacheType.class,
      names = {
        "UNCACHED",
        "WRITE_COMBINING",
        "WRITE_THROUGH",
        "WRITE_PROTECTED",
        "WRITE_BACK",
        "UNCACHED_MINUS"
      })
  void row_5_refuses_what_is_established_otherwise_and_row_6_maps_the_rest(CacheType established) {
    for (RequestedType type : RequestedType.values()) {
      CacheType requested = type.cacheType();
      boolean uncached =
          name(established).startsWith("UNCACHED") && name(requested).startsWith("UNCACHED");
      Verdict verdict =
          strict.judge(
              facts(established), new MappingRequest(0x1000, 0x1000, strict.typeNumber(type)));
      if (established == requested || uncached) {
        assertThat(verdict.row()).isEqualTo(6);
        assertThat(verdict.kind()).isEqualTo(VerdictKind.MAPPED);
        assertThat(verdict.granted()).isEqualTo(requested);
      } else {
        assertRefused(verdict, 5, "cache-conflict");
        assertThat(verdict.requested()).isEqualTo(requested);
      }
    }
  }

  @Test
  void row_6_maps_where_nothing_is_established() {
    for (CacheType none : List.of(CacheType.UNKNOWN, CacheType.NOT_ESTABLISHED)) {
      assertThat(judge(facts(none), CacheType.UNCACHED).row()).isEqualTo(6);
    }
  }

  @Test
  void rows_are_numbered_in_their_order_and_nothing_can_be_chosen() {
    assertThat(StrictRow.values())
        .extracting(StrictRow::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(strict.choices()).isEmpty();
    assertThat(strict.borders()).isEmpty();
    assertThat(strict.name()).isEqualTo("strict");
  }

  private static String name(CacheType type) {
    return type.name();
  }

  private Verdict judge(PageFacts facts, CacheType requested) {
    return strict.judge(facts, Ask.page(strict, requested));
  }

  private static PageFacts facts(CacheType established) {
    return Facts.of(true, established, false, false, false, CacheType.NOT_ESTABLISHED);
  }

  private static void assertRefused(Verdict verdict, int row, String reason) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.REFUSED);
    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.granted()).isEqualTo(CacheType.UNKNOWN);
    assertThat(verdict.hazards()).isEmpty();
  }
}
