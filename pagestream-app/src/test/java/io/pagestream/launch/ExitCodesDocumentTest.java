package io.pagestream.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.command.PagestreamCommand;
import io.pagestream.program.ExitCode;
import io.pagestream.program.Versions;
import io.pagestream.schemas.error.ErrorCode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/exit-codes.md} against the code: every exit code and every error, and no others. */
class ExitCodesDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/exit-codes.md");
  private static final Pattern EXIT_ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (.+) \\|$");
  private static final Pattern ERROR_ROW =
      Pattern.compile("(?m)^\\| PS-(\\d+) \\| (\\d+) \\| (.+) \\|$");

  @Test
  void everyErrorHasARowWithItsExitCodeInOrder() throws IOException {
    List<String> rows = new ArrayList<>();
    ERROR_ROW
        .matcher(Files.readString(DOCUMENT))
        .results()
        .forEach(row -> rows.add(row.group(1) + " ends with " + row.group(2)));
    List<String> codes =
        Arrays.stream(ErrorCode.values())
            .sorted(java.util.Comparator.comparingInt(ErrorCode::number))
            .map(code -> code.number() + " ends with " + code.responsible().exitCode())
            .toList();
    assertThat(codes).doesNotHaveDuplicates();
    assertThat(rows).containsExactlyElementsOf(codes);
  }

  @Test
  void theFirstDigitSaysWhoMustAct() {
    for (ErrorCode code : ErrorCode.values()) {
      int digit =
          switch (code.responsible()) {
            case USER -> 1;
            case INPUT -> 2;
            case RESOURCE -> 3;
            case INTERNAL -> 9;
          };
      assertThat(code.number() / 100).as(code.name()).isEqualTo(digit);
    }
  }

  @Test
  void theExitCodesAreThoseOfTheCodeAndOfTheHelp() throws Exception {
    TreeMap<Integer, String> inCode = new TreeMap<>();
    for (Field field : ExitCode.class.getFields()) {
      inCode.put(field.getInt(null), field.getName());
    }
    List<Integer> rows =
        EXIT_ROW
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(MatchResult::group)
            .map(row -> Integer.valueOf(row.replaceFirst("^\\| (\\d+) .*", "$1")))
            .toList();
    assertThat(rows).containsExactlyElementsOf(inCode.keySet());
    CommandLine command = new CommandLine(new PagestreamCommand());
    HelpStyle.apply(command, new Versions());
    List<Integer> inHelp =
        command.getCommandSpec().usageMessage().exitCodeList().keySet().stream()
            .map(Integer::valueOf)
            .toList();
    assertThat(inHelp).containsExactlyElementsOf(inCode.keySet());
    assertThat(command.getUsageMessage()).contains("docs/exit-codes.md");
  }
}
