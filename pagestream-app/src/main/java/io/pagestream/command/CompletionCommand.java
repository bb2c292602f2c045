package io.pagestream.command;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pagestream completion}: prints a script for bash and zsh. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in bash and zsh.",
      "It completes the command @|bold pagestream|@, with any path in front of it."
    },
    footer = {
      "@|bold Examples|@",
      "  source <(./pagestream completion)",
      "  ./pagestream completion > ~/.local/share/bash-completion/completions/pagestream"
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("pagestream", spec.root().commandLine()));
    out.flush();
  }
}
