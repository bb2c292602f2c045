package io.pagestream.cases.terminal;

import io.pagestream.cases.text.HostileText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes all text to a terminal. Names of files, values, warnings and messages of other libraries
 * may contain escape sequences, direction marks or line breaks; none of these pass:
 *
 * <ul>
 *   <li>{@link #println(String)} prints one line. Dangerous characters are escaped, including line
 *       breaks, so that no name can forge a second line.
 *   <li>{@link #printf} trusts its format and none of its arguments.
 *   <li>{@link #print(String)} and {@code write} keep line breaks and tabs, for text that
 *       intentionally has several lines; all other dangerous characters are escaped.
 *   <li>Colors come only from {@link TerminalColor}, and those of the help from {@link #styled}.
 * </ul>
 */
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
public final class TerminalWriter extends PrintWriter {
  /** Carriage return, and "erase in line" to its end (ECMA-48, 8.3.41). */
  private static final String START_OVER = "\r\u001b[K";

  private final Sink sink;
  private final boolean color;

  /**
   * A writer to a terminal.
   *
   * @param out receives the safe text; it is flushed with this writer
   * @param color whether lines may be colored
   */
  public TerminalWriter(Writer out, boolean color) {
    this(new Sink(out), color);
  }

  private TerminalWriter(Sink sink, boolean color) {
    super(sink);
    this.sink = sink;
    this.color = color;
  }

  /** Wraps the writer of a command, which in tests may be of a different class. */
  public static TerminalWriter of(PrintWriter given) {
    return given instanceof TerminalWriter terminal ? terminal : new TerminalWriter(given, false);
  }

  /** Prints one line in a color, if the terminal supports colors. */
  public void println(TerminalColor hue, String line) {
    boolean plain = !color || hue == TerminalColor.NONE;
    String safe = HostileText.printable(line);
    ours((plain ? safe : hue.start() + safe + TerminalColor.END) + "\n");
  }

  /** Overwrites the current line, without a line break; an empty text clears it. */
  public void redraw(String line) {
    ours(START_OVER + HostileText.printable(line));
    flush();
  }

  private void ours(String safe) {
    synchronized (lock) {
      try {
        sink.out.write(safe);
      } catch (IOException e) {
        setError();
      }
    }
  }

  /** Runs trusted code that prints colors: only select graphic rendition passes. */
  public void styled(Runnable printing) {
    sink.styles = true;
    try {
      printing.run();
    } finally {
      sink.styles = false;
    }
  }

  @Override
  public void println(@Nullable String line) {
    String given = String.valueOf(line);
    // Frames of stack traces are indented by a tab.
    ours(
        (given.startsWith("\t") ? "        " : "")
            + HostileText.printable(given.replaceFirst("^\t", ""))
            + "\n");
  }

  @Override
  public void println(@Nullable Object line) {
    println(String.valueOf(line));
  }

  @Override
  public void println(char[] line) {
    println(new String(line));
  }

  @Override
  public void println(char c) {
    println(String.valueOf(c));
  }

  @Override
  public PrintWriter format(String format, @Nullable Object... arguments) {
    return format(Locale.ROOT, format, arguments);
  }

  @Override
  public PrintWriter format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    write(String.format(locale, format, Arrays.stream(arguments).map(this::argument).toArray()));
    return this;
  }

  @Override
  public PrintWriter printf(String format, @Nullable Object... arguments) {
    return format(format, arguments);
  }

  @Override
  public PrintWriter printf(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    return format(locale, format, arguments);
  }

  private @Nullable Object argument(@Nullable Object given) {
    return switch (given) {
      case null -> null;
      case Number number -> number;
      case Boolean truth -> truth;
      default -> HostileText.printable(given.toString());
    };
  }

  /**
   * Escapes dangerous characters; line feeds and tabs pass, and colors while {@link #styles} is
   * set.
   */
  private static final class Sink extends Writer {
    private final Writer out;
    private boolean styles;

    Sink(Writer out) {
      this.out = out;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      out.write(HostileText.printableLines(new String(text, offset, length), styles));
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
