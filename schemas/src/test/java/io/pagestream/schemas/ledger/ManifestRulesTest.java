package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The bounds of a manifest, each at its last valid and first invalid value. */
class ManifestRulesTest {
  private static final long MOST_PAGES = Pages.frameNumber(Pages.ADDRESS_LIMIT);

  @Test
  void quantitiesAtTheirBoundsAreValid() {
    valid(manifest -> manifest.setRunPages(1));
    valid(manifest -> manifest.setRunPages(256));
    valid(manifest -> manifest.setRunsPerBlock(1));
    valid(manifest -> manifest.setRunsPerBlock(256));
    valid(manifest -> manifest.setRunCount(0));
    valid(manifest -> manifest.setRunCount(MOST_PAGES));
    valid(manifest -> manifest.setRangeMapPages(0));
    valid(manifest -> manifest.setRangeMapPages(MOST_PAGES));
    valid(manifest -> manifest.setAbsentPages(manifest.getRangeMapPages()));
    valid(manifest -> manifest.setRanges(List.of(range(0, 0), range(0, MOST_PAGES))));
  }

  @Test
  void quantitiesBeyondTheirBoundsAreNamed() {
    invalid(manifest -> manifest.setPageSizeBytes(8192), "page size 8192");
    invalid(manifest -> manifest.setRunPages(0), "pages of a run 0");
    invalid(manifest -> manifest.setRunPages(257), "pages of a run 257");
    invalid(manifest -> manifest.setRunsPerBlock(0), "runs of a block 0");
    invalid(manifest -> manifest.setRunsPerBlock(257), "runs of a block 257");
    invalid(manifest -> manifest.setRunCount(-1), "runs -1");
    invalid(manifest -> manifest.setRunCount(MOST_PAGES + 1), "runs " + (MOST_PAGES + 1));
    invalid(manifest -> manifest.setRangeMapPages(-1), "pages of the range map -1");
    invalid(manifest -> manifest.setRangeMapPages(MOST_PAGES + 1), "pages of the range map ");
    invalid(manifest -> manifest.setAbsentPages(-1), "absent pages -1");
    invalid(manifest -> manifest.setAbsentPages(manifest.getRangeMapPages() + 1), "absent pages ");
    invalid(manifest -> manifest.setRanges(List.of(range(0, -1))), "pages of a range -1");
    invalid(manifest -> manifest.setRanges(List.of(range(0, MOST_PAGES + 1))), "pages of a range ");
  }

  @Test
  void manifestsAgreeUnlessTheyDescribeOtherRunsOrOtherMemory() {
    assertThat(ManifestRules.agree(manifest(), manifest())).isTrue();
    assertThat(ManifestRules.agree(manifest(), changed(manifest -> manifest.setName("other"))))
        .isTrue();
    List<Consumer<ImageManifest>> changes =
        List.of(
            manifest -> manifest.setRunCount(manifest.getRunCount() + 1),
            manifest -> manifest.setRunPages(32),
            manifest -> manifest.setRunsPerBlock(3),
            manifest -> manifest.setRangeMapPages(manifest.getRangeMapPages() + 1),
            manifest -> manifest.setAbsentPages(1),
            manifest -> manifest.setFormat("elf"),
            manifest -> manifest.setRanges(List.of(range(0x1000, 5))));
    for (Consumer<ImageManifest> change : changes) {
      assertThat(ManifestRules.agree(manifest(), changed(change))).isFalse();
    }
  }

  private static void valid(Consumer<ImageManifest> change) {
    ImageManifest manifest = changed(change);
    assertThatCode(() -> ManifestRules.check(manifest)).doesNotThrowAnyException();
  }

  private static void invalid(Consumer<ImageManifest> change, String what) {
    ImageManifest manifest = changed(change);
    assertThatThrownBy(() -> ManifestRules.check(manifest))
        .hasMessageContaining("PS-210")
        .hasMessageContaining("invalid manifest: " + what);
  }

  private static ImageManifest changed(Consumer<ImageManifest> change) {
    ImageManifest manifest = manifest();
    change.accept(manifest);
    return manifest;
  }

  private static ImageManifest manifest() {
    return Receipts.manifest(10, 4);
  }

  private static AddressRange range(long address, long pages) {
    return AddressRange.newBuilder().setPhysicalAddress(address).setPageCount(pages).build();
  }
}
