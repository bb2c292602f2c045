package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.TextRuleContract;

final class WindowsPathRuleTest extends TextRuleContract {
  WindowsPathRuleTest() {
    super(
        "paths",
        "windows-path",
        """
        «C:\\Users\\jane\\Documents\\a.docx»
        "«C:\\Program Files\\Example App\\app name.exe»"
        «C:\\Program Files\\Example\\app.exe» /x
        «D:\\x.exe»
        \\??\\«C:\\Windows\\System32\\drivers\\x.sys»
        «\\Device\\HarddiskVolume2\\Windows\\notepad.exe»
        file in «C:\\Temp\\a.txt».
        """,
        """
        C:\\
        ABC:\\x\\y
        C:\\x
        http:\\x
        """);
  }
}
