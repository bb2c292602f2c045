package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.system.Program.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in docs/mapping-physical-memory.md print what the document shows. */
final class MappingDocumentIT {
  private static final String PROMPT = "$ pagestream ";
  private static final String SAMPLE = "samples/linux-128m.raw.zst";

  /**
   * A command of the document.
   *
   * @param arguments its arguments
   * @param output the lines below it
   */
  private record Shown(List<String> arguments, List<String> output) {}

  @TempDir private Path folder;

  @Test
  void everyCommandPrintsWhatIsShown() throws Exception {
    List<Shown> commands =
        commands(Files.readAllLines(Repository.ROOT.resolve("docs/mapping-physical-memory.md")));
    assertThat(commands).hasSizeGreaterThan(5);
    for (Shown shown : commands) {
      Ended ended = Program.run(folder, shown.arguments().toArray(String[]::new));
      assertThat(ended.exitCode()).as(ended.all()).isZero();
      assertThat(withoutTrailingBlanks(ended.out()))
          .as(String.join(" ", shown.arguments()))
          .isEqualTo(shown.output());
    }
  }

  private static List<Shown> commands(List<String> document) {
    List<Shown> commands = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.get(i).startsWith(PROMPT)) {
        String line = document.get(i).substring(PROMPT.length());
        List<String> arguments =
            List.of(line.replace(SAMPLE, Repository.SAMPLE.toString()).split(" "));
        List<String> output = new ArrayList<>();
        for (i++; !document.get(i).equals("```"); i++) {
          output.add(document.get(i));
        }
        commands.add(new Shown(arguments, withoutTrailingBlanks(output)));
      }
    }
    return commands;
  }

  private static List<String> withoutTrailingBlanks(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(0, end);
  }
}
