package io.pagestream.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pagestream.findings.text.HostileText;
import io.pagestream.findings.text.Words;
import io.pagestream.producer.image.ImageFacts;
import io.pagestream.producer.image.InputFile;
import io.pagestream.producer.image.OpenedImage;
import io.pagestream.producer.image.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image is, as text and as JSON.
 *
 * @param files names and sizes in bytes, in order
 * @param facts format, wrapping, hints, warnings
 * @param ranges what it holds, by address
 */
public record ImageInspection(
    List<InputFile> files, ImageFacts facts, List<PhysicalExtent> ranges) {
  private static final int MOST_RANGES_AS_TEXT = 200;

  /** The inspection of an open image. */
  public static ImageInspection of(OpenedImage opened) {
    return new ImageInspection(
        opened.files(), opened.image().facts(), List.copyOf(opened.image().extents()));
  }

  /** Lines for a terminal; nothing in them acts on it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (InputFile file : files) {
      lines.add("%s  %,d bytes".formatted(HostileText.printable(file.name()), file.sizeBytes()));
    }
    String wrapping =
        facts.wrapping().isEmpty() ? "" : " in " + String.join(", ", facts.wrapping());
    lines.add("  format    " + facts.format() + wrapping);
    lines.add("  pages     %,d (%,d MiB)".formatted(pages(), Pages.address(pages()) >>> 20));
    addRanges(lines);
    new TreeMap<>(facts.hints())
        .forEach((name, value) ->
            lines.add("  hint      " + HostileText.printable(name + " = " + value)));
    facts.warnings().forEach(warning -> lines.add("  warning   " + HostileText.printable(warning)));
    return lines;
  }

  private long pages() {
    return ranges.stream().mapToLong(PhysicalExtent::pageCount).sum();
  }

  private void addRanges(List<String> lines) {
    long end = 0;
    int shown = Math.min(ranges.size(), MOST_RANGES_AS_TEXT);
    for (PhysicalExtent range : ranges.subList(0, shown)) {
      if (range.physicalAddress() > end) {
        lines.add(row("hole", end, range.physicalAddress(), ""));
      }
      String what = Words.of(range.kind()) + " (" + Words.of(range.provenance()) + ") ";
      lines.add(
          row(
              "range",
              range.physicalAddress(),
              range.endAddress(),
              what + HostileText.printable(range.name())));
      end = range.endAddress();
    }
    if (ranges.size() > shown) {
      lines.add("  … and %,d ranges more; --json has all".formatted(ranges.size() - shown));
    }
  }

  private static String row(String word, long from, long to, String what) {
    return "  %-9s 0x%012x - 0x%012x  %,12d pages  %s"
        .formatted(word, from, to - 1, Pages.frameNumber(to - from), what)
        .stripTrailing();
  }

  /** One JSON object for several images. */
  public static String json(List<ImageInspection> inspections) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(
              Map.of("images", inspections.stream().map(ImageInspection::tree).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new java.util.LinkedHashMap<>();
    tree.put(
        "files",
        files.stream()
            .map(file -> Map.of("name", file.name(), "sizeBytes", file.sizeBytes()))
            .toList());
    tree.put("format", facts.format());
    tree.put("wrapping", facts.wrapping());
    tree.put("pages", pages());
    tree.put("ranges", ranges.stream().map(ImageInspection::rangeTree).toList());
    tree.put("holes", holes());
    tree.put("hints", new TreeMap<>(facts.hints()));
    tree.put("warnings", facts.warnings());
    return tree;
  }

  private List<Map<String, Object>> holes() {
    List<Map<String, Object>> holes = new ArrayList<>();
    long end = 0;
    for (PhysicalExtent range : ranges) {
      if (range.physicalAddress() > end) {
        holes.add(
            Map.of(
                "physicalAddress",
                end,
                "pageCount",
                Pages.frameNumber(range.physicalAddress() - end)));
      }
      end = range.endAddress();
    }
    return holes;
  }

  private static Map<String, Object> rangeTree(PhysicalExtent range) {
    return Map.of(
        "physicalAddress", range.physicalAddress(),
        "pageCount", range.pageCount(),
        "kind", Words.of(range.kind()),
        "provenance", Words.of(range.provenance()),
        "name", range.name());
  }
}
