package io.pagestream.cases.tally;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.PageContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages of a case by verdict, for each image and in total, checked against the ledger. */
public final class VerdictTable {
  private static final int NUMBER = 13;

  private final By by;
  private final PageTally total;
  private final Map<String, ImagePart> parts = new LinkedHashMap<>();

  /** The counts of one image. */
  private record ImagePart(StoredImage image, PageTally tally, LedgerSums sums) {}

  private VerdictTable(By by) {
    this.by = by;
    this.total = new PageTally(by);
  }

  /** Counts a case; reads its verdicts once. */
  public static VerdictTable of(StoredCase stored, By by) {
    VerdictTable table = new VerdictTable(by);
    stored
        .images()
        .forEach(image ->
            table.parts.put(
                image.imageId(), new ImagePart(image, new PageTally(by), new LedgerSums())));
    stored.forEachSpan((imageId, span) -> {
      ImagePart part = table.parts.get(imageId);
      if (part != null) {
        part.tally().add(span);
        part.sums().add(span);
        table.total.add(span);
      }
    });
    return table;
  }

  /** Whether the sums of every image equal those of its ledger. */
  public boolean addsUp() {
    return parts.values().stream().allMatch(part -> part.sums().problems(part.image()).isEmpty());
  }

  /** Differences from the ledger, in sentences. */
  public List<String> problems() {
    return parts.values().stream()
        .flatMap(part ->
            part.sums().problems(part.image()).stream()
                .map(problem -> part.image().name() + ": " + problem))
        .toList();
  }

  /** The table's lines, safe for a terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    int[] widths = widths();
    for (ImagePart part : parts.values()) {
      lines.add(HostileText.printable(part.image().name(), 200) + "  " + safe(part.image()));
      addRows(lines, widths, part.tally());
      long absent = part.sums().absent(part.image());
      lines.add(
          "  judged %s + absent %s = %s pages of the range map"
              .formatted(
                  Quantities.count(part.sums().judged()),
                  Quantities.count(absent),
                  Quantities.count(part.sums().judged() + absent)));
      List<String> problems = part.sums().problems(part.image());
      if (problems.isEmpty()) {
        lines.add("  adds up: every sum is the ledger's");
      }
      problems.forEach(
          problem -> lines.add("  DOES NOT ADD UP: " + HostileText.printable(problem, 500)));
      lines.add("");
    }
    if (parts.size() > 1) {
      lines.add("all images");
      addRows(lines, widths, total);
    }
    return lines;
  }

  private static String safe(StoredImage image) {
    return HostileText.printable(image.imageId(), 64);
  }

  private void addRows(List<String> lines, int[] widths, PageTally tally) {
    StringBuilder head = labels(widths, by.columns()).append(column("pages"));
    for (PageContent content : PageContent.values()) {
      head.append(column(Words.of(content)));
    }
    lines.add(head.toString());
    tally.forEach((labels, pages) -> {
      StringBuilder line = labels(widths, labels).append(column(PageTally.sum(pages)));
      for (PageContent content : PageContent.values()) {
        line.append(column(pages.getOrDefault(content, 0L)));
      }
      lines.add(line.toString());
    });
    lines.add(labels(widths, List.of("sum")).append(column(tally.pages())).toString());
  }

  private int[] widths() {
    int[] widths = by.columns().stream().mapToInt(String::length).toArray();
    total.forEach((labels, pages) -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], shown(labels.get(i)).length());
      }
    });
    return widths;
  }

  private static StringBuilder labels(int[] widths, List<String> labels) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < widths.length; i++) {
      String label = i < labels.size() ? shown(labels.get(i)) : "";
      line.append(' ').append(label).repeat(" ", widths[i] - label.length() + 1);
    }
    return line;
  }

  private static String shown(String label) {
    return label.isEmpty() ? "-" : HostileText.printable(label, 40);
  }

  private static String column(String title) {
    return ("%" + NUMBER + "s").formatted(title);
  }

  private static String column(long pages) {
    return column(Quantities.count(pages));
  }

  /** The table as plain values, for JSON. */
  public Map<String, Object> tree() {
    List<Map<String, Object>> images = new ArrayList<>();
    for (ImagePart part : parts.values()) {
      Map<String, Object> image = new LinkedHashMap<>();
      image.put("imageId", part.image().imageId());
      image.put("image", part.image().name());
      image.put("rows", rows(part.tally()));
      image.put("judgedPages", part.sums().judged());
      image.put("absentPages", part.sums().absent(part.image()));
      image.put("rangeMapPages", part.image().pages("rangeMapPages"));
      image.put("addsUp", part.sums().problems(part.image()).isEmpty());
      image.put("problems", part.sums().problems(part.image()));
      images.add(image);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("by", Words.of(by));
    tree.put("addsUp", addsUp());
    tree.put("images", images);
    tree.put("total", rows(total));
    return tree;
  }

  private List<Map<String, Object>> rows(PageTally tally) {
    List<Map<String, Object>> rows = new ArrayList<>();
    tally.forEach((labels, pages) -> {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < labels.size(); i++) {
        row.put(by.columns().get(i), labels.get(i));
      }
      row.put("pages", PageTally.sum(pages));
      for (PageContent content : PageContent.values()) {
        row.put(Words.of(content), pages.getOrDefault(content, 0L));
      }
      rows.add(row);
    });
    return rows;
  }
}
