package io.pagestream.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inspections as JSON. */
public final class InspectionJson {
  private InspectionJson() {}

  /** One JSON object for several images. */
  public static String of(List<ImageInspection> inspections) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(
              Map.of("images", inspections.stream().map(InspectionJson::tree).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private static Map<String, Object> tree(ImageInspection image) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(
        "files",
        image.files().stream()
            .map(file -> Map.of("name", file.name(), "sizeBytes", file.sizeBytes()))
            .toList());
    tree.put("format", image.facts().format());
    tree.put("wrapping", image.facts().wrapping());
    tree.put("pages", image.heldPages());
    tree.put("absentPages", image.map().absentPages());
    tree.put("ranges", image.ranges().stream().map(InspectedRange::tree).toList());
    tree.put("holes", holes(image));
    image.pages().ifPresent(survey -> tree.put("pageStates", SurveyText.tree(survey)));
    image.cache().mtrr().ifPresent(mtrr -> tree.put("mtrr", RegisterWords.of(mtrr)));
    image
        .cache()
        .pat()
        .ifPresent(pat -> tree.put("pat", pat.entries().stream().map(Words::of).toList()));
    tree.put("hints", image.hints());
    tree.put("warnings", image.warnings());
    tree.put("doubts", image.doubts().stream().map(InspectionJson::doubt).toList());
    tree.put("contradictions", image.map().warnings());
    return tree;
  }

  private static Map<String, Object> doubt(Doubt doubt) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("reason", doubt.getReason());
    tree.put("physicalAddress", doubt.getPhysicalAddress());
    tree.put("pageCount", doubt.getPageCount());
    tree.put("message", doubt.getMessage());
    return tree;
  }

  private static List<Map<String, Object>> holes(ImageInspection image) {
    List<Map<String, Object>> holes = new ArrayList<>();
    long end = 0;
    for (InspectedRange range : image.ranges()) {
      if (range.start() > end) {
        holes.add(
            Map.of("physicalAddress", end, "pageCount", Pages.frameNumber(range.start() - end)));
      }
      end = range.end();
    }
    return holes;
  }
}
