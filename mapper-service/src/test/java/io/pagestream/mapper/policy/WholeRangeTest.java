package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.mapper.policy.WholeRange.Outcome;
import io.pagestream.mapper.policy.WholeRange.Piece;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeRangeTest {
  private static final PageFacts RAM =
      new PageFacts(true, CacheType.WRITE_BACK, false, true, false, CacheType.NOT_ESTABLISHED);
  private static final PageFacts LARGE_RAM =
      new PageFacts(true, CacheType.WRITE_BACK, true, true, false, CacheType.NOT_ESTABLISHED);
  private static final PageFacts MAPPED_DEVICE =
      new PageFacts(false, CacheType.UNCACHED, false, true, false, CacheType.UNCACHED);

  private final CachePolicy windows = CachePolicies.named("windows");

  @Test
  void a_range_from_memory_into_a_device_is_refused_though_its_first_page_would_be_granted() {
    MappingRequest request = request(CacheType.WRITE_BACK, 8);
    List<Piece> pieces = List.of(new Piece(RAM, 4), new Piece(MAPPED_DEVICE, 4));

    assertThat(windows.judge(RAM, request).refused()).as("by the first page alone").isFalse();
    assertThat(WholeRange.judge(windows, pieces, request))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.piece()).isEqualTo(1);
              assertThat(rejected.verdict().row()).isEqualTo(9);
            });
  }

  @Test
  void a_range_from_memory_into_a_bar_that_nobody_has_mapped_is_refused_by_linux_and_strict() {
    PageFacts bar =
        new PageFacts(false, CacheType.UNCACHED, false, false, false, CacheType.NOT_ESTABLISHED);
    List<Piece> pieces = List.of(new Piece(RAM, 4), new Piece(bar, 4));

    assertRejected("linux", pieces, 3, "partly-ram");
    assertRejected("strict", pieces, 1, "partly-memory");
  }

  private static void assertRejected(String profile, List<Piece> pieces, int row, String reason) {
    CachePolicy policy = CachePolicies.named(profile);
    MappingRequest request =
        new MappingRequest(0x100000, 8 * 4096, policy.typeNumber(RequestedType.CACHED));
    assertThat(WholeRange.judge(policy, pieces, request))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.piece()).isZero();
              assertThat(rejected.verdict().row()).isEqualTo(row);
              assertThat(rejected.verdict().reason()).isEqualTo(reason);
            });
    assertThat(WholeRange.judge(policy, pieces.subList(0, 1), request))
        .isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void a_request_whose_addresses_wrap_is_refused_by_every_profile() {
    for (String profile : CachePolicies.names()) {
      CachePolicy policy = CachePolicies.named(profile);
      MappingRequest request =
          new MappingRequest(0xffffffffff000L, 2 * 4096, policy.typeNumber(RequestedType.CACHED));
      assertThat(WholeRange.judge(policy, List.of(new Piece(RAM, 2)), request))
          .as(profile)
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.verdict().row()).isZero();
                assertThat(rejected.verdict().reason()).isEqualTo("invalid-request");
              });
    }
  }

  @Test
  void one_large_page_refuses_the_whole_uncached_request() {
    List<Piece> pieces = List.of(new Piece(RAM, 511), new Piece(LARGE_RAM, 512));

    assertThat(WholeRange.judge(windows, pieces, request(CacheType.UNCACHED, 1023)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.verdict().row()).isEqualTo(2));
  }

  @Test
  void granted_types_differ_only_by_overrides() {
    PageFacts combined =
        new PageFacts(
            true, CacheType.WRITE_COMBINING, false, true, false, CacheType.NOT_ESTABLISHED);
    List<Piece> pieces = List.of(new Piece(RAM, 1), new Piece(combined, 1));

    assertThat(WholeRange.judge(windows, pieces, request(CacheType.WRITE_BACK, 2)))
        .isInstanceOfSatisfying(
            Outcome.Granted.class,
            granted ->
                assertThat(granted.verdicts())
                    .extracting(Verdict::kind)
                    .containsExactly(VerdictKind.MAPPED, VerdictKind.OVERRIDDEN));
  }

  private MappingRequest request(CacheType type, long pages) {
    return new MappingRequest(0x100000, pages * 4096, windows.typeNumber(Ask.requested(type)));
  }
}
