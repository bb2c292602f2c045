package io.pagestream.findings.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.findings.SmallCase;
import io.pagestream.findings.TwoImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FindingSearchTest {
  @TempDir private Path temporary;
  private FindingStore store;

  @BeforeEach
  void open() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    store = CaseStore.open(folder, StoreSettings.DEFAULT.withMemoryMebibytes(128), line -> {});
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static FindingSearch text(String text, boolean regex) {
    return new FindingSearch(Set.of(), Set.of(), Set.of(), text, regex, 0, Long.MAX_VALUE);
  }

  private List<Long> places(FindingSearch search, long after, int most) {
    return search.page(
        store,
        after,
        most,
        rows -> {
          List<Long> places = new ArrayList<>();
          while (rows.next()) {
            places.add(rows.getLong("place"));
          }
          return places;
        });
  }

  @Test
  void everythingIsFoundPageByPageInOrder() {
    assertThat(places(FindingSearch.ALL, -1, 4)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(places(FindingSearch.ALL, 3, 4)).containsExactly(4L, 5L);
    assertThat(places(FindingSearch.ALL, 5, 4)).isEmpty();
  }

  @Test
  void aTextIsFoundWhateverItsCaseAndCountsAgreeWithThePages() {
    FindingSearch search = text("SHARED@Ex", false);
    assertThat(places(search, -1, 10)).containsExactly(1L, 4L);
    assertThat(search.count(store, FindingSearch.Facet.KIND)).isEqualTo(Map.of("email", 2L));
    assertThat(search.count(store, FindingSearch.Facet.IMAGE_ID))
        .isEqualTo(Map.of(SmallCase.IMAGE, 1L, TwoImages.SECOND, 1L));
  }

  @Test
  void aRegularExpressionIsMatchedAndAWrongOneIsTheUsersMistake() {
    assertThat(places(text("^[as]+.*\\.com$", true), -1, 10)).containsExactly(0L, 1L, 3L, 4L);
    assertThatThrownBy(() -> places(text("(", true), -1, 10)).hasMessageStartingWith("PS-100");
  }

  @Test
  void filtersAreCombined() {
    FindingSearch search =
        new FindingSearch(
            Set.of("email", "url"),
            Set.of(SmallCase.IMAGE),
            Set.of("mapped"),
            "example",
            false,
            0x2000,
            0x4000);
    assertThat(places(search, -1, 10)).containsExactly(1L, 2L);
    assertThat(search.count(store, FindingSearch.Facet.VERDICT)).isEqualTo(Map.of("mapped", 2L));
    FindingSearch words =
        new FindingSearch(Set.of("email"), Set.of(), Set.of(), null, false, 0, Long.MAX_VALUE);
    assertThat(words.count(store, FindingSearch.Facet.IMAGE_ID))
        .isEqualTo(Map.of(SmallCase.IMAGE, 3L, TwoImages.SECOND, 1L));
  }

  @Test
  void sqlInAFilterIsOnlyText() {
    for (String hostile :
        List.of("' OR 1=1 --", "'; DROP VIEW findings; --", "%", "_", "\u0000", "\\")) {
      assertThat(places(text(hostile, false), -1, 10))
          .isEqualTo(hostile.equals("\u0000") ? List.of(2L) : List.of());
      FindingSearch words =
          new FindingSearch(
              Set.of(hostile), Set.of(hostile), Set.of(hostile), null, false, 0, Long.MAX_VALUE);
      assertThat(places(words, -1, 10)).isEmpty();
      assertThat(words.count(store, FindingSearch.Facet.KIND)).isEmpty();
    }
    assertThat(places(FindingSearch.ALL, -1, 10)).hasSize(6);
  }
}
