package io.pagestream.inspect;

import io.pagestream.cases.text.Quantities;
import io.pagestream.images.interval.Interval;
import io.pagestream.images.survey.PageSurvey;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pages of an image are, as text and as a tree. */
final class SurveyText {
  private SurveyText() {}

  static List<String> lines(PageSurvey survey) {
    List<String> lines = new ArrayList<>();
    lines.add("  zero      %,d pages".formatted(survey.zeroPages()));
    lines.add("  excluded  %,d pages".formatted(survey.counts().excluded()));
    lines.add("  unreadable %,d pages".formatted(survey.counts().unreadable()));
    for (Interval stretch : survey.zeroStretches()) {
      lines.add(
          "  zeros     %s - %s  %,d MiB: free memory, or memory that the acquirer could not read"
              .formatted(
                  Quantities.address(stretch.start()),
                  Quantities.address(stretch.end() - 1),
                  (stretch.end() - stretch.start()) >> 20));
    }
    return lines;
  }

  static Map<String, Object> tree(PageSurvey survey) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("present", survey.counts().present());
    tree.put("doubtful", survey.counts().doubtful());
    tree.put("excluded", survey.counts().excluded());
    tree.put("unreadable", survey.counts().unreadable());
    tree.put("zero", survey.zeroPages());
    tree.put(
        "zeroStretches",
        survey.zeroStretches().stream()
            .map(stretch ->
                Map.of(
                    "physicalAddress",
                    stretch.start(),
                    "pageCount",
                    Pages.frameNumber(stretch.end() - stretch.start())))
            .toList());
    return tree;
  }
}
