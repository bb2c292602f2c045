package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.topic.DeadLetter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream dead-letters list}: one line for each dead letter of a case. */
@Command(name = "list", description = "List the dead letters of a case, one a line.")
final class DeadLettersList implements Callable<Integer> {
  private static final int MOST_LABEL = 40;
  private static final int MOST_MESSAGE = 100;

  @Parameters(paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Only those of the image with this label or id.")
  private String image = "";

  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ReopenedCase reopened = ReopenedCase.open(seal.open(folder).folder());
    TerminalWriter out = TerminalWriter.of(spec.commandLine().getOut());
    List<DeadLetter> letters = reopened.deadLetters();
    int shown = 0;
    for (int i = 0; i < letters.size(); i++) {
      DeadLetter letter = letters.get(i);
      String label = LetterText.label(reopened, letter);
      if (image.isEmpty() || image.equals(label) || image.equals(letter.imageId())) {
        out.println(line(i + 1, label, letter));
        shown++;
      }
    }
    out.println("%s dead letters".formatted(Quantities.count(shown)));
    out.flush();
    return ExitCode.DONE;
  }

  private static String line(int number, String label, DeadLetter letter) {
    String where =
        letter.runIndex() < 0
            ? letter.source()
            : "run %d at %s"
                .formatted(
                    letter.runIndex(), Quantities.address(Math.max(0, letter.physicalAddress())));
    String by = letter.analyzer().isEmpty() ? Words.of(letter.stage()) : letter.analyzer();
    return "%5d  %s  %s  %s  %s: %s"
        .formatted(
            number,
            HostileText.printable(label.isEmpty() ? "(no image)" : label, MOST_LABEL),
            HostileText.printable(where, MOST_LABEL),
            HostileText.printable(by, MOST_LABEL),
            HostileText.printable(letter.reason(), MOST_LABEL),
            HostileText.printable(letter.message(), MOST_MESSAGE));
  }
}
