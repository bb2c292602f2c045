package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.TextRuleContract;

final class UncPathRuleTest extends TextRuleContract {
  UncPathRuleTest() {
    super(
        "paths",
        "unc-path",
        """
        «\\\\srv01\\share\\a\\b.docx»
        "«\\\\srv01.corp.example.org\\C$\\Program Files\\x.exe»"
        net use z: «\\\\192.0.2.7\\data»
        """,
        """
        C:\\\\Users\\\\x
        \\\\d+\\.\\d+
        \\\\.\\pipe\\x
        \\\\a
        """);
  }
}
