package io.pagestream.schemas.text;

import java.util.ArrayList;
import java.util.List;

/** Lines for a terminal with a label each, wrapped at spaces, under a column of labels. */
public final class LabeledLines {
  private static final int LEAST_TEXT = 30;

  private final int labelWidth;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  /**
   * No lines yet.
   *
   * @param labelWidth characters of the column of labels
   * @param width characters of a line, unless a single word is longer; text has at least 30
   */
  public LabeledLines(int labelWidth, int width) {
    this.labelWidth = labelWidth;
    this.width = Math.max(LEAST_TEXT, width - labelWidth);
  }

  /** Appends a line without a label. */
  public void plain(String line) {
    lines.add(line);
  }

  /** Appends a label and its text. */
  public void say(String label, String text) {
    String lead = ("%-" + labelWidth + "s").formatted(label);
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(lead + line);
        lead = " ".repeat(labelWidth);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add((lead + line).stripTrailing());
  }

  /** The lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
