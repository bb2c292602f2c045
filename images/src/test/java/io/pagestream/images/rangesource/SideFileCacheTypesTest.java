package io.pagestream.images.rangesource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.schemas.avro.CacheType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of the sidecars with cache types: PAT and MTRRs. */
final class SideFileCacheTypesTest {
  private final WrittenSideFile side;

  SideFileCacheTypesTest(@TempDir Path folder) {
    side = new WrittenSideFile(folder);
  }

  @Test
  void thePatIsReadInAllItsForms() throws IOException {
    PatLayout linux = PatLayout.of(PatLayout.LINUX);
    for (String text :
        List.of(
            "00000277 PAT            0407050600070106\n",
            "0x277 0x0407050600070106\n",
            "0x0407050600070106\n",
            "[    0.009] x86/PAT: Configuration [0-7]: WB  WC  UC- UC  WB  WP  UC- WT  \n")) {
      assertThat(side.facts(SideFileKind.PAT, text).cache().pat()).as(text).contains(linux);
    }
    SideFacts list =
        side.facts(
            SideFileKind.PAT,
            """
            PAT memtype list:
            PAT: [mem 0x00000000fea00000-0x00000000feb00000] write-combining
            uncached-minus @ 0xfed00000-0xfed01000
            """);
    assertThat(list.tracked()).hasSize(2);
    assertThat(list.tracked().getFirst().end()).isEqualTo(0xfeb00000L);
    assertThat(list.tracked().getLast().type()).isEqualTo(CacheType.UNCACHED_MINUS);
    assertThatThrownBy(() -> side.facts(SideFileKind.PAT, "nothing"))
        .hasMessageStartingWith("PS-104 ");
  }

  @Test
  void mtrrsAreReadInAllTheirForms() throws IOException {
    for (String line :
        List.of(
            "reg00: base=0x0c0000000 ( 3072MB), size= 1024MB, count=1: uncachable",
            "reg00: base=0xc0000000 (3072MB), size=1024MB: uncachable, count=1")) {
      var state = side.facts(SideFileKind.MTRR, line).cache().mtrr().orElseThrow();
      assertThat(state.typeAt(0xc0000000L)).isEqualTo(CacheType.UNCACHED);
      assertThat(state.typeAt(0x10000000L)).isEqualTo(CacheType.UNKNOWN);
    }
    assertThatThrownBy(() ->
            side.facts(
                SideFileKind.MTRR,
                "000000fe MTRRCAP 0000000000000508\n000002ff DEF 0000000000000c06\n"))
        .hasMessageContaining("missing");
    assertThatThrownBy(() ->
            side.facts(
                SideFileKind.MTRR,
                "reg00: base=0x000001000 (    0MB), size= 1024MB, count=1: uncachable"))
        .hasMessageContaining("line 1");
  }

  @Test
  void amdsTom2CountsOnlyIfItIsSwitchedOn() throws IOException {
    for (long bits : new long[] {0, 1 << 21, 3 << 21}) {
      var state = side.facts(SideFileKind.MTRR, dumpWith(bits)).cache().mtrr().orElseThrow();
      assertThat(state.typeAt(0x100000000L))
          .isEqualTo(bits == 3 << 21 ? CacheType.WRITE_BACK : CacheType.UNCACHED);
    }
  }

  private static String dumpWith(long sysCfg) {
    return """
    2ff DEF 0000000000000c00
    c0010010 SYSCFG %016x
    c001001d TOM2 0000000200000000
    """
        .formatted(sysCfg);
  }
}
