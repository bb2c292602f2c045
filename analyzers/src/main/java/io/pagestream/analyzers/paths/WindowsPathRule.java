package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Absolute paths of Windows: a drive ({@code C:\}), also after {@code \\?\}, or a volume's device
 * ({@code \Device\HarddiskVolume2\}). At least two names, or one with an extension.
 */
final class WindowsPathRule implements TextRule {
  private static final int DRIVE = -3;
  private static final int DEVICE = -22;

  @Override
  public boolean examine(CharView text, Report report) {
    boolean drive = text.at(DRIVE + 1) == ':';
    int from = drive ? DRIVE : DEVICE;
    int names = drive ? 0 : 2;
    if (text.is(from - 1, Chars.WORD) || (!drive && text.at(1) != '\\')) {
      return false;
    }
    int left = text.at(from - 1);
    int to = WindowsNames.end(text, names, left == '"' || left == '\'');
    boolean extension = WindowsNames.hasExtension(text, names, to);
    // One character after the backslash is more often that of a regular expression.
    boolean single = drive && text.skip(0, 2, Chars.WORD) < 2;
    if (to <= names
        || (single && !extension)
        || (WindowsNames.count(text, names, to) < 2 && !extension)) {
      return false;
    }
    report.found(PathsAnalyzer.WINDOWS_PATH, text, from, to);
    return true;
  }
}
