package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Locale;

/**
 * Command lines of programs that intruders use: the program, with the path before it, and a first
 * argument of the form that it takes. The line ends with its text, at most 512 characters later.
 */
final class CommandLineRule implements TextRule {
  private static final int MAX_CHARS = 512;
  private static final int MAX_PATH_CHARS = 128;

  @Override
  public boolean examine(CharView text, Report report) {
    int end = text.at(-2) == '"' ? -2 : -1;
    boolean exe = text.endsWith(end, ".exe");
    int nameEnd = exe ? end - 4 : end;
    int name = text.skipBack(nameEnd, nameEnd - 16, Chars.ALNUM);
    String program = text.text(name, nameEnd);
    int from = pathStart(text, name);
    if (text.is(from - 1, Chars.WORD | Chars.DOT | Chars.HYPHEN) || !fits(text, program)) {
      return false;
    }
    int to = 0;
    while (to < MAX_CHARS && text.at(to) >= ' ' && text.at(to) < 0x7F) {
      to++;
    }
    while (text.at(to - 1) == ' ') {
      to--;
    }
    report.found(PathsAnalyzer.COMMAND_LINE, text, from, to);
    return true;
  }

  private static int pathStart(CharView text, int name) {
    int i = name;
    while (i > name - MAX_PATH_CHARS) {
      int c = text.at(i - 1);
      boolean path =
          Chars.is(c, Chars.WORD | Chars.DOT | Chars.HYPHEN)
              || c == '/'
              || c == '\\'
              || c == ':'
              || c == '%';
      if (!path) {
        break;
      }
      i--;
    }
    return i;
  }

  /** Whether the first argument begins as this program's arguments do. */
  private static boolean fits(CharView text, String program) {
    int first = text.lower(0);
    int second = text.lower(1);
    return switch (program.toLowerCase(Locale.ROOT)) {
      case "powershell", "certutil", "psexec" -> first == '-' && Chars.is(second, Chars.LETTER);
      case "cmd", "schtasks", "bitsadmin", "regsvr32" ->
          first == '/' && Chars.is(second, Chars.LETTER);
      case "rundll32", "mshta", "wscript", "cscript" -> text.is(0, Chars.LETTER) && hasDot(text);
      case "vssadmin" -> text.startsWith(0, "delete ") || text.startsWith(0, "resize ");
      case "wmic" -> text.startsWith(0, "process ") || text.startsWith(0, "/node:");
      case "curl", "wget" -> hasUrl(text);
      case "nc", "ncat" -> first == '-' && (second == 'l' || second == 'e' || second == 'n');
      case "bash", "sh", "python", "python3", "perl" ->
          first == '-' && (second == 'c' || second == 'e' || second == 'i') && text.at(2) == ' ';
      case "ssh", "scp" ->
          first == '-'
              && (second == 'i' || second == 'l' || second == 'r' || second == 'p')
              && text.at(2) == ' ';
      case "chmod" -> first == '+' && (second == 'x' || second == 's');
      case "crontab" -> first == '-' && (second == 'e' || second == 'r');
      case "base64" -> first == '-' && second == 'd';
      case "insmod" -> hasModule(text);
      default -> false;
    };
  }

  private static boolean hasDot(CharView text) {
    int end = text.skip(0, 80, Chars.WORD | Chars.HYPHEN);
    return text.at(end) == '.' || text.at(end) == ':' || text.at(end) == '\\';
  }

  private static boolean hasUrl(CharView text) {
    for (int i = 0; i < 120 && text.at(i) >= ' ' && text.at(i) < 0x7F; i++) {
      if (text.at(i) == ':'
          && text.at(i + 1) == '/'
          && text.at(i + 2) == '/'
          && text.is(i + 3, Chars.ALNUM)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasModule(CharView text) {
    int end = text.skip(0, 120, Chars.WORD | Chars.HYPHEN | Chars.DOT);
    return text.endsWith(end, ".ko") || text.at(end) == '/';
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
