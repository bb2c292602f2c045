package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.pagetable.PlantedGuest.Leaf;
import io.pagestream.schemas.page.Pages;
import org.junit.jupiter.api.Test;

/** Tables that are full of unusual mappings cannot fill the memory of the analysis. */
final class CrowdedTablesTest {
  /** They are bounded and counted, and the rest is a doubt. */
  @Test
  void moreAnomaliesThanAreKeptAreADoubt() {
    PlantedGuest guest = PlantedMappingsTest.plain();
    Leaf leaf = PlantedMappingsTest.userData(guest);
    long directory = Pages.floor(leaf.path().get(2));
    for (int i = 0, planted = 0; planted < 8; i++) {
      if (guest.u64(directory + 8L * i) == 0) {
        long table = guest.freePage();
        for (int j = 0; j < 512; j++) { // never consecutive
          guest.put(table + 8L * j, Pages.address(1000 + 2 * j) | 7);
        }
        guest.put(directory + 8L * i, table | 7);
        planted++;
      }
    }
    PageMappings mappings = guest.mappings();

    assertThat(PlantedGuest.of(mappings, "user-rwx")).hasSize(AnomalyList.MOST_REGIONS);
    assertThat(mappings.doubts())
        .anySatisfy(doubt ->
            assertThat(doubt.getMessage())
                .startsWith("3,072 more mappings satisfy the definition user-rwx"));
    assertThat(mappings.spansOf(Pages.address(1000), 1).getFirst().getAnomalies())
        .hasSizeLessThanOrEqualTo(Anomalies.MOST_FOR_PAGE);
  }
}
