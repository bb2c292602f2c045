package io.pagestream.whatif;

import java.util.ArrayList;
import java.util.List;

/** Lines with a label each, wrapped at spaces. */
final class LabeledLines {
  private static final int LABEL = 14;
  private static final int LEAST_TEXT = 30;

  private final int width;
  private final List<String> lines = new ArrayList<>();

  LabeledLines(int width) {
    this.width = Math.max(LEAST_TEXT, width - LABEL);
  }

  void plain(String line) {
    lines.add(line);
  }

  void say(String label, String text) {
    String lead = ("%-" + LABEL + "s").formatted(label);
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(lead + line);
        lead = " ".repeat(LABEL);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add((lead + line).stripTrailing());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
