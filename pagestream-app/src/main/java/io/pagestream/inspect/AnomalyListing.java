package io.pagestream.inspect;

import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Words;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.detection.MappingDetection;
import io.pagestream.images.pagetable.PageMappings;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.doubt.DoubtList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The mappings of an image that satisfy a definition of docs/mapping-detections.md.
 *
 * @param name the image
 * @param tables paging mode, system and roots, or why no page tables were read
 * @param detections "applied", or why the definitions were not
 * @param anomalies by definition
 * @param ranges the range map, which names what is at an address
 * @param warnings problems of the page tables, in sentences
 * @param doubts doubts about the image, and anomalies that are not recorded
 */
public record AnomalyListing(
    String name,
    String tables,
    String detections,
    List<MappingAnomaly> anomalies,
    List<AddressRange> ranges,
    List<String> warnings,
    List<Doubt> doubts) {
  /** Copies the lists. */
  public AnomalyListing {
    anomalies = List.copyOf(anomalies);
    ranges = List.copyOf(ranges);
    warnings = List.copyOf(warnings);
    doubts = List.copyOf(doubts);
  }

  /**
   * Lists those of an open image.
   *
   * @param selected ids of definitions; all if it is empty
   */
  public static AnomalyListing of(OpenedImage opened, Set<String> selected)
      throws InterruptedException {
    PageMappings mappings = opened.mappings(PageTableProgress.NONE);
    List<Doubt> doubts = new ArrayList<>(opened.doubts());
    doubts.addAll(mappings.doubts());
    Map<String, String> hints = mappings.hints();
    return new AnomalyListing(
        opened.name(),
        hints.getOrDefault("page-tables", ""),
        hints.getOrDefault("page-tables.detections", "not applied: no page tables were read"),
        mappings.anomalies().stream()
            .filter(anomaly -> selected.isEmpty() || selected.contains(anomaly.getDefinition()))
            .toList(),
        opened.map().ranges().stream()
            .sorted(Comparator.comparingLong(AddressRange::getPhysicalAddress))
            .toList(),
        mappings.warnings(),
        DoubtList.of(doubts));
  }

  private List<MappingAnomaly> of(MappingDetection detection) {
    return anomalies.stream()
        .filter(anomaly -> anomaly.getDefinition().equals(detection.id()))
        .toList();
  }

  private static long pages(List<MappingAnomaly> anomalies) {
    return anomalies.stream().mapToLong(MappingAnomaly::getPageCount).sum();
  }

  /** Text for the terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(HostileText.printable(name));
    lines.add("  page tables  " + tables);
    lines.add("  definitions  " + detections);
    for (MappingDetection detection : MappingDetection.values()) {
      List<MappingAnomaly> those = of(detection);
      if (!those.isEmpty()) {
        lines.add(
            "  %-8s %s: %s (%,d regions, %,d pages)"
                .formatted(
                    detection.isListed() ? "listed" : "FINDING",
                    detection.id(),
                    detection.meaning(),
                    those.size(),
                    pages(those)));
        those.forEach(anomaly -> lines.add("    " + HostileText.printable(line(anomaly))));
      }
    }
    if (anomalies.isEmpty()) {
      lines.add("  no mapping satisfies a definition");
    }
    warnings.forEach(warning -> lines.add("  WARNING  " + HostileText.printable(warning)));
    doubts.forEach(doubt -> lines.add("  DOUBT    " + DoubtText.line(doubt)));
    return lines;
  }

  private String line(MappingAnomaly anomaly) {
    StringBuilder line = new StringBuilder("%016x".formatted(anomaly.getVirtualAddress()));
    if (anomaly.getLeafPages() > 0) {
      line.append(
          " -> 0x%x %s, %,d pages, %s, %s"
              .formatted(
                  anomaly.getPhysicalAddress(),
                  rangeAt(anomaly.getPhysicalAddress()),
                  anomaly.getPageCount(),
                  flags(anomaly),
                  Words.of(anomaly.getCacheType())));
    } else if (anomaly.getPageCount() > 0) {
      line.append(", table at 0x%x".formatted(anomaly.getPhysicalAddress()));
    }
    if (anomaly.getEntryAddress() != 0) {
      line.append(", entry 0x%x at 0x%x".formatted(anomaly.getEntry(), anomaly.getEntryAddress()));
    }
    line.append(", ").append(owner(anomaly));
    if (anomaly.getOtherRoot() != 0) {
      line.append(
          "; other: %016x under 0x%x"
              .formatted(anomaly.getOtherVirtualAddress(), anomaly.getOtherRoot()));
      line.append(
          anomaly.getOtherEntry() == 0 ? "" : ", entry 0x%x".formatted(anomaly.getOtherEntry()));
    }
    return line.append(anomaly.getDetail().isEmpty() ? "" : "; " + anomaly.getDetail()).toString();
  }

  private static String owner(MappingAnomaly anomaly) {
    String root = "root 0x%x".formatted(anomaly.getRoot());
    return (anomaly.getOwner().isEmpty() ? root : anomaly.getOwner() + ", " + root)
        + (anomaly.getRootByShape() ? " (found by shape)" : "");
  }

  private static String flags(MappingAnomaly anomaly) {
    return (anomaly.getUser() ? "user r" : "kernel r")
        + (anomaly.getWritable() ? 'w' : '-')
        + (anomaly.getExecutable() ? 'x' : '-');
  }

  /** Name and kind of the range at an address. */
  private String rangeAt(long physicalAddress) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (PhysicalMap.endOf(ranges.get(middle)) > physicalAddress) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low == ranges.size() || ranges.get(low).getPhysicalAddress() > physicalAddress) {
      return "(no range)";
    }
    AddressRange range = ranges.get(low);
    String kind = range.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return range.getName().isEmpty()
        ? "(" + kind + ")"
        : "(%s, %s)".formatted(kind, range.getName());
  }

  /** The same as a tree for JSON; addresses and entries as hex text. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.put("pageTables", tables);
    tree.put("detections", detections);
    List<Map<String, Object>> definitions = new ArrayList<>();
    for (MappingDetection detection : MappingDetection.values()) {
      List<MappingAnomaly> those = of(detection);
      Map<String, Object> definition = new LinkedHashMap<>();
      definition.put("id", detection.id());
      definition.put("finding", !detection.isListed());
      definition.put("meaning", detection.meaning());
      definition.put("regions", those.size());
      definition.put("pages", pages(those));
      definitions.add(definition);
    }
    tree.put("definitions", definitions);
    tree.put("mappings", anomalies.stream().map(this::tree).toList());
    tree.put("warnings", warnings);
    tree.put("doubts", doubts.stream().map(Doubt::getMessage).toList());
    return tree;
  }

  private Map<String, Object> tree(MappingAnomaly anomaly) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("definition", anomaly.getDefinition());
    tree.put("confidence", anomaly.getConfidence().name().toLowerCase(Locale.ROOT));
    tree.put("physicalAddress", hex(anomaly.getPhysicalAddress()));
    tree.put("range", rangeAt(anomaly.getPhysicalAddress()));
    tree.put("pages", anomaly.getPageCount());
    tree.put("virtualAddress", hex(anomaly.getVirtualAddress()));
    tree.put("root", hex(anomaly.getRoot()));
    tree.put("rootByShape", anomaly.getRootByShape());
    tree.put("owner", anomaly.getOwner());
    tree.put("entry", hex(anomaly.getEntry()));
    tree.put("entryAddress", hex(anomaly.getEntryAddress()));
    if (anomaly.getLeafPages() > 0) {
      tree.put("leafPages", anomaly.getLeafPages());
      tree.put("flags", flags(anomaly));
      tree.put("cacheType", Words.of(anomaly.getCacheType()));
    }
    if (anomaly.getOtherRoot() != 0) {
      tree.put("otherVirtualAddress", hex(anomaly.getOtherVirtualAddress()));
      tree.put("otherRoot", hex(anomaly.getOtherRoot()));
      tree.put("otherEntry", hex(anomaly.getOtherEntry()));
    }
    tree.put("detail", anomaly.getDetail());
    return tree;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
