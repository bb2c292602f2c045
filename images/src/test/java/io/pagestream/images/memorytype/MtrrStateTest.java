package io.pagestream.images.memorytype;

import static io.pagestream.schemas.avro.CacheType.UNCACHED;
import static io.pagestream.schemas.avro.CacheType.UNKNOWN;
import static io.pagestream.schemas.avro.CacheType.WRITE_BACK;
import static io.pagestream.schemas.avro.CacheType.WRITE_COMBINING;
import static io.pagestream.schemas.avro.CacheType.WRITE_PROTECTED;
import static io.pagestream.schemas.avro.CacheType.WRITE_THROUGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The decoding and precedence rules of facts A2.3. */
final class MtrrStateTest {
  private static final List<CacheType> TYPES =
      List.of(UNCACHED, WRITE_COMBINING, WRITE_THROUGH, WRITE_PROTECTED, WRITE_BACK);

  private static MtrrState variable(CacheType defaultType, VariableRange... ranges) {
    return new MtrrState(true, defaultType, Optional.empty(), List.of(ranges), 0);
  }

  @Test
  void withoutTheEnableBitEverythingIsUncached() {
    MtrrState off =
        new MtrrState(
            false,
            WRITE_BACK,
            Optional.of(FixedRanges.of(Collections.nCopies(11, 0x0606060606060606L))),
            List.of(new VariableRange(0, 0, WRITE_BACK)),
            1L << 40);
    assertThat(off.ranges().size()).isEqualTo(1);
    assertThat(off.typeAt(0x1000)).isEqualTo(UNCACHED);
    assertThat(off.typeAt(5L << 32)).isEqualTo(UNCACHED);
  }

  @Test
  void theDefaultHoldsWhereNoRegisterCovers() {
    MtrrState state =
        variable(WRITE_THROUGH, VariableRange.ofSize(0x80000000L, 0x80000000L, UNCACHED));
    assertThat(state.typeAt(0x7fffffffL)).isEqualTo(WRITE_THROUGH);
    assertThat(state.typeAt(0x80000000L)).isEqualTo(UNCACHED);
    assertThat(state.typeAt(0xffffffffL)).isEqualTo(UNCACHED);
    assertThat(state.typeAt(0x100000000L)).isEqualTo(WRITE_THROUGH);
  }

  /** Every pair of types: UC beats all, WB and WT are WT, equal is equal, the rest is undefined. */
  @Test
  void everyOverlap() {
    Map<String, CacheType> defined =
        Map.of(
            "WRITE_COMBINING+WRITE_COMBINING", WRITE_COMBINING,
            "WRITE_THROUGH+WRITE_THROUGH", WRITE_THROUGH,
            "WRITE_PROTECTED+WRITE_PROTECTED", WRITE_PROTECTED,
            "WRITE_BACK+WRITE_BACK", WRITE_BACK,
            "WRITE_BACK+WRITE_THROUGH", WRITE_THROUGH,
            "WRITE_THROUGH+WRITE_BACK", WRITE_THROUGH);
    for (CacheType a : TYPES) {
      for (CacheType b : TYPES) {
        VariableRange wide = VariableRange.ofSize(0, 0x40000000L, a);
        VariableRange narrow = VariableRange.ofSize(0x10000000L, 0x1000L, b);
        assertThat(variable(WRITE_BACK, wide, narrow).typeAt(0x10000fffL))
            .as("%s+%s", a, b)
            .isEqualTo(defined.getOrDefault(a + "+" + b, UNCACHED));
      }
    }
  }

  @Test
  void threeRangesAtOnePlace() {
    MtrrState state =
        variable(
            WRITE_BACK,
            VariableRange.ofSize(0, 0x1000, WRITE_BACK),
            VariableRange.ofSize(0, 0x1000, WRITE_THROUGH),
            VariableRange.ofSize(0, 0x1000, UNCACHED));
    assertThat(state.typeAt(0)).isEqualTo(UNCACHED);
  }

