package io.pagestream.command;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.analyzers.catalog.AnalyzersDocument;
import io.pagestream.analyzers.catalog.KindNote;
import io.pagestream.cases.text.Words;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code pagestream analyzers}: lists the analyzers, their kinds with validation and measured false
 * findings, and their options.
 */
@Command(
    name = "analyzers",
    description = "List the analyzers, the kinds of findings that they report, and their options.",
    footer = {
      "@|bold Examples|@",
      "  pagestream analyze --analyzers text,files memory.raw",
      "  pagestream analyze --analyzer-option aes-keys.max-bit-errors=0 memory.raw"
    })
final class AnalyzersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--markdown", description = "Print docs/analyzers.md instead.")
  private boolean markdown;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (markdown) {
      out.print(AnalyzersDocument.markdown());
    } else {
      out.println(
          "The two numbers of a kind: false findings in 1 GiB of random bytes, and in 1 GiB");
      out.println("of compressed data, as measured (- if not).");
      for (AnalyzerRegistration registration : AnalyzerCatalog.all()) {
        print(out, registration.info(), registration.onByDefault());
      }
    }
    out.flush();
  }

  private static void print(PrintWriter out, AnalyzerInfo info, boolean onByDefault) {
    out.printf("%n%s (%s)%n", info.name(), onByDefault ? "on" : "off by default");
    out.println("  " + info.summary());
    for (FindingKind kind : info.kinds()) {
      KindNote note = KindNote.of(kind.name());
      out.printf(
          "  finds %s (%s; %s, %s): %s%n",
          kind.name(),
          Words.of(kind.confidence()),
          note.inRandom(),
          note.inCompressed(),
          note.validation());
    }
    for (AnalyzerInfo.Option option : info.options()) {
      out.printf(
          "  option %s.%s=%s  %s%n",
          info.name(), option.key(), option.defaultValue(), option.summary());
    }
  }
}
