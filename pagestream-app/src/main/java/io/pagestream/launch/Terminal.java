package io.pagestream.launch;

import io.pagestream.cases.terminal.StandardOutput;
import io.pagestream.cases.terminal.TerminalFilter;
import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.cases.terminal.TerminalWriter;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * The two output streams of the program, both safe. A failure of standard output ends the program;
 * a failure of standard error does not, because it must not abort a job.
 *
 * @param out for results
 * @param err for progress, warnings and errors
 */
record Terminal(TerminalWriter out, TerminalWriter err) {
  /**
   * The streams of this process. After this call, {@code System.err} and {@code System.out} are
   * safe as well, for output of other libraries.
   */
  static Terminal ofProcess() {
    Charset charset = System.out.charset();
    OutputStream error = new FileOutputStream(FileDescriptor.err);
    System.setErr(new PrintStream(new TerminalFilter(error), true));
    System.setOut(
        new PrintStream(new TerminalFilter(new FileOutputStream(FileDescriptor.out)), true));
    return new Terminal(
        writer(StandardOutput.stream(), charset, TerminalStyle.ofStandardOutput()),
        writer(error, System.err.charset(), TerminalStyle.ofStandardError()));
  }

  /** The current {@code System.out} and {@code System.err}, for a run within a process. */
  static Terminal ofSystem() {
    TerminalStyle plain = new TerminalStyle(false, false, 80);
    return new Terminal(
        writer(System.out, System.out.charset(), plain),
        writer(System.err, System.err.charset(), plain));
  }

  private static TerminalWriter writer(OutputStream out, Charset charset, TerminalStyle style) {
    return new TerminalWriter(
        new BufferedWriter(new OutputStreamWriter(out, charset)), style.color());
  }
}
