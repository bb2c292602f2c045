package io.pagestream.images.rangemap;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.ClaimedRanges;
import io.pagestream.images.rangesource.RangeSource;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Properties of every map for any sources; jqwik prints the seed. */
final class PhysicalMapsPropertyTest {
  private static final int PAGES = 64;
  private static final List<RangeKind> KINDS = List.of(RangeKind.values());

  @Property(tries = 500)
  void mapsAreSortedDisjointAndCoverExactlyWhatIsHeldOrClaimed(@ForAll long seed) {
    Random random = new Random(seed);
    List<PhysicalExtent> extents = extents(random);
    BitSet expected = new BitSet();
    extents.forEach(extent ->
        expected.set(
            (int) Pages.frameNumber(extent.physicalAddress()),
            (int) Pages.frameNumber(extent.endAddress())));
    int held = expected.cardinality();
    List<RangeSource> sources = new ArrayList<>();
    for (SideFileKind kind : List.of(SideFileKind.RANGES, SideFileKind.IOMEM, SideFileKind.E820)) {
      List<Claim> claims = claims(random);
      for (Claim claim : claims) {
        expected.set(
            (int) Pages.frameNumber(claim.start()),
            (int) Pages.frameNumber(Pages.ceil(claim.end())));
      }
      List<Claim> once = ClaimedRanges.of(claims);
      Collections.shuffle(claims, random);
      assertThat(ClaimedRanges.of(claims)).as("whatever the order of lines").isEqualTo(once);
      sources.add(new RangeSource(kind, kind.word(), once));
    }
    PhysicalMap map = PhysicalMaps.of(extents, facts(sources));
    BitSet covered = new BitSet();
    long end = 0;
    for (AddressRange range : map.ranges()) {
      assertThat(range.getPhysicalAddress()).isGreaterThanOrEqualTo(end);
      assertThat(range.getPageCount()).isPositive();
      end = PhysicalMap.endOf(range);
      covered.set(
          (int) Pages.frameNumber(range.getPhysicalAddress()), (int) Pages.frameNumber(end));
    }
    assertThat(covered).isEqualTo(expected);
    assertThat(map.pages()).isEqualTo(expected.cardinality());
    assertThat(map.absentPages()).isEqualTo(expected.cardinality() - held);
  }

  /** The kind of each page is that of the first source with information, else the container's. */
  @Property(tries = 300)
  void theMostTrustedSourceThatKnowsDecides(@ForAll long seed) {
    Random random = new Random(seed);
    List<PhysicalExtent> extents = extents(random);
    List<Claim> first = ClaimedRanges.of(claims(random));
    List<Claim> second = ClaimedRanges.of(claims(random));
    PhysicalMap map =
        PhysicalMaps.of(
            extents,
            facts(
                List.of(
                    new RangeSource(SideFileKind.IOMEM, "a", first),
                    new RangeSource(SideFileKind.E820, "b", second))));
    for (AddressRange range : map.ranges()) {
      for (long at = range.getPhysicalAddress(); at < PhysicalMap.endOf(range); at += Pages.SIZE) {
        assertThat(range.getKind()).isEqualTo(expectedKind(at, first, second, extents));
      }
    }
  }

  private static RangeKind expectedKind(
      long at, List<Claim> first, List<Claim> second, List<PhysicalExtent> extents) {
    for (List<Claim> claims : List.of(first, second)) {
      for (Claim claim : claims) {
        if (claim.start() <= at && at < claim.end() && claim.kind() != RangeKind.UNKNOWN) {
          return claim.kind();
        }
      }
    }
    return extents.stream()
        .filter(extent -> extent.physicalAddress() <= at && at < extent.endAddress())
        .map(PhysicalExtent::kind)
        .findFirst()
        .orElse(RangeKind.UNKNOWN);
  }

