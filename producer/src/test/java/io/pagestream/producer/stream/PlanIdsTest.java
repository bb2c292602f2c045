package io.pagestream.producer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Plans that cut or describe an image in another way have other ids. */
class PlanIdsTest {
  private static final List<PhysicalExtent> EXTENTS = List.of(extent(0, 100), extent(200, 10));

  @Test
  void anIdIsSixteenHexDigitsAndTheSameForTheSamePlan() {
    assertThat(id(manifest -> {})).matches("[0-9a-f]{16}").isEqualTo(id(manifest -> {}));
  }

  @Test
  void everyPropertyThatDeterminesTheRunsChangesTheId() {
    List<Consumer<ImageManifest>> changes =
        List.of(
            manifest -> {},
            manifest -> manifest.setFormat("elf"),
            manifest -> manifest.setWrapping("zstd"),
            manifest -> manifest.setRunPages(32),
            manifest -> manifest.setRunsPerBlock(5),
            manifest -> manifest.setRunCount(11),
            manifest -> manifest.setLookBehindBytes(511),
            manifest -> manifest.setLookAheadBytes(4095),
            manifest -> manifest.setRanges(List.of(range(111))),
            manifest -> manifest.setRanges(List.of(range(110), range(110))),
            manifest -> manifest.setHints(Map.of("machine", "arm64")),
            manifest -> manifest.setHints(Map.of("machinex", "86_64")),
            manifest -> manifest.setJob(job().build()),
            manifest -> manifest.setJob(job().setMapper(Map.of("profile", "linux")).build()),
            manifest -> manifest.setJob(job().setMapper(Map.of("profilel", "inux")).build()),
            manifest -> manifest.setJob(job().setAnalyzers(List.of("text")).build()),
            manifest -> manifest.setJob(job().setAnalyzerOptions(Map.of("a.b", "1")).build()),
            manifest -> manifest.setJob(job().setKinds(List.of("email")).build()),
            manifest -> manifest.setJob(job().setStopListSha256("ab").build()),
            manifest -> manifest.setJob(job().setAlertListSha256("ab").build()),
            manifest -> manifest.setJob(job().setTimeoutMillis(1).build()),
            manifest -> manifest.setJob(job().setCapOfKind(1).build()),
            manifest -> manifest.setJob(job().setCapOfValue(1).build()));
    assertThat(changes).extracting(PlanIdsTest::id).doesNotHaveDuplicates();
  }

  @Test
  void propertiesThatDoNotDetermineTheRunsDoNot() {
    assertThat(id(manifest -> manifest.setName("another.raw"))).isEqualTo(id(manifest -> {}));
  }

  @Test
  void theOrderOfTheHintsDoesNotMatter() {
    Map<String, String> forth = new LinkedHashMap<>();
    forth.put("a", "1");
    forth.put("b", "2");
    Map<String, String> back = new LinkedHashMap<>();
    back.put("b", "2");
    back.put("a", "1");
    assertThat(id(manifest -> manifest.setHints(forth)))
        .isEqualTo(id(manifest -> manifest.setHints(back)));
  }

  @Test
  void theExtentsAndTheirOrderMatter() {
    assertThat(List.of(EXTENTS, EXTENTS.reversed(), EXTENTS.subList(0, 1), List.of(extent(0, 101))))
        .extracting(extents -> PlanIds.of(manifest(), extents))
        .doesNotHaveDuplicates();
  }

  private static String id(Consumer<ImageManifest> change) {
    ImageManifest manifest = manifest();
    change.accept(manifest);
    return PlanIds.of(manifest, EXTENTS);
  }

  private static ImageJob.Builder job() {
    return ImageJob.newBuilder().setAnalyzers(List.of());
  }

  private static PhysicalExtent extent(long address, long pages) {
    return new PhysicalExtent(
        address << 12, pages, RangeKind.RAM, RangeProvenance.CONTAINER, "System RAM");
  }

  private static AddressRange range(long pages) {
    return AddressRange.newBuilder().setPhysicalAddress(0).setPageCount(pages).build();
  }

  private static ImageManifest manifest() {
    return ImageManifest.newBuilder()
        .setImageId("0123456789abcdef0123456789abcdef")
        .setName("memory.raw")
        .setFormat("raw")
        .setFiles(List.of())
        .setRanges(List.of(range(110)))
        .setRangeMapPages(110)
        .setRunPages(64)
        .setRunsPerBlock(4)
        .setRunCount(10)
        .setLookBehindBytes(512)
        .setLookAheadBytes(4096)
        .setHints(Map.of("machine", "x86_64"))
        .build();
  }
}
