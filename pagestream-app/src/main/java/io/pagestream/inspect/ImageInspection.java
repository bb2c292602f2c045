package io.pagestream.inspect;

import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.HostileText;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.identity.InputFile;
import io.pagestream.images.kernelrecord.KernelRecords;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.images.survey.PageSurvey;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Information about an image.
 *
 * @param files names and sizes in bytes, in order
 * @param facts format, compression, hints, warnings
 * @param map its range map, whose warnings are the contradictions
 * @param ranges the ranges of the map, each with the pages in the image
 * @param cache the processor's registers, if they were given
 * @param records what the kernel in the image recorded
 * @param doubts doubts about the image
 * @param pages what its pages are, if they were read
 */
public record ImageInspection(
    List<InputFile> files,
    ImageFacts facts,
    PhysicalMap map,
    List<InspectedRange> ranges,
    CacheFacts cache,
    KernelRecords records,
    List<Doubt> doubts,
    Optional<PageSurvey> pages) {
  private static final int MOST_RANGES_AS_TEXT = 200;

  /**
   * The inspection of an open image; reads its sidecars.
   *
   * @param pages what its pages are, if they were read
   * @throws io.pagestream.schemas.error.PagestreamException for a sidecar that cannot be used
   */
  public static ImageInspection of(OpenedImage opened, Optional<PageSurvey> pages) {
    PhysicalMap map = opened.map();
    return new ImageInspection(
        opened.files(),
        opened.facts(),
        map,
        InspectedRange.of(map.ranges(), opened.extents()),
        opened.registers(),
        opened.kernelRecords(),
        DoubtList.of(opened.doubts()),
        pages);
  }

  /** Facts from the container and from the kernel's records, by name. */
  SortedMap<String, String> hints() {
    SortedMap<String, String> hints = new TreeMap<>(facts.hints());
    hints.putAll(records.hints());
    return hints;
  }

  /** Warnings about the container and the kernel's records. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(facts.warnings());
    warnings.addAll(records.warnings());
    return warnings;
  }

  /** Number of pages in the image. */
  long heldPages() {
    return map.pages() - map.absentPages();
  }

  /** Lines for a terminal, without control characters. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (InputFile file : files) {
      lines.add("%s  %,d bytes".formatted(HostileText.printable(file.name()), file.sizeBytes()));
    }
    String wrapping =
        facts.wrapping().isEmpty() ? "" : " in " + String.join(", ", facts.wrapping());
    lines.add("  format    " + facts.format() + wrapping);
    lines.add(
        "  pages     %,d (%,d MiB)".formatted(heldPages(), Pages.address(heldPages()) >>> 20));
    if (map.absentPages() > 0) {
      lines.add(
          "  absent    %,d pages of the map are not in the image".formatted(map.absentPages()));
    }
    addRanges(lines);
    pages.ifPresent(survey -> lines.addAll(SurveyText.lines(survey)));
    cache.mtrr().ifPresent(mtrr -> lines.add("  mtrr      " + RegisterWords.of(mtrr)));
    cache.pat().ifPresent(pat -> lines.add("  pat       " + RegisterWords.of(pat)));
    hints()
        .forEach((name, value) ->
            lines.add("  hint      " + HostileText.printable(name + " = " + value)));
    warnings().forEach(warning -> lines.add("  warning   " + HostileText.printable(warning)));
    doubts.forEach(doubt -> lines.add("  DOUBT     " + DoubtText.line(doubt)));
    map.warnings()
        .forEach(warning -> lines.add("  contradiction " + HostileText.printable(warning)));
    return lines;
  }

  private void addRanges(List<String> lines) {
    long end = 0;
    int shown = Math.min(ranges.size(), MOST_RANGES_AS_TEXT);
    for (InspectedRange inspected : ranges.subList(0, shown)) {
      if (inspected.start() > end) {
        lines.add(InspectedRange.row("hole", end, inspected.start(), ""));
      }
      lines.add(inspected.line());
      end = inspected.end();
    }
    if (ranges.size() > shown) {
      lines.add("  … and %,d more ranges; use --json for all".formatted(ranges.size() - shown));
    }
  }
}
