package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream dead-letters show}: everything that is known of one dead letter. */
@Command(name = "show", description = "Show one dead letter of a case as JSON.")
final class DeadLettersShow implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "NUMBER",
      description = "Its number in the output of 'dead-letters list'.")
  private int number;

  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ReopenedCase reopened = ReopenedCase.open(seal.open(folder).folder());
    int count = reopened.deadLetters().size();
    if (number < 1 || number > count) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "the case has %d dead letters, and none with the number %d".formatted(count, number),
          "see 'pagestream dead-letters list'");
    }
    TerminalWriter out = TerminalWriter.of(spec.commandLine().getOut());
    Trees.json(LetterText.tree(reopened, reopened.deadLetters().get(number - 1)))
        .lines()
        .forEach(out::println);
    out.flush();
    return ExitCode.DONE;
  }
}
