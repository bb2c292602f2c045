package io.pagestream.cases.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.HandmadeCase;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreMapTest {
  private static final List<Band> BANDS = List.of(Band.CONTENT, Band.CACHE_TYPES, Band.VERDICTS);

  @TempDir private Path temporary;

  @Test
  void theStoreAndTheFolderGiveTheSameMap() {
    Path folder = HandmadeCase.in(temporary.resolve("case"));
    CheckedCase checked = CheckedCase.open(folder, true);
    StoredCase stored = StoredCase.open(checked);
    StoredImage image = stored.image(Optional.empty());
    MemoryMap<SpaceLayout> ofFolder =
        CaseMap.of(stored, image, SpaceLayout.of(image.ranges(), 100, 1, 10));
    try (FindingStore store = CaseStore.open(checked, StoreSettings.DEFAULT, line -> {})) {
      StoreMap map = new StoreMap(store, SmallCase.IMAGE);
      assertThat(map.ranges()).isEqualTo(image.ranges());
      MemoryMap<SpaceLayout> ofStore = filled(map, ofFolder.layout(), 0, Long.MAX_VALUE);
      assertThat(ofStore.bands()).isEqualTo(ofFolder.bands());
      assertThat(ofStore.rangePages()).isEqualTo(40);
      assertThat(ofStore.findingCount()).isEqualTo(ofFolder.findingCount()).isPositive();
      for (int cell = 0; cell < ofFolder.layout().cells(); cell++) {
        assertThat(ofStore.findings(cell)).isEqualTo(ofFolder.findings(cell));
        for (Ink ink : Ink.values()) {
          assertThat(ofStore.pages(ink, cell))
              .as("%s of cell %d", ink, cell)
              .isEqualTo(ofFolder.pages(ink, cell));
        }
      }
      assertThat(ofStore.inks(Band.VERDICTS))
          .containsExactly(Ink.MAPPED, Ink.OVERRIDDEN, Ink.REFUSED);
      assertThat(ofStore.inks(Band.CACHE_TYPES)).contains(Ink.DISAGREEING);
      map.addSpans(ofStore, 0, Long.MAX_VALUE, List.of(Band.GRANTED_TYPES));
      assertThat(ofStore.total(Ink.GRANTED_NONE)).isEqualTo(ofStore.total(Ink.REFUSED));

      List<DenseSpace.Placed> all = new DenseSpace(map.ranges()).within(0, 40);
      long second = all.getLast().range().getPhysicalAddress();
      CellGrid grid = new CellGrid(new DenseSpace(map.ranges()), 36, 1, 4);
      MemoryMap<CellGrid> ofSecond = filled(map, grid, second, second + 4 * Pages.SIZE - 1);
      assertThat(ofSecond.total(Ink.REFUSED)).isEqualTo(4);
      assertThat(ofSecond.total(Ink.MAPPED)).isZero();
      assertThat(new StoreMap(store, "none").ranges()).isEmpty();
    }
  }

  private static <L extends MapLayout> MemoryMap<L> filled(
      StoreMap stored, L layout, long first, long last) {
    MemoryMap<L> map = new MemoryMap<>("", layout);
    stored.ranges().forEach(map::addRange);
    stored.addSpans(map, first, last, BANDS);
    stored.addFindings(map, first, last, List.of());
    return map;
  }

  @Test
  void everyWordHasAnInkAndNoTwoInksOfABandShareOne() {
    Map<Band, Enum<?>[]> words =
        Map.of(
            Band.RANGES, RangeKind.values(),
            Band.CONTENT, PageContent.values(),
            Band.CACHE_TYPES, CacheType.values(),
            Band.GRANTED_TYPES, CacheType.values(),
            Band.VERDICTS, VerdictKind.values());
    words.forEach((band, constants) -> {
      for (Enum<?> constant : constants) {
        String word = Words.of(constant);
        assertThat(Ink.of(band, word)).as("%s of %s", word, band).isNotNull();
      }
    });
    for (Ink ink : Ink.values()) {
      assertThat(Ink.of(ink.band(), ink.word())).isEqualTo(ink);
    }
    assertThat(Ink.of(Band.CONTENT, "of another version")).isNull();
  }
}
