package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;

final class PathsAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "paths";
  }

  @Override
  protected List<Sample> samples() {
    TextSample windows =
        TextSample.of("\"C:\\Users\\jane\\a.docx\"").has("windows-path", "C:\\Users\\jane\\a.docx");
    TextSample share =
        TextSample.of(" \\\\srv01\\share\\b.txt ").has("unc-path", "\\\\srv01\\share\\b.txt");
    TextSample unix =
        TextSample.of("\"/home/jane/.ssh/id_rsa\"").has("unix-path", "/home/jane/.ssh/id_rsa");
    TextSample key =
        TextSample.of("\"HKLM\\Software\\Run\"").has("registry-path", "HKLM\\Software\\Run");
    TextSample command =
        TextSample.of("\npowershell -nop -w hidden\n")
            .has("command-line", "powershell -nop -w hidden");
    TextSample nothing = TextSample.of("C:\\ /usr/lib \\\\d+ HKLM curl is");
    return List.of(
        windows.ascii(),
        windows.wide(),
        share.ascii(),
        unix.ascii(),
        unix.wide(),
        key.ascii(),
        key.wide(),
        command.ascii(),
        nothing.ascii());
  }
}
