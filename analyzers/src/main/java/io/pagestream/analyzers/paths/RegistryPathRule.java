package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.List;

/**
 * Keys of the registry: a predefined key or its abbreviation (Microsoft, "Predefined keys"), or the
 * kernel's {@code \REGISTRY\MACHINE} and {@code \REGISTRY\USER}, and at least one name.
 */
final class RegistryPathRule implements TextRule {
  private static final int MAX_ROOT_CHARS = 24;

  private static final List<String> ROOTS =
      List.of(
          "hklm",
          "hkcu",
          "hkcr",
          "hkcc",
          "hku",
          "hkey_local_machine",
          "hkey_current_user",
          "hkey_classes_root",
          "hkey_current_config",
          "hkey_users",
          "\\registry\\machine",
          "\\registry\\user");

  @Override
  public boolean examine(CharView text, Report report) {
    for (String root : ROOTS) {
      int from = -1 - root.length();
      if (text.endsWith(-1, root)
          && !text.is(from - 1, Chars.WORD)
          && root.length() < MAX_ROOT_CHARS) {
        int left = text.at(from - 1);
        int to = WindowsNames.end(text, 0, left == '"' || left == '\'');
        if (to < 2) {
          return false;
        }
        report.found(PathsAnalyzer.REGISTRY_PATH, text, from, to);
        return true;
      }
    }
    return false;
  }
}