  /** The worst case for sidecars: alternating kinds, long names, contradictions everywhere. */
  @Test
  void aManifestStaysUnderItsBound() throws IOException {
    for (int count : List.of(PhysicalMap.MOST_RANGES, 60_000)) {
      List<Claim> claims = new ArrayList<>();
      List<Claim> others = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long start = (1L << 51) + Pages.address(2L * i);
        RangeKind kind = i % 2 == 0 ? RangeKind.RAM : RangeKind.DEVICE;
        String name = "%08d".formatted(i).repeat(6);
        claims.add(new Claim(start, start + Pages.SIZE, 0, kind, name, CacheType.UNKNOWN));
        RangeKind other = i % 2 == 0 ? RangeKind.DEVICE : RangeKind.RAM;
        others.add(new Claim(start, start + Pages.SIZE, 0, other, name, CacheType.UNKNOWN));
      }
      List<PhysicalExtent> extents =
          List.of(new PhysicalExtent(0, 10, RangeKind.RAM, RangeProvenance.CONTAINER, "x"));
      PhysicalMap map =
          PhysicalMaps.of(
              extents,
              facts(
                  List.of(
                      new RangeSource(SideFileKind.WINDOWS_RANGES, "a", claims),
                      new RangeSource(SideFileKind.E820, "b", others))));
      assertThat(map.ranges()).hasSizeLessThanOrEqualTo(PhysicalMap.MOST_RANGES);
      assertThat(map.ranges().getFirst().getPhysicalAddress()).isZero();
      assertThat(map.warnings()).hasSizeBetween(33, 36);
      assertThat(encodedBytes(map)).isLessThan(512 * 1024);
    }
  }

  /** Half a million extents with tiny gaps and alternating kinds still fit. */
  @Test
  void manyExtentsAreSpanned() {
    List<PhysicalExtent> extents = new ArrayList<>();
    for (int i = 0; i < 500_000; i++) {
      extents.add(
          new PhysicalExtent(
              Pages.address(2L * i),
              1,
              i % 2 == 0 ? RangeKind.RAM : RangeKind.DEVICE,
              RangeProvenance.SIDE_FILE,
              "range " + i));
    }
    PhysicalMap map = PhysicalMaps.of(extents);
    assertThat(map.ranges()).hasSizeLessThanOrEqualTo(PhysicalMap.MOST_RANGES);
    assertThat(map.pages() - map.absentPages()).isEqualTo(500_000);
    assertThat(PhysicalMap.endOf(map.ranges().getLast())).isEqualTo(Pages.address(999_999));
    assertThat(map.warnings()).isNotEmpty();
  }

  private static int encodedBytes(PhysicalMap map) throws IOException {
    return ImageManifest.getEncoder()
        .encode(
            ImageManifest.newBuilder()
                .setImageId("0".repeat(32))
                .setName("x".repeat(255))
                .setFormat("raw")
                .setFiles(List.<ImageFile>of())
                .setRanges(map.ranges())
                .setRangeMapPages(map.pages())
                .setAbsentPages(map.absentPages())
                .setRunPages(64)
                .setRunsPerBlock(256)
                .setRunCount(1)
                .setLookBehindBytes(512)
                .setLookAheadBytes(4096)
                .setHints(Map.of())
                .setWarnings(map.warnings())
                .build())
        .remaining();
  }

  private static SideFacts facts(List<RangeSource> sources) {
    return new SideFacts(sources, CacheFacts.NONE, List.of(), List.of());
  }

  private static List<PhysicalExtent> extents(Random random) {
    List<PhysicalExtent> extents = new ArrayList<>();
    int page = 0;
    while ((page += random.nextInt(9)) < PAGES) {
      int length = 1 + random.nextInt(8);
      RangeKind kind = random.nextBoolean() ? RangeKind.RAM : RangeKind.UNKNOWN;
      extents.add(
          new PhysicalExtent(
              Pages.address(page), length, kind, RangeProvenance.CONTAINER, "segment"));
      page += length;
    }
    return extents;
  }

  private static List<Claim> claims(Random random) {
    List<Claim> claims = new ArrayList<>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      long start = random.nextInt(PAGES * Pages.SIZE);
      long end = start + 1 + random.nextInt(9 * Pages.SIZE);
      RangeKind kind = KINDS.get(random.nextInt(KINDS.size()));
      claims.add(
          new Claim(
              start, end, random.nextInt(3), kind, "c" + random.nextInt(3), CacheType.UNKNOWN));
    }
    return claims;
  }
}
