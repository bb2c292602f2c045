package io.pagestream.command;

import io.pagestream.cases.signature.VerifyingKey;
import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.verify.CaseVerifier;
import io.pagestream.cases.verify.Verification;
import io.pagestream.cases.verify.VerifyProgress;
import io.pagestream.program.ExitCode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream verify}: checks whether a case matches its seal. */
@Command(
    name = "verify",
    description = {
      "Verify a case: every file against the seal in manifest.json, byte by byte; findings and"
          + " verdicts line by line (ids, order, sums of the ledger); the findings store row by"
          + " row.",
      "",
      "A person who can write to the folder can change it and seal it again. --expect, with the"
          + " seal that analyze printed, and --key, for a signed case, detect this too. Writes"
          + " nothing to the case folder and follows no links in it."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream verify memory.lime-case",
      "  pagestream verify memory.lime-case --expect 3f1c…  (the seal that analyze printed)",
      "  pagestream verify memory.lime-case --key examiner.pub.pem --json",
      "",
      "Exit code: 0 everything holds, 1 something differs (and is listed), 2 no finished case or bad usage, 3"
          + " failed"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int DIGITS = 64;
  private static final long PROGRESS_NANOS = 500_000_000;

  @Parameters(paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Public key or certificate, in PEM; the case must be signed with the corresponding"
              + " private key.")
  private @Nullable Path keyFile;

  @Option(
      names = "--expect",
      paramLabel = "SHA256",
      description = "The expected seal, as printed by analyze.")
  private @Nullable String expected;

  @Option(names = "--no-store", description = "Do not compare findings.duckdb with the findings.")
  private boolean noStore;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Mixin private StoreOptions store;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Optional<VerifyingKey> key = Optional.ofNullable(keyFile).map(VerifyingKey::read);
    CaseVerifier.Options options =
        new CaseVerifier.Options(
            key, expected(), noStore ? Optional.empty() : Optional.of(store.settings(0)));
    TerminalWriter out = TerminalWriter.of(spec.commandLine().getOut());
    Shown shown =
        new Shown(TerminalWriter.of(spec.commandLine().getErr()), TerminalStyle.ofStandardError());
    Verification result = CaseVerifier.verify(folder, options, shown);
    shown.end();
    if (json) {
      Trees.json(result.tree()).lines().forEach(out::println);
    } else {
      result.lines().forEach(out::println);
    }
    out.flush();
    return result.holds() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private Optional<String> expected() {
    if (expected == null) {
      return Optional.empty();
    }
    String hex = expected.strip().toLowerCase(Locale.ROOT);
    if (hex.length() != DIGITS || !hex.matches("[0-9a-f]+")) {
      throw new ParameterException(
          spec.commandLine(), "--expect takes the 64 hex digits of a SHA-256");
    }
    return Optional.of(hex);
  }

  /** One line that is overwritten, only on a terminal. */
  private static final class Shown implements VerifyProgress {
    private final TerminalWriter err;
    private final boolean terminal;
    private long last = System.nanoTime();
    private boolean drawn;

    Shown(TerminalWriter err, TerminalStyle style) {
      this.err = err;
      this.terminal = style.inPlace();
    }

    @Override
    public void at(String step, long done, long all) {
      long now = System.nanoTime();
      if (!terminal || now - last < PROGRESS_NANOS) {
        return;
      }
      last = now;
      drawn = true;
      String part =
          all == 0 ? "" : " %s of %s".formatted(Quantities.bytes(done), Quantities.bytes(all));
      err.redraw("verifying " + step + part);
    }

    void end() {
      if (drawn) {
        err.redraw("");
      }
    }
  }
}