  @Test
  void anUnknownTypeIsUnknownUnlessUncachedBeatsIt() {
    VariableRange unknown = VariableRange.ofSize(0, 0x1000, UNKNOWN);
    assertThat(variable(WRITE_BACK, unknown).typeAt(0)).isEqualTo(UNKNOWN);
    assertThat(variable(WRITE_BACK, unknown, VariableRange.ofSize(0, 0x1000, UNCACHED)).typeAt(0))
        .isEqualTo(UNCACHED);
    assertThat(variable(WRITE_BACK, unknown, VariableRange.ofSize(0, 0x1000, WRITE_BACK)).typeAt(0))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void fixedRangesComeFirstBelowOneMib() {
    List<Long> registers =
        List.of(
            0x0606060606060604L,
            0x0606060606060606L,
            0x0000000000000001L,
            0x0505050505050506L,
            0x0505050505050505L,
            0x0505050505050505L,
            0x0505050505050505L,
            0x0505050505050505L,
            0x0505050505050505L,
            0x0505050505050505L,
            0x0105050505050505L);
    MtrrState state =
        new MtrrState(
            true,
            WRITE_BACK,
            Optional.of(FixedRanges.of(registers)),
            List.of(VariableRange.ofSize(0, 0x200000, WRITE_THROUGH)),
            0);
    assertThat(state.typeAt(0xffff)).isEqualTo(WRITE_THROUGH);
    assertThat(state.typeAt(0x10000)).isEqualTo(WRITE_BACK);
    assertThat(state.typeAt(0x9ffff)).isEqualTo(WRITE_BACK);
    assertThat(state.typeAt(0xa0000)).isEqualTo(WRITE_COMBINING);
    assertThat(state.typeAt(0xa4000)).isEqualTo(UNCACHED);
    assertThat(state.typeAt(0xc0fff)).isEqualTo(WRITE_BACK);
    assertThat(state.typeAt(0xc1000)).isEqualTo(WRITE_PROTECTED);
    assertThat(state.typeAt(0xfefff)).isEqualTo(WRITE_PROTECTED);
    assertThat(state.typeAt(0xff000)).isEqualTo(WRITE_COMBINING);
    assertThat(state.typeAt(0x100000)).isEqualTo(WRITE_THROUGH);
    assertThat(state.typeAt(0x200000)).isEqualTo(WRITE_BACK);
  }

  @Test
  void fixedRangesThatAreOffLeaveTheFirstMibToTheOthers() {
    assertThat(variable(WRITE_THROUGH).typeAt(0xa0000)).isEqualTo(WRITE_THROUGH);
  }

  @Test
  void topMem2IsWriteBackFromFourGib() {
    MtrrState state =
        new MtrrState(
            true,
            UNCACHED,
            Optional.empty(),
            List.of(VariableRange.ofSize(0x100000000L, 0x1000, WRITE_THROUGH)),
            0x180000000L);
    assertThat(state.typeAt(0xffffffffL)).isEqualTo(UNCACHED);
    assertThat(state.typeAt(0x100000000L)).isEqualTo(WRITE_BACK);
    assertThat(state.typeAt(0x17fffffffL)).isEqualTo(WRITE_BACK);
    assertThat(state.typeAt(0x180000000L)).isEqualTo(UNCACHED);
  }

  /** The registers of the i440fx guest: base 2 GiB, a mask of 40 address bits. */
  @Test
  void aMaskOfFewerAddressBitsDoesNotRepeat() {
    VariableRange range = new VariableRange(0x80000000L, 0xff80000000L, UNCACHED);
    assertThat(range.covers(0x80000000L)).isTrue();
    assertThat(range.covers(0x10080000000L)).isFalse();
    assertThat(range.blockStarts()).containsExactly(0x80000000L);
    assertThat(range.blockSize()).isEqualTo(0x80000000L);
  }

  @Test
  void aMaskWithHolesCoversSeveralIntervals() {
    VariableRange range = new VariableRange(0x10000000L, 0xffd0000000L, UNCACHED);
    assertThat(range.blockStarts()).containsExactlyInAnyOrder(0x10000000L, 0x30000000L);
    assertThat(range.covers(0x3fffffffL)).isTrue();
    assertThat(range.covers(0x20000000L)).isFalse();
  }

  @Test
  void aMaskThatWouldCostTooMuchIsRefused() {
    assertThatThrownBy(() -> new VariableRange(0, 0x5555555555000L, UNCACHED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holes");
  }

  @Property(tries = 500)
  void intervalsSayWhatTheRegistersSay(
      @ForAll("states") MtrrState state, @ForAll("addresses") List<Long> addresses) {
    MemoryTypeRanges ranges = state.ranges();
    assertThat(ranges.start(0)).isZero();
    assertThat(ranges.end(ranges.size() - 1)).isEqualTo(Pages.ADDRESS_LIMIT);
    for (int i = 0; i < ranges.size(); i++) {
      assertThat(ranges.type(i)).isEqualTo(state.typeAt(ranges.start(i)));
      assertThat(ranges.type(i)).isEqualTo(state.typeAt(ranges.end(i) - 1));
      assertThat(i == 0 || ranges.type(i) != ranges.type(i - 1)).isTrue();
      assertThat(ranges.typeOf(ranges.start(i), ranges.end(i))).isEqualTo(ranges.type(i));
    }
    for (long address : addresses) {
      assertThat(ranges.typeAt(address)).as("0x%x", address).isEqualTo(state.typeAt(address));
    }
  }

  @Provide
  Arbitrary<List<Long>> addresses() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(0, 0x400000),
            Arbitraries.longs().between(0, 8L << 30),
            Arbitraries.longs().between(0, Pages.ADDRESS_LIMIT - 1))
        .list()
        .ofSize(50);
  }

  @Provide
  Arbitrary<MtrrState> states() {
    Arbitrary<CacheType> types = Arbitraries.of(TYPES);
    Arbitrary<VariableRange> sized =
        Combinators.combine(
                Arbitraries.integers().between(12, 40),
                Arbitraries.longs().between(0, Pages.ADDRESS_LIMIT - 1),
                types)
            .as((bits, base, type) -> VariableRange.ofSize(base & -(1L << bits), 1L << bits, type));
    Arbitrary<VariableRange> holed =
        Combinators.combine(
                Arbitraries.longs().between(0, 63),
                Arbitraries.longs().between(0, Pages.ADDRESS_LIMIT - 1),
                types)
            .as((low, base, type) -> new VariableRange(base, 0xff_f000_0000L | low << 22, type));
    return Combinators.combine(
            Arbitraries.of(true, true, true, false),
            types,
            Arbitraries.longs().list().ofSize(11),
            Arbitraries.oneOf(sized, holed).list().ofMaxSize(8),
            Arbitraries.of(0L, 0x180000000L, -1L, Long.MAX_VALUE, 0x1234L))
        .as((enabled, type, fixed, variable, topMem2) ->
            new MtrrState(enabled, type, Optional.of(FixedRanges.of(fixed)), variable, topMem2));
  }
}
