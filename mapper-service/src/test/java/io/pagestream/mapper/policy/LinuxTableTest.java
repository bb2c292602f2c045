package io.pagestream.mapper.policy;

import static io.pagestream.mapper.policy.LinuxAsk.aliased;
import static io.pagestream.mapper.policy.LinuxAsk.assertMapped;
import static io.pagestream.mapper.policy.LinuxAsk.assertOverridden;
import static io.pagestream.mapper.policy.LinuxAsk.assertRefused;
import static io.pagestream.mapper.policy.LinuxAsk.io;
import static io.pagestream.mapper.policy.LinuxAsk.policy;
import static io.pagestream.mapper.policy.LinuxAsk.ram;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.mapper.policy.Combinations.Combination;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The table L0 to L15 of docs/cache-policy.md as a whole, and the rows L0 to L2, which depend only
 * on the request.
 */
class LinuxTableTest {
  private final CachePolicy reserve = policy(LinuxCall.RESERVE);
  private final CachePolicy exact = policy(LinuxCall.RESERVE_EXACT);

  /** The table does not distinguish large pages: each of the 24 cases counts twice. */
  @Test
  void the_48_combinations_fall_to_the_rows_as_the_table_says() {
    Map<Integer, Integer> byRow = new TreeMap<>();
    for (Combination c : Combinations.all()) {
      Verdict verdict = reserve.judge(c.facts(), Ask.page(reserve, c.requested()));
      byRow.merge(verdict.row(), 1, Integer::sum);
      assertThat(verdict.requested()).isEqualTo(c.requested());
      assertThat(verdict.established()).isEqualTo(c.established());
      assertThat(verdict.kind() == VerdictKind.MAPPED)
          .isEqualTo(verdict.granted() == c.requested());
      assertThat(verdict.hazards()).isEmpty();
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
  void each_named_type_has_linux_own_number() {
    for (RequestedType type : RequestedType.values()) {
      assertThat(CacheMode.of(reserve.typeNumber(type)).map(CacheMode::cacheType))
          .contains(type.cacheType());
    }
    assertThat(reserve.typeNumber(RequestedType.UNCACHED)).isEqualTo(3);
    assertThat(reserve.typeNumber(RequestedType.WRITE_PROTECTED)).isEqualTo(5);
  }

  @Test
  void rows_have_the_numbers_of_the_document() {
    assertThat(LinuxRow.values())
        .extracting(LinuxRow::number)
        .containsExactly(0, 1, 2, 3, 16, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  }

  @Test
  void name_borders_and_choices_can_be_told() {
    assertThat(exact.name()).isEqualTo("linux");
    assertThat(exact.borders()).containsExactly(0xa0000L, 0x100000L);
    assertThat(exact.choices())
        .isEqualTo(Map.of("linux-call", "reserve-exact", "linux-pat", "true"));
  }
}
