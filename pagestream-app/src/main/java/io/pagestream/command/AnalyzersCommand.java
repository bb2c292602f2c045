package io.pagestream.command;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.cases.text.Words;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pagestream analyzers}: lists the analyzers, their kinds and their options. */
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

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (AnalyzerRegistration registration : AnalyzerCatalog.all()) {
      print(out, registration.info(), registration.onByDefault());
    }
    out.flush();
  }

  /** For example {@code email (medium), ipv4 (low)}: the kinds with their confidence. */
  private static String kinds(AnalyzerInfo info) {
    return info.kinds().stream()
        .map(kind -> "%s (%s)".formatted(kind.name(), Words.of(kind.confidence())))
        .collect(Collectors.joining(", "));
  }

  private static void print(PrintWriter out, AnalyzerInfo info, boolean onByDefault) {
    out.printf("%s (%s)%n", info.name(), onByDefault ? "on" : "off by default");
    out.println("  " + info.summary());
    if (!info.kinds().isEmpty()) {
      out.println("  finds: " + kinds(info));
    }
    for (AnalyzerInfo.Option option : info.options()) {
      out.printf(
          "  option %s.%s=%s  %s%n",
          info.name(), option.key(), option.defaultValue(), option.summary());
    }
  }
}
