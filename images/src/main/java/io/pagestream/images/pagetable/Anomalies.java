package io.pagestream.images.pagetable;

import io.pagestream.images.detection.MappingDetection;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The anomalies of an image, all of them and by the page with which they are reported. */
final class Anomalies {
  /**
   * Maximum number for a page: a run of 64 pages then has under 300 KiB of them, which a record has
   * room for.
   */
  static final int MOST_FOR_PAGE = 16;

  private final String state;
  private final List<MappingAnomaly> all;
  private final Map<Long, List<MappingAnomaly>> byPage;
  private final Map<MappingDetection, Long> beyond;
  private final boolean otherLocationsMissing;
  private final boolean gaveUp;

  private Anomalies(
      String state,
      List<MappingAnomaly> all,
      Map<Long, List<MappingAnomaly>> byPage,
      Map<MappingDetection, Long> beyond,
      boolean otherLocationsMissing,
      boolean gaveUp) {
    this.state = state;
    this.all = List.copyOf(all);
    this.byPage = byPage;
    this.beyond = beyond;
    this.otherLocationsMissing = otherLocationsMissing;
    this.gaveUp = gaveUp;
  }

  /** The definitions were not applied. */
  static Anomalies none(String why) {
    return new Anomalies(why, List.of(), Map.of(), Map.of(), false, false);
  }

  /**
   * The anomalies of an image.
   *
   * @param extents pages that the image contains
   * @param otherLocationsMissing whether other locations may be missing
   * @param gaveUp whether the search was given up, so that anomalies may be missing
   */
  static Anomalies of(
      AnomalyList found,
      List<PhysicalExtent> extents,
      boolean otherLocationsMissing,
      boolean gaveUp) {
    List<MappingAnomaly> all = new ArrayList<>();
    Map<Long, List<MappingAnomaly>> byPage = new HashMap<>();
    for (MappingDetection detection : MappingDetection.values()) {
      for (MappingAnomaly anomaly : found.of(detection)) {
        all.add(anomaly);
        if (!detection.isListed()) {
          List<MappingAnomaly> ofPage =
              byPage.computeIfAbsent(pageOf(anomaly, extents), page -> new ArrayList<>());
          if (ofPage.size() < MOST_FOR_PAGE) {
            ofPage.add(anomaly);
          } else {
            found.countBeyond(detection);
          }
        }
      }
    }
    Map<MappingDetection, Long> beyond =
        Arrays.stream(MappingDetection.values())
            .filter(detection -> found.beyond(detection) > 0)
            .collect(Collectors.toMap(detection -> detection, found::beyond));
    return new Anomalies(
        gaveUp ? "given up" : "applied",
        all,
        byPage,
        beyond,
        otherLocationsMissing || gaveUp,
        gaveUp);
  }

  /** The first page that is mapped; that of the entry if the image does not contain the former. */
  private static long pageOf(MappingAnomaly anomaly, List<PhysicalExtent> extents) {
    long first = Pages.floor(anomaly.getPhysicalAddress());
    boolean there =
        extents.stream()
            .anyMatch(extent -> extent.physicalAddress() <= first && first < extent.endAddress());
    return there ? first : Pages.floor(anomaly.getEntryAddress());
  }

  /** Those that are findings and are reported with a page. */
  List<MappingAnomaly> at(long physicalAddress) {
    return byPage.isEmpty()
        ? List.of()
        : byPage.getOrDefault(Pages.floor(physicalAddress), List.of());
  }

  /** All of them, by definition. */
  List<MappingAnomaly> all() {
    return all;
  }

  /** Facts for the manifest. */
  Map<String, String> hints() {
    Map<String, String> hints = new HashMap<>();
    hints.put("page-tables.detections", state);
    String counts =
        all.stream()
            .collect(Collectors.groupingBy(MappingAnomaly::getDefinition, Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    if (!counts.isEmpty()) {
      hints.put("page-tables.anomalies", counts);
    }
    return hints;
  }

  /** Anomalies that are not recorded, in sentences. */
  List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    if (gaveUp) {
      doubts.add(
          DoubtReason.FINDINGS_CAPPED.of(
              "the page tables have more mappings than an image of this size can need: the search"
                  + " for anomalies was given up, so that some may be missing; list the mappings of"
                  + " a page with 'explain --from'"));
    }
    for (MappingDetection detection : MappingDetection.values()) {
      long more = beyond.getOrDefault(detection, 0L);
      if (more > 0 && !detection.isListed()) {
        doubts.add(
            DoubtReason.FINDINGS_CAPPED.of(
                ("%,d more mappings satisfy the definition %s than are recorded (%,d regions, %d at"
                        + " a page); list those of a page with 'explain --from'")
                    .formatted(more, detection.id(), AnomalyList.MOST_REGIONS, MOST_FOR_PAGE)));
      }
    }
    return doubts;
  }

  /** Problems that affect no evidence, in sentences. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (MappingDetection detection : MappingDetection.values()) {
      long more = beyond.getOrDefault(detection, 0L);
      if (more > 0 && detection.isListed()) {
        warnings.add("%,d more mappings of %s are not listed".formatted(more, detection.id()));
      }
    }
    if (otherLocationsMissing) {
      warnings.add(
          "too many mappings are anomalies: the second location of some was not searched for");
    }
    return warnings;
  }
}
